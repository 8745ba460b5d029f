"""The server of messages by number, as whoever tries the bot out sees it and breaks it."""

from __future__ import annotations

from bot.demo.client_wire import Json, Wire


class Mtproto:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def url(self) -> str:
        """What the bot is given to find the server: its port and public key are told there."""
        return f"{self._wire.url}/sandbox/mtproto"

    async def asked(self, method: str | None = None) -> list[Json]:
        """Returns requests so far, oldest first: `{method, no_updates, numbers, key_id}`."""
        told = (await self._wire.get("/sandbox/mtproto/asked"))["asked"]
        return [one for one in told if method in (None, one["method"])]

    async def connections(self) -> int:
        return int((await self._wire.get("/sandbox/mtproto/asked"))["connections"])

    async def trouble(
        self, kind: str, detail: str = "", *, method: str | None = None, times: int = 1, skip: int = 0
    ) -> None:
        """Meets the next requests with flood (`detail` seconds), error, drop or silent.

        An error's `detail` is such as "400 CHANNEL_PRIVATE".
        Kinds close and salt meet the next connections: hung up at once, told another salt.
        """
        await self._wire.post(
            "/sandbox/mtproto/troubles", kind=kind, detail=detail, method=method, times=times, skip=skip
        )

    async def hide(self, *fields: str) -> None:
        """Hides views (and forwards), replies or reactions of messages; without names they show all."""
        await self._wire.post("/sandbox/mtproto/hidden", fields=list(fields))

    async def forget(self, *, keys: bool = False, token: str | None = None) -> None:
        """Ends every session; with `keys` as if there had never been one. `token`: the bot's from now on."""
        await self._wire.post("/sandbox/mtproto/forget", keys=keys, token=token)
