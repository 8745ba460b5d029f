"""The person's side over HTTP, documented in docs/sandbox.md: tests, scripts and the page share it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.api import BotApi
from bot.sandbox.networks.servers import NetworkServer
from bot.sandbox.public.troubles import PublicSide
from bot.sandbox.side import acting, clockwork, control, page, pages, reading, settling
from bot.sandbox.side import mtproto as mtproto_side
from bot.sandbox.side import networks as networks_side
from bot.sandbox.side import tgstat as tgstat_side
from bot.sandbox.side.routing import Side
from bot.sandbox.tgstat.state import TgstatSide

if TYPE_CHECKING:
    from bot.sandbox.mtproto.server import MtprotoServer

__all__ = ["side_routes"]


def side_routes(
    api: BotApi,
    public: PublicSide,
    networks: Mapping[str, NetworkServer],
    mtproto: Callable[[], Awaitable["MtprotoServer"]],
    tgstat: TgstatSide,
) -> list[web.AbstractRouteDef]:
    side = Side(api, public, networks, mtproto, tgstat)
    beside = (mtproto_side, networks_side, tgstat_side)
    families = (clockwork, acting, settling, pages, *beside, reading, control)
    routes = [route for family in families for route in family.routes(side)]
    return [*routes, *page.routes()]
