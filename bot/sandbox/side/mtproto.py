"""/sandbox/mtproto: where the server of messages by number listens, what it was asked, and what befalls who asks."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.sandbox.limits import bad_request
from bot.sandbox.side.routing import Request, Side


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.get("mtproto", how_to_connect),
        side.get("mtproto/asked", asked),
        side.post("mtproto/troubles", add_trouble),
        side.post("mtproto/hidden", hide),
        side.post("mtproto/forget", forget),
    ]


async def how_to_connect(request: Request) -> Any:
    """Tells host, port and public key. The server listens from the first time this is asked."""
    return (await request.side.mtproto()).how_to_connect()


async def asked(request: Request) -> Any:
    server = await request.side.mtproto()
    return {"connections": server.connections, "asked": [asdict(one) for one in server.asked]}


async def add_trouble(request: Request) -> Any:
    server = await request.side.mtproto()
    try:
        server.troubles.add(**request.params.values)
    except TypeError as error:
        raise bad_request(str(error)) from None
    return {"waiting": len(server.troubles.waiting)}


async def hide(request: Request) -> Any:
    """Hides `fields` of every message from now on: views (forwards with them), replies, reactions."""
    server = await request.side.mtproto()
    server.troubles.hide(request.params.items("fields") or [])
    return {"hidden": sorted(server.troubles.hidden)}


async def forget(request: Request) -> Any:
    """Forgets who is logged in; with `keys` everybody's key; with `token` the bot has another one."""
    server = await request.side.mtproto()
    server.forget(keys=request.params.flag("keys"))
    if token := request.params.text("token"):
        request.world.token = token
    return {"ok": True}
