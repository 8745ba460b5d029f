"""The bot as it set itself up, its calls and updates, failures and rates on request."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.limits import bad_request
from bot.sandbox.side.routing import Request, Side


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.get("bot", bot),
        side.post("bot", change_bot),
        side.get("calls", calls),
        side.get("updates", updates),
        side.post("updates", inject),
        side.get("faults", faults),
        side.post("faults", add_fault),
        side.delete("faults", clear_faults),
        side.post("limits", limits),
    ]


async def bot(request: Request) -> Any:
    profile = request.world.bot
    return {
        "user": profile.user.body(),
        "reads_all_in_groups": profile.reads_all_in_groups,
        "commands": [
            {"scope": json.loads(scope), "language": language, "commands": commands}
            for (scope, language), commands in profile.commands.items()
        ],
        "names": profile.names,
        "descriptions": profile.descriptions,
        "short_descriptions": profile.short_descriptions,
        "menu_button": profile.menu_button,
        "webhook": request.world.updates.webhook_url,
        "allowed_updates": sorted(request.world.updates.allowed),
    }


async def change_bot(request: Request) -> Any:
    """Changes the bot; `reads_all_in_groups`: privacy mode off."""
    if "reads_all_in_groups" in request.params.values:
        request.world.bot.reads_all_in_groups = request.params.flag("reads_all_in_groups")
    return await bot(request)


async def calls(request: Request) -> Any:
    method = request.params.values.get("method")
    count = request.params.integer("count")
    return {"calls": await request.side.api.calls.wait(method, count, request.wait_s)}


async def updates(request: Request) -> Any:
    """Tells how many updates wait for the bot; held until none does."""
    queue = request.world.updates
    await queue.changed.until(lambda: queue.count() == 0, request.wait_s)
    return {"pending": queue.count(), "newest_id": queue.newest_id}


async def inject(request: Request) -> Any:
    update = request.params.table("update") or {}
    kinds = [name for name in update if name != "update_id"]
    if len(kinds) != 1:
        raise bad_request("an update has exactly one kind")
    return {"update_id": request.world.updates.push(kinds[0], update[kinds[0]]) or 0}


async def faults(request: Request) -> Any:
    return {"waiting": request.side.api.faults.count()}


async def add_fault(request: Request) -> Any:
    request.side.api.faults.add(Fault(**request.params.values))
    return {"ok": True}


async def clear_faults(request: Request) -> Any:
    request.side.api.faults.clear()
    return {"ok": True}


async def limits(request: Request) -> Any:
    request.side.api.rates.enforce = request.params.flag("enforce")
    return {"enforce": request.side.api.rates.enforce}
