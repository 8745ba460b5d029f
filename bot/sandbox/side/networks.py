"""/sandbox/networks: channels of other networks, what comes out in them, and what befalls who asks."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.sandbox.limits import bad_request
from bot.sandbox.networks.content import STATES, NetworkChannel, NetworkPost
from bot.sandbox.networks.max import MaxServer
from bot.sandbox.networks.servers import NetworkServer
from bot.sandbox.side.routing import Request, Side


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.post("networks/{network}/channels", add_channel),
        side.post("networks/{network}/channels/{channel}", change_channel),
        side.post("networks/{network}/channels/{channel}/posts", put_posts),
        side.post("networks/{network}/channels/{channel}/posts/{post}", change_post),
        side.delete("networks/{network}/channels/{channel}/posts/{post}", delete_post),
        side.get("networks/{network}/asked", asked),
        side.post("networks/{network}/troubles", add_troubles),
        side.post("networks/{network}/rules", set_rules),
    ]


async def add_channel(request: Request) -> Any:
    values = request.params.values
    channel = NetworkChannel(**{**values, "id": str(values["id"])})
    _check(channel)
    _server(request).channels.known[channel.id] = channel
    return {"id": channel.id}


async def change_channel(request: Request) -> Any:
    """Changes `title`, `subscribers` (empty: hidden), `state`."""
    channel = _channel(request)
    for name, value in request.params.values.items():
        setattr(channel, name, value)
    _check(channel)
    if "state" in request.params.values:
        await _tell(request, "bot_added" if channel.state in ("open", "private") else "bot_removed")
    return {"ok": True}


async def put_posts(request: Request) -> Any:
    channel = _channel(request)
    for values in request.params.items("posts") or []:
        channel.put(NetworkPost(**values))
        await _tell(request, "message_created", str(values["id"]))
    return {"posts": len(channel.posts)}


async def change_post(request: Request) -> Any:
    _channel(request).change(request.http.match_info["post"], **request.params.values)
    return {"ok": True}


async def delete_post(request: Request) -> Any:
    del _channel(request).posts[request.http.match_info["post"]]
    await _tell(request, "message_removed", request.http.match_info["post"])
    return {"ok": True}


async def asked(request: Request) -> Any:
    return {"asked": [asdict(one) for one in _server(request).side.asked]}


async def add_troubles(request: Request) -> Any:
    """Adds troubles of a `kind`: an error of the network by its code, or what a server does.

    A server is broken, busy, moved, huge, nonsense, slow, cut.
    """
    side, params = _server(request).side, request.params
    times = params.integer("times") if "times" in params.values else 1
    side.waiting.extend([(params.text("kind"), params.text("detail"))] * times)
    return {"waiting": len(side.waiting)}


async def set_rules(request: Request) -> Any:
    """Sets the `keys` that are let in and the `quota` of each day."""
    side, params = _server(request).side, request.params
    if "keys" in params.values:
        side.good_keys = frozenset(params.items("keys") or [])
    if "quota" in params.values:
        side.quota = params.integer("quota")
    return {"ok": True}


def _server(request: Request) -> NetworkServer:
    network = request.http.match_info["network"]
    if network not in request.side.networks:
        raise bad_request(f"unknown network {network!r}")
    return request.side.networks[network]


def _channel(request: Request) -> NetworkChannel:
    return _server(request).channels.known[request.http.match_info["channel"]]


async def _tell(request: Request, kind: str, post_id: str = "") -> None:
    """Tells the bot what happens, on networks that do."""
    server = _server(request)
    if isinstance(server, MaxServer):
        await server.tell(kind, _channel(request), post_id)


def _check(channel: NetworkChannel) -> None:
    if channel.state not in STATES:
        raise bad_request(f"unknown state {channel.state!r}")
