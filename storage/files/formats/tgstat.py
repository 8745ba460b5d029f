"""Answers of the TGStat API: {status, response}. Posts, one post, a channel's card, and its dynamics by day or hour."""

from typing import Any

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.dates import read_dates
from storage.files.formats.daily import audience_of, say_series, span
from storage.files.formats.json_lists import message_list
from storage.files.formats.json_tables import table_of_objects
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.table_posts import Family, read_posts
from storage.files.notes import Notes

_FAMILY = Family("telegram", {"id": "ignored"})  # TGStat's own number; the post's stands in its link
_SERIES = {"views_count": "views", "avg_posts_reach": "reach"}


def recognise(value: Any) -> Recognition | None:
    if isinstance(value, dict) and "response" in value and value.get("status") in ("ok", "pending"):
        return Recognition(0.9, "status and response")
    return None


def read(value: Any, notes: Notes) -> list[Part]:
    response = value["response"]
    if isinstance(response, dict) and isinstance(response.get("items"), list):
        return _read_posts(response, notes)
    if isinstance(response, dict) and "participants_count" in response:
        return [_read_card(response, notes)]
    if isinstance(response, dict) and "viewsCount" in response:
        return _read_one_post(response, notes)
    if isinstance(response, list) and response and isinstance(response[0], dict) and "period" in response[0]:
        return [_read_dynamics(message_list(response), notes)]
    raise DomainError("file.not_statistics")


def _read_posts(response: dict[str, Any], notes: Notes) -> list[Part]:
    items = message_list(response["items"])
    kept = [item for item in items if not item.get("is_deleted")]
    notes.skip("deleted", count=len(items) - len(kept))
    table = table_of_objects(
        [{**item, "forwarded_from": 1 if item.get("forwarded_from") else 0} for item in kept]
    )
    if table is None:
        raise DomainError("file.no_posts")
    parts = read_posts(table, _FAMILY, notes)
    card = response.get("channel")
    if isinstance(card, dict) and len(parts) == 1:
        parts[0].channel = channel("telegram", name=card.get("title"), handle=card.get("username"))
    return parts


def _read_card(card: dict[str, Any], notes: Notes) -> Part:
    moment = notes.moment_of_page()
    part = Part(
        channel("telegram", name=card.get("title"), handle=card.get("username")), days=(moment, moment)
    )
    if isinstance(card["participants_count"], int):
        part.audience = [AudienceReading(moment, card["participants_count"], 0)]
    return part


def _read_one_post(response: dict[str, Any], notes: Notes) -> list[Part]:
    """`posts/stat` names neither the post nor its date; its first hour of views is its hour of publication."""
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
    dates = read_dates([row.get("period") for row in rows], notes.zone, name="period")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    part = Part(channel("telegram"), days=span(dates.values))
    if "participants_count" in rows[0]:
        part.audience = audience_of(dates.values, [row.get("participants_count") for row in rows])
    for key, metric in _SERIES.items():
        if key in rows[0]:
            say_series(notes, metric, dates.values, [row.get(key) for row in rows])
    return part


FORMAT = Format("tgstat_api", "json", recognise, read)
