"""Buttons of /compare. Which channels are meant stands in the button itself, so that no press depends on an earlier one."""

import base64
import binascii
import re
import zlib
from collections.abc import Collection, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from metrics.errors import DomainError
from storage.workspace.channels import Channel

BY = ("er_by_views", "view_rate", "er_by_subscribers")
ALL = "all"  # every channel there is
TOO_MANY = "full"  # what does not fit a button
ROOM = 35  # characters of a choice; with the longest period the button has 64
LISTED = 11  # as many places of two bytes fit
PAGE_ROWS = 8
_SUM_CHARS = 3
_IDS = re.compile(r"\d+(,\d+)*")


class CompareButton(CallbackData, prefix="cmp", sep="|"):
    """`channels`: a choice as `encode` writes it; `by`: a place in BY."""

    channels: str
    period: str
    by: int


class SelectButton(CallbackData, prefix="cms", sep="|"):
    """The list in which `channels` are ticked, at its page."""

    channels: str
    period: str
    by: int
    page: int


def encode(visible: Collection[int], chosen: Collection[int]) -> str:
    """Returns ids of the chosen ones in a button; TOO_MANY where none of the ways fits.

    The shortest is taken of: ALL, a bit a channel, the places of those chosen, of those not. Places are in
    the order of the ids, so that a channel added later moves none; a sum of the chosen ids tells whether they
    are still what the button meant.
    """
    ids = sorted(visible)
    within = [place for place, one in enumerate(ids) if one in chosen]
    if ids and len(within) == len(ids):
        return ALL
    without = [place for place, one in enumerate(ids) if one not in chosen]
    bits = sum(1 << place for place in within)
    packed = {
        "b": bits.to_bytes((bits.bit_length() + 7) // 8, "little"),
        "i": b"".join(place.to_bytes(2, "big") for place in within),
        "x": b"".join(place.to_bytes(2, "big") for place in without),
    }
    kind = min(packed, key=lambda one: len(packed[one]))
    code = kind + _sum([ids[place] for place in within]) + _text(packed[kind])
    return code if len(code) <= ROOM else TOO_MANY


def decode(visible: Collection[int], code: str) -> set[int]:
    """Returns ids of the chosen ones, the inverse of `encode`; ids between commas are read as well.

    Older buttons have those. Raises DomainError("compare.full") for TOO_MANY, ("compare.list_changed") where
    channels have gone since.
    """
    ids = sorted(visible)
    if code == ALL:
        return set(ids)
    if code == TOO_MANY:
        raise DomainError("compare.full", most=LISTED)
    if _IDS.fullmatch(code):
        return {int(one) for one in code.split(",")} & set(ids)
    kind, checked, packed = code[:1], code[1 : 1 + _SUM_CHARS], _bytes(code[1 + _SUM_CHARS :])
    places = _places(kind, packed, len(ids))
    found = [ids[place] for place in sorted(places) if place < len(ids)]
    if len(found) != len(places) or _sum(found) != checked:
        raise DomainError("compare.list_changed")
    return set(found)


def _places(kind: str, packed: bytes, count: int) -> set[int]:
    if kind == "b":
        bits = int.from_bytes(packed, "little")
        return {place for place in range(bits.bit_length()) if bits >> place & 1}
    listed = {int.from_bytes(packed[at : at + 2], "big") for at in range(0, len(packed), 2)}
    return listed if kind == "i" else set(range(count)) - listed


def _sum(ids: Sequence[int]) -> str:
    return _text((zlib.crc32(repr(ids).encode()) & 0xFFFF).to_bytes(2, "big"))


def _text(packed: bytes) -> str:
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise DomainError("compare.list_changed") from None


def under_answer(
    t: Translator, visible: Sequence[Channel], chosen: Collection[int], period: PeriodChoice, by: int
) -> InlineKeyboardMarkup:
    """Returns periods, figures, and the way to the list where there is more than one channel."""
    code = encode({one.id for one in visible}, chosen)
    rows = [
        keyboards.periods(t, period, lambda one: CompareButton(channels=code, period=one.code, by=by)),
        [
            _button(
                t.plain(
                    "er.period_chosen" if number == by else "er.period_button",
                    days=t.plain(f"compare.button.{name}"),
                ),
                CompareButton(channels=code, period=period.code, by=number),
            )
            for number, name in enumerate(BY)
        ],
    ]
    rows.append([keyboards.how(t, None, period)])
    if len(visible) > 1:
        text = t.plain("compare.button.select", chosen=t.number(len(chosen)), channels=t.number(len(visible)))
        rows.append([_button(text, SelectButton(channels=code, period=period.code, by=by, page=0))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def selection(
    t: Translator, visible: Sequence[Channel], chosen: Collection[int], pressed: SelectButton
) -> InlineKeyboardMarkup:
    """Returns a row a channel, ticked or not, which a press turns, in pages of PAGE_ROWS."""
    pages = max(1, -(-len(visible) // PAGE_ROWS))
    page, now, every = pressed.page % pages, set(chosen), {one.id for one in visible}

    def to(chosen_then: Collection[int], page_then: int) -> SelectButton:
        code = encode(every, chosen_then)
        return SelectButton(channels=code, period=pressed.period, by=pressed.by, page=page_then)

    shown = visible[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
    rows = [
        [_button(f"{'✅' if one.id in now else '▫️'} {keyboards.label(one)}", to(now ^ {one.id}, page))]
        for one in shown
    ]
    if pages > 1:
        place = t.plain("compare.button.page", page=t.number(page + 1), pages=t.number(pages))
        onward = to(now, (page + 1) % pages)
        rows.append([_button("‹", to(now, (page - 1) % pages)), _button(place, onward), _button("›", onward)])
    turn = ("none", set[int]()) if now == every else ("every", every)
    last = [_button(t.plain(f"compare.button.{turn[0]}"), to(turn[1], page))]
    if now:
        done = CompareButton(channels=encode(every, now), period=pressed.period, by=pressed.by)
        last.append(_button(t.plain("compare.button.done", chosen=t.number(len(now))), done))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, last])


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
