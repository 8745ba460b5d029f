"""TGStat over HTTP. One host, no redirects, short waits, small bodies; its key stands in addresses, which nobody may see."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.collection.tgstat import shapes
from bot.collection.tgstat.errors import TgstatError, error_of, error_of_status
from bot.collection.tgstat.shapes import PostPage, PostStat
from bot.telegram.begun import waiting_elsewhere
from metrics.posts import AudienceReading
from storage.workspace.keys import Tariff

TIMEOUT_S = 10.0
MAX_BYTES = 5 * 1024 * 1024
PAGE = 50  # the most that one answer holds


class Tgstat:
    """Asks TGStat with one person's key. Every method is one request and raises TgstatError."""

    def __init__(self, base_url: str, key: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self._base = base_url.rstrip("/")
        self._key = key
        self._timeout = ClientTimeout(total=timeout_s)

    async def usage(self) -> Tariff:
        """Returns the tariff that statistics are read with; asking costs nothing of it."""
        return shapes.tariff(await self._ask("usage/stat"))

    async def posts(self, handle: str, *, since: int, now: int, offset: int = 0) -> PostPage:
        """Returns at most 50 posts published after `since`, newest first, as they are counted now."""
        found = await self._ask(
            "channels/posts", channelId=f"@{handle}", startTime=since, limit=PAGE, offset=offset
        )
        return shapes.post_page(found, now)

    async def post(self, handle: str, external_id: str) -> PostStat:
        """Returns one post's counters, who forwards and mentions it, views by the hour."""
        link = f"t.me/{handle}/{external_id}"
        return shapes.post_stat(await self._ask("posts/stat", postId=link, group="hour"), external_id)

    async def subscribers(self, handle: str, now: int) -> AudienceReading | None:
        return shapes.subscribers(await self._ask("channels/stat", channelId=f"@{handle}"), now)

    async def subscribers_by_day(self, handle: str, *, since: int) -> list[AudienceReading]:
        """Returns subscribers by day, not in every tariff: raises TgstatError("not_in_tariff")."""
        found = await self._ask("channels/subscribers", channelId=f"@{handle}", startTime=since, group="day")
        return shapes.subscribers_by_day(found)

    async def forwards(self, handle: str, *, since: int) -> list[shapes.Reference]:
        """Returns at most 50 posts elsewhere that forward the channel's, the newest first."""
        return await self._references("forward", handle, since)

    async def mentions(self, handle: str, *, since: int) -> list[shapes.Reference]:
        """Returns at most 50 posts elsewhere that name the channel or a post of it, the newest first."""
        return await self._references("mention", handle, since)

    async def _references(self, kind: str, handle: str, since: int) -> list[shapes.Reference]:
        found = await self._ask(
            f"channels/{kind}s", channelId=f"@{handle}", startTime=since, limit=PAGE, extended=1
        )
        return shapes.references(found, kind)

    async def _ask(self, method: str, **asked: str | int) -> Any:
        try:
            body = await self._fetch(method, {"token": self._key, **asked})
            answer = json.loads(body)
        except (ClientError, TimeoutError, OSError, ValueError, RecursionError):
            raise TgstatError("away") from None  # their texts quote the address
        if not isinstance(answer, dict):
            raise TgstatError("away")
        if answer.get("status") != "ok":
            raise error_of(str(answer.get("error") or answer.get("status") or ""))
        try:
            return answer["response"]
        except KeyError:
            raise TgstatError("away") from None

    async def _fetch(self, method: str, asked: Mapping[str, str | int]) -> bytes:
        async with (
            waiting_elsewhere(),
            ClientSession(timeout=self._timeout, cookie_jar=DummyCookieJar()) as session,
            session.get(f"{self._base}/{method}", params=asked, allow_redirects=False) as response,
        ):
            is_json = "json" in response.headers.get("Content-Type", "")
            if response.status != 200 and not is_json:
                raise error_of_status(response.status)
            body = bytearray()
            async for part in response.content.iter_chunked(64 * 1024):
                body += part
                if len(body) > MAX_BYTES:
                    raise TgstatError("away")
            return bytes(body)
