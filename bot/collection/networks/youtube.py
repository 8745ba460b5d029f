"""YouTube: channels by the Data API v3 with an API key, https://developers.google.com/youtube/v3/docs.

Lists only, a unit each; never a search, which costs a hundred. Shares, dislikes and watch time are their owner's: in files.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.collection.networks.door import Reply
from bot.collection.networks.raw import Raw, dicts, part, post_of
from bot.collection.networks.source import Allowance, ChannelProfile, NetworkSource, answer_of
from bot.collection.source import (
    Answer,
    AwayError,
    ClosedError,
    FoundPosts,
    NotGivenError,
    Place,
    RefusedError,
    SourceError,
    SpentError,
    WaitError,
)
from metrics.ages import AGES_H
from metrics.posts import AudienceReading, Post
from storage.files.tables.texts import read_text

PAGE_VIDEOS = 50
ROUNDED_TO_DIGITS = (
    3  # subscribers: https://developers.google.com/youtube/v3/revision_history, 10 September 2019
)
RATE_S = 60
MONTHS_H = (1440, 2160)  # a video goes on for months where a post of a feed is over
_CHANNEL = "snippet,statistics"
_VIDEO = "snippet,statistics,contentDetails,liveStreamingDetails"
_SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_REFUSED = frozenset(
    {
        "keyInvalid",
        "keyExpired",
        "accessNotConfigured",
        "ipRefererBlocked",
        "API_KEY_INVALID",
        "SERVICE_DISABLED",
    }
)
_CLOSED = {
    "channelNotFound": "nobody",
    "playlistNotFound": "nobody",
    "videoNotFound": "nobody",
    "channelClosed": "gone",
    "channelSuspended": "blocked",
    "channelForbidden": "private",
    "playlistItemsNotAccessible": "private",
}


class YouTube(NetworkSource):
    network = "youtube"
    title = "YouTube"
    setting = "YOUTUBE_API_KEY"
    allowance = Allowance(units=10_000, zone="America/Los_Angeles", every_s=0.2)
    ages_h = (*AGES_H, *MONTHS_H)
    page_units = 2
    most_ids = PAGE_VIDEOS

    async def look_up(self, name: str) -> ChannelProfile:
        kind, _, video = name.partition("/")
        if kind == "video":
            snippet = part(next(await self._list("videos", part="snippet", id=video), {}), "snippet")
            name = str(snippet.get("channelId") or "")
        named = {"forHandle": name} if name.startswith("@") else {"id": name}
        channel = next(await self._list("channels", part=_CHANNEL, **named), None) if name else None
        if channel is None:
            raise ClosedError("nobody")
        snippet = part(channel, "snippet")
        handle = str(snippet.get("customUrl") or "").lstrip("@") or None
        return ChannelProfile(
            Place(str(channel["id"])), str(snippet.get("title") or name), handle, self._subscribers(channel)
        )

    async def find(self, place: Place[str], since: int, cursor: str | None) -> FoundPosts:
        """Returns a page of videos. `cursor`: the token of a page of uploads."""
        uploads = f"UU{place.id[2:]}"  # a channel's playlist of uploads goes by the channel's id
        page = {"pageToken": cursor} if cursor else {}
        try:
            reply = await self._ask(
                "playlistItems", part="contentDetails", playlistId=uploads, maxResults=PAGE_VIDEOS, **page
            )
        except ClosedError:
            if cursor is None and await self._is_there(place):  # it has no uploads yet
                return FoundPosts((), None)
            raise
        details = [part(item, "contentDetails") for item in dicts(reply.get("items"))]
        ids = [str(one["videoId"]) for one in details if "videoId" in one]
        listed = [at for one in details if (at := _moment(one.get("videoPublishedAt"))) is not None]
        posts, _ = await self._videos(ids)
        oldest, following = min(listed, default=0), reply.get("nextPageToken")
        # One that was public long before it was listed does not end a history.
        is_last = not following or not ids or max(listed, default=0) < since
        return FoundPosts(
            tuple(post for post in posts if post.published_at >= since),
            None if is_last else str(following),
            whole_since=0 if is_last else oldest,
        )

    async def read(self, place: Place[str], ids: Sequence[str]) -> Answer[str]:  # noqa: ARG002 - ids say whose
        posts, on_air = await self._videos(ids)
        return answer_of(posts, [one for one in ids if one not in on_air], self._now())

    async def audience(self, place: Place[str]) -> AudienceReading:
        channel = next(await self._list("channels", part="statistics", id=place.id), None)
        if channel is None:
            raise ClosedError("gone")
        subscribers = self._subscribers(channel)
        if subscribers is None:
            raise NotGivenError("audience")
        return subscribers

    async def _is_there(self, place: Place[str]) -> bool:
        return any(await self._list("channels", part="snippet", id=place.id))

    async def _videos(self, ids: Sequence[str]) -> tuple[list[Post], frozenset[str]]:
        """Returns published videos, and the ids of those on the air or announced: no videos yet."""
        if not ids:
            return [], frozenset()
        videos = list(await self._list("videos", part=_VIDEO, id=",".join(ids), maxResults=PAGE_VIDEOS))
        on_air = frozenset(
            str(video.get("id"))
            for video in videos
            if part(video, "snippet").get("liveBroadcastContent", "none") != "none"
        )
        posts = (_post(video, self._now()) for video in videos if str(video.get("id")) not in on_air)
        return [post for post in posts if post is not None], on_air

    def _subscribers(self, channel: Raw) -> AudienceReading | None:
        """Returns subscribers, rounded down to three digits by YouTube; None where they are hidden."""
        statistics = part(channel, "statistics")
        count = _number(statistics, "subscriberCount")
        if count is None or statistics.get("hiddenSubscriberCount"):
            return None
        step = 10 ** max(0, len(str(count)) - ROUNDED_TO_DIGITS)
        return AudienceReading(self._now(), count, step if step > 1 else 0)

    async def _list(self, resource: str, **said: str | int) -> Iterator[Raw]:
        return dicts((await self._ask(resource, **said)).get("items"))

    async def _ask(self, resource: str, **said: str | int) -> Raw:
        """Asks with the key in a header, never in the address."""
        reply = await self._door.get(resource, said, {"X-goog-api-key": self._key.get_secret_value()})
        if reply.status == 200 and isinstance(reply.body, dict):
            return reply.body
        raise self._error(reply)

    def _error(self, reply: Reply) -> SourceError:
        reasons = _reasons(reply.body)
        if reasons & _SPENT:
            now = self._now()
            return SpentError(self.allowance.resets_after(now) - now)
        if reasons & _TOO_FAST or reply.status == 429:
            return WaitError(reply.retry_after_s or RATE_S)
        if reasons & _REFUSED:
            return RefusedError("bad key")
        for reason, code in _CLOSED.items():
            if reason in reasons:
                return ClosedError(code)
        return ClosedError("nobody") if reply.status == 404 else AwayError(f"status {reply.status}")


def _reasons(body: Any) -> set[str]:
    """Returns the codes of an error, whichever of Google's two places they stand in."""
    error = part(body, "error") if isinstance(body, dict) else {}
    told = [*dicts(error.get("errors")), *dicts(error.get("details"))]
    return {str(one["reason"]) for one in told if "reason" in one}


def _post(video: Raw, now: int) -> Post | None:
    """Returns a post; None for what has no moment of publication."""
    snippet, statistics = part(video, "snippet"), part(video, "statistics")
    started = _moment(part(video, "liveStreamingDetails").get("actualStartTime"))
    published = started if started is not None else _moment(snippet.get("publishedAt"))
    if published is None or "id" not in video:
        return None
    text = read_text(f"{snippet.get('title') or ''}\n{snippet.get('description') or ''}")
    return post_of(
        str(video["id"]),
        text,
        published_at=published,
        now=now,
        post_format="video",
        link=f"https://www.youtube.com/watch?v={video['id']}",
        views=_number(statistics, "viewCount"),
        reactions=_number(statistics, "likeCount"),
        comments=_number(statistics, "commentCount"),
    )


def _number(statistics: Raw, name: str) -> int | None:
    """Returns a counter, which comes as text; None for a hidden one, which does not come."""
    told = statistics.get(name)
    return int(told) if isinstance(told, str) and told.isascii() and told.isdecimal() else None


def _moment(told: Any) -> int | None:
    try:
        return int(datetime.fromisoformat(str(told)).astimezone(UTC).timestamp()) if told else None
    except ValueError:
        return None
