"""The person's side over HTTP, documented in docs/sandbox.md: tests, scripts and the page share it."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.api import BotApi
from bot.sandbox.public.troubles import PublicSide
from bot.sandbox.side import acting, clockwork, control, page, pages, reading, settling
from bot.sandbox.side import mtproto as mtproto_side
from bot.sandbox.side import tgstat as tgstat_side
from bot.sandbox.side.routing import Side
from bot.sandbox.tgstat.state import TgstatSide

if TYPE_CHECKING:
    from bot.sandbox.mtproto.server import MtprotoServer

__all__ = ["side_routes"]


def side_routes(
    api: BotApi,
    public: PublicSide,
    mtproto: Callable[[], Awaitable["MtprotoServer"]],
    tgstat: TgstatSide,
) -> list[web.AbstractRouteDef]:
    side = Side(api, public, mtproto, tgstat)
    families = (clockwork, acting, settling, pages, mtproto_side, tgstat_side, reading, control)
    routes = [route for family in families for route in family.routes(side)]
    return [*routes, *page.routes()]
