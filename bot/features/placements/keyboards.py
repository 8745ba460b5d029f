"""Buttons under what is said of placements."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.features.placements.gather import PlacementCard
from bot.telegram.callbacks import PlacementButton
from bot.telegram.keyboards import CHANNELS_SHOWN, label
from storage.workspace.channels import Channel
from storage.workspace.placements import Placement

CARDS_SHOWN = 8


def under_card(shown: PlacementCard, t: Translator, now: int) -> InlineKeyboardMarkup:
    placement = shown.placement
    if placement.published_at is None:
        return _rows([[_out(placement, t)], [_terms(placement, t)], [_all(t), _remove(placement, t)]])
    first = [_button(t.plain("placement.button.revenue"), "revenue", placement.id)]
    if shown.lacks_views(now):
        first.append(_button(t.plain("placement.button.views"), "views", placement.id))
    return _rows([first, [_terms(placement, t)], [_all(t), _remove(placement, t)]])


def under_registered(placement: Placement, t: Translator) -> InlineKeyboardMarkup:
    first = (
        _out(placement, t)
        if placement.published_at is None
        else _button(t.plain("placement.button.card"), "card", placement.id)
    )
    return _rows([[first], [_terms(placement, t)], [_all(t), _remove(placement, t)]])


def under_ledger(shown: Sequence[PlacementCard], t: Translator) -> InlineKeyboardMarkup:
    """Returns a button a card by its place in the list, four in a row."""
    cards = [
        _button(f"{place}", "card", one.placement.id) for place, one in enumerate(shown[:CARDS_SHOWN], 1)
    ]
    rows = [cards[first : first + 4] for first in range(0, len(cards), 4)]
    return _rows([*rows, [_table(t), _button(t.plain("placement.button.new"), "new")]])


def which(shown: Sequence[PlacementCard], views: int, t: Translator) -> InlineKeyboardMarkup:
    return _rows(
        [
            [_button(plain_name(one.placement, t), "views", one.placement.id, views)]
            for one in shown[:CARDS_SHOWN]
        ]
    )


def which_channel(channels: Sequence[Channel], placement: int = 0) -> InlineKeyboardMarkup:
    """Returns a button a channel to advertise; `placement`: 0 before it is written down."""
    return _rows([[_button(label(one), "into", placement, one.id)] for one in channels[:CHANNELS_SHOWN]])


def skip(t: Translator) -> InlineKeyboardMarkup:
    return _rows([[_button(t.plain("placement.button.skip"), "skip")]])


def sure_to_remove(placement: Placement, t: Translator) -> InlineKeyboardMarkup:
    sure = _button(t.plain("placement.button.remove_sure"), "remove", placement.id)
    return _rows([[sure, _button(t.plain("placement.button.card"), "card", placement.id)]])


def plain_name(placement: Placement, t: Translator) -> str:
    number = placement.post_number
    named = seller(placement.handle, t)
    return named if number is None else f"{named}, {t.plain('placement.post', number=number)}"


def seller(handle: str | None, t: Translator) -> str:
    return f"@{handle}" if handle else t.plain("placement.private")


def _out(placement: Placement, t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("placement.button.out"), "out", placement.id)


def _terms(placement: Placement, t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("placement.button.terms"), "terms", placement.id)


def _remove(placement: Placement, t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("placement.button.remove"), "ask_remove", placement.id)


def _all(t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("placement.button.all"), "all")


def _table(t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("placement.button.table"), "table")


def _button(text: str, action: str, placement: int = 0, value: int = 0) -> InlineKeyboardButton:
    data = PlacementButton(action=action, placement=placement, value=value).pack()
    return InlineKeyboardButton(text=text, callback_data=data)


def _rows(rows: Sequence[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows])
