"""Answers of the TGStat API: {status, response}. Posts, one post, a channel's card, and its dynamics by day or hour."""

import re
from datetime import date
from typing import Any

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.daily import audience_of, say_series, span
from storage.files.tables.dates import read_dates
from storage.files.tables.json_lists import message_list
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.posts import Family, read_posts
from storage.files.upload.notes import Notes

_FAMILY = Family(
    "telegram", {"id": "ignored", "channel_id": "ignored"}
)  # TGStat's own numbers; the post's stands in its link
_SERIES = {
    "views_count": "views",
    "avg_posts_reach": "reach",
    "mentions_count": "mentions",
    "forwards_count": "forwards",
    "daily_reach": "reach",
}
_RATES = ("er", "err", "err24")
_LINK = re.compile(r"(?:https?://)?t\.me/(?:c/(\d+)|(\w+))/\d+")
_SHORT = re.compile(r"(\d{4})-(\d{2})$")
_MONTHS_A_YEAR = 12


def recognise(value: Any) -> Recognition | None:
    if isinstance(value, dict) and "response" in value and value.get("status") in ("ok", "pending"):
        return Recognition(0.9, "status and response")
    bare = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else value
    if isinstance(bare, dict) and any(keys <= bare.keys() for keys in _BARE):
        return Recognition(0.88, "a response without its envelope")
    return None


# What answers consist of, for files that keep the response alone.
_BARE: tuple[set[str], ...] = (
    {"participants_count", "avg_post_reach"},
    {"period", "participants_count"},
    {"period", "views_count"},
    {"viewsCount", "sharesCount", "commentsCount"},
)


def read(value: Any, notes: Notes) -> list[Part]:
    """Reads an answer.

    Raises DomainError: file.channel_list for found channels, file.not_statistics for anything else that
    counts nothing.
    """
    response = value["response"] if isinstance(value, dict) and "response" in value else value
    if isinstance(response, list) and response and isinstance(response[0], dict) and "period" in response[0]:
        return [_read_dynamics(message_list(response), notes)]
    if not isinstance(response, dict):
        raise DomainError("file.not_statistics")
    if isinstance(response.get("items"), list):
        return _read_posts(response, message_list(response["items"]), notes)
    if "participants_count" in response:
        return [_read_card(response, notes)]
    if "viewsCount" in response:
        return _read_one_post(response, notes)
    if {"date", "views", "link"} <= response.keys():
        return _read_posts(response, [response], notes)
    raise DomainError("file.not_statistics")


def _read_posts(response: dict[str, Any], items: list[dict[str, Any]], notes: Notes) -> list[Part]:
    if items and "participants_count" in items[0] and "views" not in items[0]:
        raise DomainError("file.channel_list", found=", ".join(list(items[0])[:6]))
    kept = [item for item in items if not item.get("is_deleted")]
    notes.skip("deleted", count=len(items) - len(kept))
    table = table_of_objects(list(map(_prepared, kept)))
    if table is None:
        raise DomainError("file.no_posts")
    parts = read_posts(table, _FAMILY, notes)
    titles = _titles([response.get("channel"), *(response.get("channels") or ())])
    for part in parts:
        handle = (part.channel.handle or "").casefold()
        part.channel = (
            part.channel
            if not titles.get(handle)
            else channel("telegram", name=titles[handle], handle=part.channel.handle)
        )
    return parts


def _prepared(item: dict[str, Any]) -> dict[str, Any]:
    """Returns an item's fields.

    Whose post it is stands in its link: `t.me/name/123`, `t.me/c/1234567890/123`.
    """
    found = _LINK.match(str(item.get("link") or ""))
    media = item.get("media")
    return {
        **{key: item.get(key) for key in ("date", "views", "link", "text")},
        "forwarded_from": 1 if item.get("forwarded_from") else 0,
        "media_type": media.get("media_type") if isinstance(media, dict) else None,
        "channel_username": found.group(2) if found else None,
        "peer_id.channel_id": found.group(1) if found else None,
    }


def _titles(cards: list[Any]) -> dict[str, str]:
    """Returns channels' titles by handle."""
    known = [card for card in cards if isinstance(card, dict) and card.get("username") and card.get("title")]
    return {str(card["username"]).lstrip("@").casefold(): str(card["title"]) for card in known}


def _read_card(card: dict[str, Any], notes: Notes) -> Part:
    moment = notes.moment_of_page()
    part = Part(
        channel("telegram", name=card.get("title"), handle=card.get("username")), days=(moment, moment)
    )
    if isinstance(card["participants_count"], int):
        part.audience = [AudienceReading(moment, card["participants_count"], 0)]
    return part


def _read_one_post(response: dict[str, Any], notes: Notes) -> list[Part]:
    """Reads `posts/stat`, which names neither the post nor its date: its first hour of views is its hour."""
    hours = [str(hour["date"]) for hour in message_list(response.get("views") or []) if hour.get("date")]
    if not hours:
        raise DomainError("file.posts_without_dates", found="viewsCount, sharesCount")
    notes.warn("post_without_id")
    fields = {
        "date": min(hours),
        "views": response.get("viewsCount"),
        "forwards": response.get("sharesCount"),
        "comments": response.get("commentsCount"),
        "reactions": response.get("reactionsCount"),
    }
    table = table_of_objects([fields])
    return read_posts(table, _FAMILY, notes) if table else []


def _read_dynamics(rows: list[dict[str, Any]], notes: Notes) -> Part:
    dates = read_dates(_periods([str(row.get("period") or "") for row in rows]), notes.zone, name="period")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    part = Part(channel("telegram"), days=span(dates.values))
    if "participants_count" in rows[0]:
        part.audience = audience_of(dates.values, [row.get("participants_count") for row in rows])
    for key, metric in _SERIES.items():
        if key in rows[0]:
            say_series(notes, metric, dates.values, [row.get(key) for row in rows])
    for key in _RATES:
        if key in rows[0]:
            notes.warn("rates_by_day", metric=key.upper(), days=len(rows))
    return part


def _periods(periods: list[str]) -> list[str]:
    """Returns days and hours as they are; of `2020-10` the first day.

    It is a month, or a week where one is numbered over 12.
    """
    found = [_SHORT.match(period) for period in periods]
    numbers = [(int(short.group(1)), int(short.group(2))) for short in found if short]
    if not numbers:
        return periods
    are_weeks = max(number for _, number in numbers) > _MONTHS_A_YEAR
    return [
        _first_day(short, are_weeks=are_weeks) if short else period
        for short, period in zip(found, periods, strict=True)
    ]


def _first_day(period: re.Match[str], *, are_weeks: bool) -> str:
    year, number = int(period.group(1)), int(period.group(2))
    try:
        return (date.fromisocalendar(year, number, 1) if are_weeks else date(year, number, 1)).isoformat()
    except ValueError:
        return ""


FORMAT = Format("tgstat_api", "json", recognise, read)
