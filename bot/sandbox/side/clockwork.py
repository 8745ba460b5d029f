"""/sandbox/clock"""

from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.sandbox.side.routing import Request, Side


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.get("clock", read),
        side.post("clock", change),
        side.post("clock/ack", acknowledge),
    ]


async def read(request: Request) -> Any:
    clock = request.world.clock
    if "after" in request.params.values:
        client = request.params.text("client")
        await clock.follow(client, request.params.integer("after"), 25)
    return clock.state()


async def change(request: Request) -> Any:
    clock, values = request.world.clock, request.params.values
    if values.get("flow"):
        clock.release()
    elif "advance_s" in values:
        clock.advance(float(values["advance_s"]))
    else:
        now = datetime.fromisoformat(str(values["now"]))
        clock.put(now if now.tzinfo else now.replace(tzinfo=UTC))
    state = clock.state()
    if request.params.flag("wait"):
        state["acknowledged"] = await clock.acknowledged(clock.version)
    return state


async def acknowledge(request: Request) -> Any:
    request.world.clock.acknowledge(request.params.text("client"), request.params.integer("version"))
    return {"ok": True}
