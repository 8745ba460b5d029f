"""/sandbox/tgstat: keys and their quotas, posts elsewhere, views by the hour, and what befalls who asks."""

from typing import Any

from aiohttp import web

from bot.sandbox.limits import bad_request
from bot.sandbox.public.content import posts_of
from bot.sandbox.side.routing import Request, Side
from bot.sandbox.tgstat.serving import hours_of
from bot.sandbox.tgstat.state import Key

TROUBLES = ("error", "busy", "broken", "huge", "moved")


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.get("tgstat", asked),
        side.post("tgstat/keys", put_key),
        side.post("tgstat/references", refer),
        side.post("tgstat/troubles", add_trouble),
    ]


async def asked(request: Request) -> Any:
    return {"asked": request.side.tgstat.asked}


async def put_key(request: Request) -> Any:
    """Puts a `key` with its tariff, as `Key` has it; `revoked` takes it back."""
    values = dict(request.params.values)
    name = str(values.pop("key"))
    if values.pop("revoked", False):
        request.side.tgstat.keys.pop(name, None)
    else:
        request.side.tgstat.keys[name] = Key(**values)
    return {"ok": True}


async def refer(request: Request) -> Any:
    """Adds a post elsewhere.

    `hours`: how many views the post it forwards got in each hour since it came out.
    """
    values = dict(request.params.values)
    hours = values.pop("hours", None)
    tgstat = request.side.tgstat
    tgstat.refer(**values)
    if hours is not None:
        chat = request.world.chat(int(values["chat_id"]))
        post = next(one for one in posts_of(chat) if one.id == int(values["message_id"]))
        tgstat.hours[chat.id, post.id] = hours_of(post.published_at, hours)
    return {"ok": True}


async def add_trouble(request: Request) -> Any:
    kind = request.params.text("kind")
    if kind not in TROUBLES:
        raise bad_request(f"unknown trouble {kind!r}")
    request.side.tgstat.troubles.append((kind, request.params.text("detail")))
    return {"waiting": len(request.side.tgstat.troubles)}
