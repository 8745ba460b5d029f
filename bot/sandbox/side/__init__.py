"""The person's side over HTTP, documented in docs/sandbox.md: tests, scripts and the page share it."""

from aiohttp import web

from bot.sandbox.api import BotApi
from bot.sandbox.public.troubles import PublicSide
from bot.sandbox.side import acting, clockwork, control, page, pages, reading, settling
from bot.sandbox.side.routing import Side

__all__ = ["side_routes"]


def side_routes(api: BotApi, public: PublicSide) -> list[web.AbstractRouteDef]:
    side = Side(api, public)
    families = (clockwork, acting, settling, pages, reading, control)
    routes = [route for family in families for route in family.routes(side)]
    return [*routes, *page.routes()]
