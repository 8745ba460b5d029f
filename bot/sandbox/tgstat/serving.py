"""/tgstat/METHOD, in the shapes of TGStat's documentation. Errors come in a 200 body, as there."""

import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.membership import Json
from bot.sandbox.public.content import PagePost, posts_of
from bot.sandbox.tgstat.state import Key, Reference, TgstatSide
from bot.sandbox.world import World

MOST = 50
HUGE_BYTES = 6 * 1024 * 1024
MOSCOW = timezone(timedelta(hours=3))
_POST = re.compile(r"t\.me/(\w+)/(\d+)")
_MEDIA = {"video": "mediaDocument", "link": "mediaWebpage", "poll": "mediaPoll"}
Method = Callable[[Key, dict[str, str]], object]


class RefusedError(Exception):
    """What stands in `error`."""


class Tgstat:
    def __init__(self, world: World) -> None:
        self._world = world
        self.side = TgstatSide()
        self._methods: dict[str, Method] = {
            "usage/stat": self._usage,
            "channels/posts": self._posts,
            "channels/stat": self._card,
            "channels/subscribers": self._dynamics,
            "channels/forwards": lambda key, asked: self._references("forward", key, asked),
            "channels/mentions": lambda key, asked: self._references("mention", key, asked),
            "posts/stat": self._post,
        }

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get(r"/tgstat/{family}/{name}", self._serve)]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = f"{request.match_info['family']}/{request.match_info['name']}"
        asked = dict(request.query)
        token = asked.pop("token", "")
        self.side.asked.append({"method": method, **asked})
        if self.side.troubles:
            kind, detail = self.side.troubles.popleft()
            if kind != "error":
                return _trouble(kind)
            return web.json_response({"status": "error", "error": detail})
        try:
            return web.json_response({"status": "ok", "response": self._answer(method, token, asked)})
        except RefusedError as error:
            return web.json_response({"status": "error", "error": str(error)})

    def _answer(self, method: str, token: str, asked: dict[str, str]) -> object:
        key = self.side.keys.get(token)
        if key is None:
            raise RefusedError("token_invalid")
        act = self._methods.get(method)
        if act is None:
            raise RefusedError("unknown_method")
        if method != "usage/stat":
            if key.spent >= key.requests_most:
                raise RefusedError("quota_requests_reached")
            key.spent += 1
        return act(key, asked)

    def _usage(self, key: Key, _asked: dict[str, str]) -> object:
        return [
            {
                "serviceKey": "api_stat_s",
                "title": key.title,
                "spentChannels": f"{len(key.channels)}/{key.channels_most}",
                "spentRequests": f"{key.spent}/{key.requests_most}",
                "expiredAt": key.expires_at or self._world.clock.unix() + 20 * 86_400,
            }
        ]

    def _channel(self, key: Key, name: str) -> Chat:
        chat = self._world.named(name.removeprefix("t.me/").lstrip("@"))
        if chat is None or chat.type != "channel":
            raise RefusedError("channel_not_found")
        if chat.id not in key.channels and len(key.channels) >= key.channels_most:
            raise RefusedError("quota_channel_reached")
        key.channels.add(chat.id)
        return chat

    def _posts(self, key: Key, asked: dict[str, str]) -> object:
        chat = self._channel(key, asked["channelId"])
        since, offset = int(asked.get("startTime", 0)), int(asked.get("offset", 0))
        listed = [post for post in reversed(posts_of(chat)) if post.published_at >= since]
        shown = listed[offset : offset + min(int(asked.get("limit", MOST)), MOST)]
        items = [part for post in shown for part in _parts(chat, post)]
        return {
            "count": len(items),
            "total_count": len(listed),
            "channel": _card_of(chat),
            "items": items,
        }

    def _card(self, key: Key, asked: dict[str, str]) -> object:
        chat = self._channel(key, asked["channelId"])
        return {**_card_of(chat), "peer_type": "channel", "avg_post_reach": 0, "ci_index": 0.0}

    def _dynamics(self, key: Key, asked: dict[str, str]) -> object:
        chat = self._channel(key, asked["channelId"])
        if not key.has_dynamics:
            raise RefusedError("method is not available in your tariff")
        today = datetime.fromtimestamp(self._world.clock.unix(), MOSCOW).date()
        return [
            {"period": str(today - timedelta(days=days)), "participants_count": chat.count() - 10 * days}
            for days in range(1, 31)
        ]

    def _references(self, kind: str, key: Key, asked: dict[str, str]) -> object:
        chat = self._channel(key, asked["channelId"])
        since = int(asked.get("startTime", 0))
        found = [
            one
            for one in sorted(self.side.references, key=lambda one: -one.at)
            if one.kind == kind and one.chat_id == chat.id and one.at >= since
        ][:MOST]
        by_name = {one.username: one for one in found}
        return {
            "items": [_reference(one, place) for place, one in enumerate(found, start=1)],
            "channels": [
                {
                    "id": _id_of(one.username),
                    "link": f"t.me/{one.username}",
                    "username": f"@{one.username}",
                    "title": one.title,
                    "about": "",
                    "participants_count": one.members,
                }
                for one in by_name.values()
            ],
        }

    def _post(self, key: Key, asked: dict[str, str]) -> object:
        found = _POST.fullmatch(asked["postId"])
        chat = self._channel(key, found[1]) if found else None
        post = (
            next((one for one in posts_of(chat) if found and one.id == int(found[2])), None) if chat else None
        )
        if chat is None or post is None:
            raise RefusedError("post_not_found")
        mine = [one for one in self.side.references if (one.chat_id, one.message_id) == (chat.id, post.id)]
        kinds = {
            kind: [
                {key: value for key, value in _reference(one, 0).items() if key != "forwardId"}
                for one in mine
                if one.kind == kind
            ]
            for kind in ("forward", "mention")
        }
        return {
            "viewsCount": post.views,
            "sharesCount": post.forwards or 0,
            "commentsCount": post.comments or 0,
            "reactionsCount": sum(post.reactions.values()),
            "forwardsCount": len(kinds["forward"]),
            "mentionsCount": len(kinds["mention"]),
            "forwards": kinds["forward"],
            "mentions": kinds["mention"],
            "views": self.side.hours.get((chat.id, post.id), []),
        }


def _parts(chat: Chat, post: PagePost) -> list[Json]:
    """Returns a post's parts: TGStat lists an album picture by picture."""
    has_media = post.photos or post.kind
    return [
        {
            "id": _own_id(chat, post.id + step),
            "date": post.published_at,
            "views": post.views,
            "link": f"t.me/{chat.username}/{post.id + step}",
            "channel_id": _id_of(str(chat.username)),
            "forwarded_from": post.forwarded_from,
            "is_deleted": 0,
            "text": post.text if not step else "",
            "media": (
                {"media_type": _MEDIA.get(post.kind or "", "mediaPhoto"), "caption": "", **_mime(post)}
                if has_media
                else None
            ),
        }
        for step in range(max(1, post.photos))
    ]


def _mime(post: PagePost) -> Json:
    return {"mime_type": "video/mp4"} if post.kind == "video" else {}


def _own_id(chat: Chat, message_id: int) -> int:
    """Returns a post's number at TGStat, which numbers posts its own way."""
    return abs(chat.id) % 100_000 * 1_000_000 + message_id


def _id_of(username: str) -> int:
    return zlib.crc32(username.encode()) % 10**8


def _card_of(chat: Chat) -> Json:
    name = str(chat.username)
    return {
        "id": _id_of(name),
        "link": f"t.me/{name}",
        "username": f"@{name}",
        "title": chat.title,
        "about": "",
        "participants_count": chat.count(),
    }


def _reference(one: Reference, place: int) -> Json:
    source = {} if one.message_id is None or not one.is_named else {"sourcePostId": _source(one)}
    own = {"mentionId": place, "mentionType": "channel"} if one.kind == "mention" else {"forwardId": place}
    return {
        **own,
        **source,
        "postId": str(1_000_000 + zlib.crc32(one.link.encode()) % 1_000_000),
        "postLink": one.link,
        "postDate": one.at,
        "channelId": _id_of(one.username),
        "peerType": "channel",
    }


def _source(one: Reference) -> int:
    return abs(one.chat_id) % 100_000 * 1_000_000 + int(one.message_id or 0)


def _trouble(kind: str) -> web.Response:
    if kind == "huge":
        return web.Response(
            body=b'{"status":"ok","response":"' + b"x" * HUGE_BYTES, content_type="application/json"
        )
    if kind == "moved":
        return web.Response(status=302, headers={"Location": "/tgstat/usage/stat"})
    return web.Response(status=429 if kind == "busy" else 502, text="Bad Gateway")


def hours_of(published_at: int, growth: list[int]) -> list[Json]:
    """Returns views of each hour since the post came out, as `posts/stat` tells them.

    An hour is told by its end, in Moscow.
    """
    return [
        {
            "date": datetime.fromtimestamp(published_at + 3600 * hour, UTC)
            .astimezone(MOSCOW)
            .strftime("%Y-%m-%d %H:%M"),
            "viewsGrowth": grew,
        }
        for hour, grew in enumerate(growth, start=1)
    ]
