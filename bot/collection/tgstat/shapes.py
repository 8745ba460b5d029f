"""TGStat's answers as values: posts, tariffs, posts elsewhere. What is not as it should be is left out, never guessed.

Its hours are Moscow's, each named by its end. A text is looked at for its length, tags and first line, and not kept.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import Any, NamedTuple

from bot.collection.tgstat.errors import TgstatError
from metrics.posts import AudienceReading, Post
from metrics.reposts import Repost, ViewCount
from storage.files.tables.texts import TextFacts, read_text
from storage.workspace.keys import Tariff

MOSCOW = timezone(timedelta(hours=3))
AGREES = 0.02  # how far the sum of the hours may be from the count: else some of them are missing
ALBUM_MOST = 10
_KINDS = {
    "mediaPhoto": "photo",
    "mediaVideo": "video",
    "mediaVoice": "voice",
    "mediaAudio": "audio",
    "mediaPoll": "poll",
    "mediaWebpage": "link",
    "mediaDocument": "file",
}
_POST = re.compile(r"(?:https?://)?(?:t|telegram)\.me/(?:c/\d+|(\w+))/(\d{1,12})/?(?:\?.*)?$")
_UNSAID: dict[str, Any] = dict.fromkeys(Post._fields)


class PostPage(NamedTuple):
    """`ids`: TGStat's own number of a post -> the post's number in its channel."""

    posts: list[Post]
    ids: dict[int, str]
    oldest_at: int | None
    size: int  # rows of the answer, whatever became of them


class PostStat(NamedTuple):
    """`counts`: views at the end of each hour; none where hours are missing."""

    views: int | None
    forwards: int | None
    comments: int | None
    reactions: int | None
    reposts: list[Repost]
    counts: list[ViewCount]


class Reference(NamedTuple):
    """A post elsewhere; `source`: TGStat's own number of the post it forwards, where it says so."""

    repost: Repost
    source: int | None


def tariff(response: Any) -> Tariff:
    """Returns the Stat API's tariff of the services that the key opens.

    Raises TgstatError("not_in_tariff") where it opens none.
    """
    services = [one for one in _rows(response) if "stat" in str(one.get("serviceKey", ""))]
    if not services:
        raise TgstatError("not_in_tariff")
    one = max(services, key=lambda service: _number(service.get("expiredAt")) or 0)
    spent, most = _spent(one.get("spentRequests"))
    of_channels, channels_most = _spent(one.get("spentChannels"))
    return Tariff(
        tariff=str(one.get("title") or one.get("serviceKey"))[:60],
        requests_left=None if most is None or spent is None else max(0, most - spent),
        requests_most=most,
        channels_left=(
            None if channels_most is None or of_channels is None else max(0, channels_most - of_channels)
        ),
        expires_at=_number(one.get("expiredAt")),
    )


def post_page(response: Any, now: int) -> PostPage:
    items = list(_rows(response.get("items") if isinstance(response, dict) else None))
    by_number = {
        int(found[2]): item
        for item in items
        if (found := _POST.match(str(item.get("link") or "")))
        and not item.get("is_deleted")
        and _number(item.get("date"))
    }
    runs = _albums(sorted(by_number.items(), key=lambda one: one[0]))
    ids = {
        own: str(run[0][0]) for run in runs for _, item in run if (own := _number(item.get("id"))) is not None
    }
    posts = [_post(run, now) for run in runs]
    oldest = min((at for item in items if (at := _number(item.get("date")))), default=None)
    return PostPage(posts, ids, oldest, len(items))


def post_stat(response: Any, external_id: str) -> PostStat:
    if not isinstance(response, dict):
        raise TgstatError("away")
    views = _number(response.get("viewsCount"))
    reposts = [
        found
        for kind in ("forward", "mention")
        for row in _rows(response.get(f"{kind}s"))
        if (found := _repost(row, kind, {}, external_id))
    ]
    return PostStat(
        views,
        _number(response.get("sharesCount")),
        _number(response.get("commentsCount")),
        _number(response.get("reactionsCount")),
        reposts,
        _counts(response.get("views"), views),
    )


def subscribers(response: Any, now: int) -> AudienceReading | None:
    counted = _number(response.get("participants_count")) if isinstance(response, dict) else None
    return None if counted is None else AudienceReading(now, counted, 0)


def subscribers_by_day(response: Any) -> list[AudienceReading]:
    """Returns subscribers, oldest first; a day is dated by its beginning."""
    return sorted(
        AudienceReading(at, counted, 0)
        for row in _rows(response)
        if (at := _moment(row.get("period"))) is not None
        and (counted := _number(row.get("participants_count"))) is not None
    )


def references(response: Any, kind: str) -> list[Reference]:
    if not isinstance(response, dict):
        raise TgstatError("away")
    channels = {_number(one.get("id")): one for one in _rows(response.get("channels"))}
    return [
        Reference(found, _number(row.get("sourcePostId")))
        for row in _rows(response.get("items"))
        if (found := _repost(row, kind, channels.get(_number(row.get("channelId")), {}), None))
    ]


def _repost(row: dict[str, Any], kind: str, card: dict[str, Any], external_id: str | None) -> Repost | None:
    found, at = _POST.match(str(row.get("postLink") or "")), _number(row.get("postDate"))
    if found is None or at is None:
        return None
    handle = str(card.get("username") or found[1] or "").lstrip("@").lower()[:32] or None
    title = str(card.get("title") or "").strip()[:80] or None
    link = str(row["postLink"]).removeprefix("https://").removeprefix("http://")
    return Repost(kind, external_id, link, at, handle, title, _number(card.get("participants_count")))


def _albums(numbered: Sequence[tuple[int, dict[str, Any]]]) -> list[list[tuple[int, dict[str, Any]]]]:
    """Joins neighbours of one second with media each and a text on at most one to one post."""
    runs: list[list[tuple[int, dict[str, Any]]]] = []
    for number, item in numbered:
        if runs and len(runs[-1]) < ALBUM_MOST and _is_part(runs[-1], number, item):
            runs[-1].append((number, item))
        else:
            runs.append([(number, item)])
    return runs


def _is_part(run: Sequence[tuple[int, dict[str, Any]]], number: int, item: dict[str, Any]) -> bool:
    last_number, last = run[-1]
    texts = sum(bool(str(one.get("text") or "").strip()) for one in (item, *(part for _, part in run)))
    kinds = {_kind(last), _kind(item)}
    return (
        number == last_number + 1
        and item.get("date") == last.get("date")
        and kinds <= {"photo", "video", "file"}
        and texts <= 1
    )


def _post(run: Sequence[tuple[int, dict[str, Any]]], now: int) -> Post:
    number, first = run[0]
    texts = [str(item.get("text") or "") for _, item in run]
    facts: TextFacts = read_text(max(texts, key=len))
    views = [counted for _, item in run if (counted := _number(item.get("views"))) is not None]
    said = {
        "external_id": str(number),
        "published_at": int(first["date"]),
        "observed_at": now,
        "observed_exact": True,
        "time_known": True,
        "format": "album" if len(run) > 1 else _kind(first),
        "text_length": facts.length,
        "hashtags": facts.hashtags,
        "is_ad": facts.is_ad,
        "is_forwarded": any(bool(item.get("forwarded_from")) for _, item in run),
        "title": facts.title,
        "link": "https://" + str(first["link"]).removeprefix("https://").removeprefix("http://"),
        "views": max(views, default=None),
    }
    return Post(**{**_UNSAID, **said})


def _kind(item: dict[str, Any]) -> str:
    media = item.get("media")
    if not isinstance(media, dict) or not media.get("media_type"):
        return "text"
    mime = str(media.get("mime_type") or "").split("/", maxsplit=1)[0]
    return _KINDS.get(str(media["media_type"]), "other") if mime not in ("video", "audio") else mime


def _counts(rows: Any, views: int | None) -> list[ViewCount]:
    grown = sorted(
        (at, grew)
        for row in _rows(rows)
        if (at := _moment(row.get("date"))) is not None
        and (grew := _number(row.get("viewsGrowth"))) is not None
    )
    sums = list(accumulate(grew for _, grew in grown))
    if views is None or not sums or abs(sums[-1] - views) > AGREES * views:
        return []
    return [ViewCount(at, total) for (at, _), total in zip(grown, sums, strict=True)]


def _moment(said: Any) -> int | None:
    try:
        return int(datetime.fromisoformat(str(said)).replace(tzinfo=MOSCOW).timestamp())
    except ValueError:
        return None


def _spent(said: Any) -> tuple[int | None, int | None]:
    """Reads «89152/400000» as spent and most."""
    spent, _, most = str(said or "").partition("/")
    return _number(spent), _number(most)


def _number(said: Any) -> int | None:
    """Returns a count that is one, else None; numbers come as text here and there."""
    if isinstance(said, bool):
        return None
    if isinstance(said, int):
        return said if 0 <= said < 2**62 else None
    return (
        int(said)
        if isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 19
        else None
    )


def _rows(said: Any) -> Iterator[dict[str, Any]]:
    if isinstance(said, list):
        yield from (one for one in said if isinstance(one, dict))
