"""One field of a bought post at a time, as it is typed into the form."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.parsing.amounts import read_several
from bot.core.parsing.moments import read_moment
from bot.features.placements.line import MOST_VIEWS, Draft, read_address, read_line, says_nothing
from bot.features.placements.moments import require_coming
from metrics.errors import DomainError

POST, PRICE, FORMAT, VIEWS, PLANNED, ADVERTISED = FIELDS = (
    "post",
    "price",
    "format",
    "views",
    "planned",
    "advertised",
)
_IN_WORDS = re.compile(
    r"(?P<top>\d{1,3})\s*(?:ч\w*|h\w*)?\s*(?:в\s+)?(?:топ\w*|on top|top)(?:\W+(?:и\s+|and\s+)?(?P<feed>\d{1,4}))?"
)
_HOURS = re.compile(r"(\d{1,3})\s*/\s*(\d{1,4}|∞|навсегда|бессрочно|без\s+удаления|forever)", re.IGNORECASE)
_WORDS = re.compile(r"просмотр\w*|охват\w*|views?|reach", re.IGNORECASE)


def take(draft: Draft, field: str, text: str, now: datetime) -> Draft:
    """Returns `draft` with one field as it was typed; «нет» empties one that may be empty.

    Raises DomainError("placement.no_link"), ("placement.negative"), ("placement.no_format"), ("placement.no_moment"),
    ("placement.planned_past"), ("placement.no_address") and what `read_several` raises.
    """
    return _READ[field](draft, text, now)


def _post(draft: Draft, text: str, _now: datetime) -> Draft:
    named = read_line(text)
    return replace(draft, handle=named.handle, link=named.link, post_number=named.post_number, is_named=True)


def _price(draft: Draft, text: str, _now: datetime) -> Draft:
    [price] = read_several(text, {1})
    if price.value < 0:
        raise DomainError("placement.negative")
    return replace(draft, price=price.value, currency=price.currency or draft.currency)


def _format(draft: Draft, text: str, _now: datetime) -> Draft:
    if says_nothing(text):
        return replace(draft, hours_on_top=None, hours_in_feed=None, has_format=False)
    if found := _HOURS.search(text):
        top, feed = found[1], found[2]
    elif found := _IN_WORDS.search(text.casefold()):
        top, feed = found["top"], found["feed"] or ""
    else:
        raise DomainError("placement.no_format")
    hours = int(feed) if feed.isdecimal() else None
    return replace(draft, hours_on_top=int(top), hours_in_feed=hours or None, has_format=True)


def _views(draft: Draft, text: str, _now: datetime) -> Draft:
    if says_nothing(text):
        return replace(draft, promised_views=None)
    [views] = read_several(_WORDS.sub(" ", text), {1})
    if not 0 < views.value <= MOST_VIEWS:
        raise DomainError("placement.negative")
    return replace(draft, promised_views=round(views.value))


def _planned(draft: Draft, text: str, now: datetime) -> Draft:
    if says_nothing(text):
        return replace(draft, planned_at=None)
    moment = read_moment(text, now)
    if moment is None:
        raise DomainError("placement.no_moment")
    return replace(draft, planned_at=int(require_coming(moment, text, now).timestamp()))


def _advertised(draft: Draft, text: str, _now: datetime) -> Draft:
    """Takes an address of one's own; a channel of the chat is chosen by its button or named."""
    return replace(draft, own_link=read_address(text), advertised=None)


_READ: Mapping[str, Callable[[Draft, str, datetime], Draft]] = {
    POST: _post,
    PRICE: _price,
    FORMAT: _format,
    VIEWS: _views,
    PLANNED: _planned,
    ADVERTISED: _advertised,
}
