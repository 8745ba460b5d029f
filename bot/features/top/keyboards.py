"""Buttons under `/top`: what to rank by, the periods, each post's card."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.core.parsing.rankings import SHOWN
from bot.features.top.request import BY
from bot.telegram import keyboards
from bot.telegram.callbacks import LongTopButton, PostButton, TopButton
from bot.telegram.keyboards import button
from storage.workspace.channels import Channel

IN_ROW = 5


def under_top(
    t: Translator,
    channel: Channel,
    shown: PeriodChoice,
    by: int,
    ranked: Mapping[str, Sequence[Mapping[str, Any]]],
    ids: Mapping[str, int],
    count: int = SHOWN,
) -> InlineKeyboardMarkup:
    """Returns the buttons. `ranked`: posts under `best` and `weakest`; `ids`: their numbers here; `count`: as asked for.

    The numbers are given by the ids that posts have in the channel.
    """

    def switch(period: PeriodChoice, place: int) -> TopButton:
        return switch_to(channel, period, place, count)

    best = _cards(t, channel, "best", ranked.get("best", ()), ids)
    weakest = _cards(t, channel, "weakest", ranked.get("weakest", ())[:SHOWN], ids)
    cards = [*(best[at : at + IN_ROW] for at in range(0, len(best), IN_ROW)), weakest]
    kinds = [
        button(_marked(t, t.plain(f"top.by.{code or 'er'}"), is_shown=place == by), switch(shown, place))
        for place, code in enumerate(BY)
    ]
    periods = keyboards.periods(t, shown, lambda period: switch(period, by))
    how = [keyboards.how(t, channel, shown, by)]
    return InlineKeyboardMarkup(inline_keyboard=[*filter(None, cards), kinds[:3], kinds[3:], periods, how])


def switch_to(channel: Channel, period: PeriodChoice, by: int, count: int) -> TopButton:
    """Returns what a button carries: `count` only where it is not the usual one, so that older buttons stay the same."""
    if count == SHOWN:
        return TopButton(channel=channel.id, period=period.code, by=by)
    return LongTopButton(channel=channel.id, period=period.code, by=by, count=count)


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
