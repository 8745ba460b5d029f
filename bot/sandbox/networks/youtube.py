"""YouTube after its Data API v3: channels, playlistItems, videos. Each list is a unit of the day's quota."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.sandbox.clock import SandboxClock
from bot.sandbox.networks.content import Channels, NetworkChannel, NetworkPost
from bot.sandbox.networks.troubles import NetworkRequest, NetworkSide, meet

MOST = 50
UNITS_A_DAY = 10_000
PACIFIC = ZoneInfo("America/Los_Angeles")
_STATUS = {
    "quotaExceeded": 403,
    "rateLimitExceeded": 403,
    "forbidden": 403,
    "accessNotConfigured": 403,
    "keyInvalid": 400,
    "channelNotFound": 404,
    "playlistNotFound": 404,
    "videoNotFound": 404,
    "backendError": 503,
}


class YouTubeError(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class YouTubeServer:
    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self.channels = Channels()
        self.side = NetworkSide(quota=UNITS_A_DAY)

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get("/youtube/v3/{resource}", self._answer)]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        resource, said = request.match_info["resource"], dict(request.query)
        key = request.headers.get("X-goog-api-key", "") or said.pop("key", "")
        self.side.asked.append(NetworkRequest(resource, said, "key" in request.query))
        trouble = self.side.take()
        if trouble is not None and trouble[0] not in _STATUS:
            return await meet(request, *trouble)
        try:
            self._let_in(key, trouble)
            return web.json_response(self._call(resource, said))
        except YouTubeError as error:
            return _refusal(error.reason)

    def _let_in(self, key: str, trouble: tuple[str, str] | None) -> None:
        if trouble is not None:
            raise YouTubeError(trouble[0])
        if not key or (self.side.good_keys and key not in self.side.good_keys):
            raise YouTubeError("keyInvalid")
        if self.side.is_spent(self._clock.now().astimezone(PACIFIC).date().isoformat()):
            raise YouTubeError("quotaExceeded")

    def _call(self, resource: str, said: Mapping[str, str]) -> dict[str, Any]:
        match resource:
            case "channels":
                return {"kind": "youtube#channelListResponse", "items": self._channels(said)}
            case "playlistItems":
                return self._playlist(said)
            case "videos":
                return {"kind": "youtube#videoListResponse", "items": self._videos(said)}
            case _:
                raise YouTubeError("forbidden")

    def _channels(self, said: Mapping[str, str]) -> list[dict[str, Any]]:
        """Returns channels; one that is not there is left out."""
        named = said.get("forHandle") or said.get("id", "")
        channel = self.channels.named(named)
        if channel is None or channel.state != "open":
            return []
        parts = said["part"].split(",")
        return [{"id": channel.id, **{part: _CHANNEL_PARTS[part](channel) for part in parts}}]

    def _playlist(self, said: Mapping[str, str]) -> dict[str, Any]:
        channel = self.channels.known.get(f"UC{said['playlistId'][2:]}")
        if channel is None or channel.state != "open" or not channel.posts:
            raise YouTubeError("playlistNotFound")
        start, count = int(said.get("pageToken", "P0")[1:]), min(int(said.get("maxResults", 5)), MOST)
        listed = channel.newest_first(self._clock.unix())
        page = listed[start : start + count]
        items = [
            {"contentDetails": {"videoId": post.id, "videoPublishedAt": _moment(post.published_at)}}
            for post in page
        ]
        more = {"nextPageToken": f"P{start + count}"} if start + count < len(listed) else {}
        return {"kind": "youtube#playlistItemListResponse", "items": items, **more}

    def _videos(self, said: Mapping[str, str]) -> list[dict[str, Any]]:
        wanted, parts = said.get("id", "").split(",")[:MOST], said["part"].split(",")
        found = []
        for channel in self.channels:
            for post in (channel.posts[one] for one in wanted if one in channel.posts):
                every = _video(channel, post)
                found.append({"id": post.id, **{part: every[part] for part in parts if part in every}})
        return found


def _snippet(channel: NetworkChannel) -> dict[str, Any]:
    return {"title": channel.title, "customUrl": f"@{channel.name}"}


def _statistics(channel: NetworkChannel) -> dict[str, Any]:
    """Returns statistics, with subscribers rounded down to three digits."""
    shown = {"videoCount": str(len(channel.posts)), "hiddenSubscriberCount": channel.subscribers is None}
    if channel.subscribers is not None:
        digits = max(0, len(str(channel.subscribers)) - 3)
        shown["subscriberCount"] = str(channel.subscribers // 10**digits * 10**digits)
    return shown


def _details(channel: NetworkChannel) -> dict[str, Any]:
    return {"relatedPlaylists": {"uploads": f"UU{channel.id[2:]}"}}


_CHANNEL_PARTS = {"snippet": _snippet, "statistics": _statistics, "contentDetails": _details}


def _video(channel: NetworkChannel, post: NetworkPost) -> dict[str, Any]:
    counters = {"viewCount": post.views, "likeCount": post.likes, "commentCount": post.comments}
    title, _, description = post.text.partition("\n")
    shown: dict[str, Any] = {
        "snippet": {
            "publishedAt": _moment(post.published_at),
            "channelId": channel.id,
            "title": title,
            "description": description,
            "liveBroadcastContent": post.kind if post.kind in ("live", "upcoming") else "none",
        },
        "statistics": {name: str(count) for name, count in counters.items() if count is not None},
        "contentDetails": {"duration": "PT7M12S"},
    }
    if post.started_at is not None:
        shown["liveStreamingDetails"] = {"actualStartTime": _moment(post.started_at)}
    return shown


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _refusal(reason: str) -> web.Response:
    """Refuses as Google words it: for a bad key the reason stands in the details."""
    status = _STATUS[reason]
    error: dict[str, Any] = {"code": status, "message": reason, "errors": [{"reason": reason}]}
    if reason == "keyInvalid":
        error["errors"] = [{"reason": "badRequest"}]
        error["details"] = [{"reason": "API_KEY_INVALID"}]
    return web.json_response({"error": error}, status=status)
