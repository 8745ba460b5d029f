"""Other networks, as whoever tries the bot out fills them and breaks them."""

from __future__ import annotations

from typing import Any

from bot.demo.client_wire import Json, Wire


class Network:
    """`Network(wire, "vk", "vk/method")`: one of them; `url` is what the bot is given for it."""

    def __init__(self, wire: Wire, name: str, path: str) -> None:
        self._wire = wire
        self._name = name
        self.url = f"{wire.url}/{path}"

    async def channel(self, channel_id: str, name: str, title: str, **how: Any) -> NetworkChannel:
        """Makes a channel with `subscribers` (empty: hidden) and `state`.

        A state is open, private, deleted, blocked or person.
        """
        await self._wire.post(
            f"/sandbox/networks/{self._name}/channels", id=channel_id, name=name, title=title, **how
        )
        return NetworkChannel(self._wire, f"/sandbox/networks/{self._name}/channels/{channel_id}")

    async def asked(self, method: str | None = None) -> list[Json]:
        """Returns requests so far, oldest first: `{method, said, is_key_in_address}`."""
        told = (await self._wire.get(f"/sandbox/networks/{self._name}/asked"))["asked"]
        return [one for one in told if method in (None, one["method"])]

    async def trouble(self, kind: str, detail: str = "", *, times: int = 1) -> None:
        """Meets the next requests with an error of the network by its code, or with a broken server.

        That one is broken, busy (`detail` seconds), moved, huge, nonsense, slow, cut.
        """
        await self._wire.post(
            f"/sandbox/networks/{self._name}/troubles", kind=kind, detail=detail, times=times
        )

    async def rules(self, **rules: Any) -> None:
        """Sets the `keys` that are let in and the `quota` of each day."""
        await self._wire.post(f"/sandbox/networks/{self._name}/rules", **rules)


class NetworkChannel:
    def __init__(self, wire: Wire, path: str) -> None:
        self._wire = wire
        self._path = path

    async def put(self, *posts: Json) -> None:
        """Puts posts with their counters.

        They have `id`, `published_at`, `text`, `views`, `likes`, `comments`, `reposts`, `kind`, …
        """
        await self._wire.post(f"{self._path}/posts", posts=list(posts))

    async def change(self, **values: Any) -> None:
        """Changes `title`, `subscribers`, `state`."""
        await self._wire.post(self._path, **values)

    async def count(self, post_id: str, **counters: int) -> None:
        """Sets what a post shows from now on."""
        await self._wire.post(f"{self._path}/posts/{post_id}", **counters)

    async def delete(self, post_id: str) -> None:
        await self._wire.delete(f"{self._path}/posts/{post_id}")
