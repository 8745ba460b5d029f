"""TGStat's stand-in, as whoever tries the bot out fills and breaks it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.demo.client_places import Channel
from bot.demo.client_wire import Json, Wire


class TgstatSide:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def url(self) -> str:
        """What the bot is given in place of TGStat's own address."""
        return f"{self._wire.url}/tgstat"

    async def key(self, key: str, **tariff: object) -> None:
        """Adds a key that works; `revoked` ends it.

        `requests_most`, `channels_most`, `expires_at`, `has_dynamics` are its tariff.
        """
        await self._wire.post("/sandbox/tgstat/keys", key=key, **tariff)

    async def refer(
        self,
        channel: Channel,
        message_id: int | None,
        *,
        by: str,
        at: int,
        kind: str = "forward",
        title: str = "",
        members: int | None = None,
        is_named: bool = True,
        hours: Sequence[int] | None = None,
    ) -> None:
        """Has a post of @`by` forward the channel's post, or mention the channel.

        `hours`: that post's views by the hour.
        """
        link = f"t.me/{by}/{at % 100_000}"
        about = {"username": by, "title": title, "members": members, "is_named": is_named}
        more = {} if hours is None else {"hours": list(hours)}
        await self._wire.post(
            "/sandbox/tgstat/references",
            kind=kind, chat_id=channel.id, message_id=message_id, link=link, at=at, **about, **more,
        )  # fmt: skip

    async def trouble(self, kind: str, detail: str = "") -> None:
        """Meets the next request with error (`detail` is what TGStat says), busy, broken, huge or moved."""
        await self._wire.post("/sandbox/tgstat/troubles", kind=kind, detail=detail)

    async def asked(self, method: str | None = None) -> list[Json]:
        """Returns requests so far, oldest first, without their keys."""
        told = (await self._wire.get("/sandbox/tgstat"))["asked"]
        return [one for one in told if method in (None, one["method"])]
