"""Buttons under `/top`: what to rank by, the periods, each post's card."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.top.request import BY
from bot.telegram import keyboards
from bot.telegram.callbacks import PostButton, TopButton
from bot.telegram.keyboards import button
from storage.workspace.channels import Channel


def under_top(
    t: Translator,
    channel: Channel,
    shown: PeriodChoice,
    by: int,
    ranked: Mapping[str, Sequence[Mapping[str, Any]]],
    ids: Mapping[str, int],
) -> InlineKeyboardMarkup:
    """Returns the buttons. `ranked`: posts under `best` and `weakest`; `ids`: their numbers here.

    The numbers are given by the ids that posts have in the channel.
    """

    def switch(period: PeriodChoice, place: int) -> TopButton:
        return TopButton(channel=channel.id, period=period.code, by=place)

    cards = [_cards(t, channel, side, ranked.get(side, ()), ids) for side in ("best", "weakest")]
    kinds = [
        button(_marked(t, t.plain(f"top.by.{code or 'er'}"), is_shown=place == by), switch(shown, place))
        for place, code in enumerate(BY)
    ]
    periods = keyboards.periods(t, shown, lambda period: switch(period, by))
    how = [keyboards.how(t, channel, shown, by)]
    return InlineKeyboardMarkup(inline_keyboard=[*filter(None, cards), kinds[:3], kinds[3:], periods, how])


def _cards(
    t: Translator, channel: Channel, side: str, posts: Sequence[Mapping[str, Any]], ids: Mapping[str, int]
) -> list[InlineKeyboardButton]:
    return [
        button(
            t.plain(f"top.card.{side}", place=t.number(place)),
            PostButton(action="show", channel=channel.id, post=ids[post["external_id"]]),
        )
        for place, post in enumerate(posts, start=1)
        if post["external_id"] in ids
    ]


def _marked(t: Translator, label: str, *, is_shown: bool) -> str:
    return t.plain("er.period_chosen", days=label) if is_shown else label
