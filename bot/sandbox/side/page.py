"""The chat page: three files of this package, nothing from elsewhere."""

from importlib.resources import files

from aiohttp import web

TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}


def routes() -> list[web.AbstractRouteDef]:
    return [
        web.get("/", index),
        web.get(r"/page/{name:[a-z_]+\.(css|js)}", asset),
        web.get("/favicon.ico", no_icon),
    ]


async def index(request: web.Request) -> web.Response:  # noqa: ARG001 aiohttp's signature
    return _file("index.html")


async def asset(request: web.Request) -> web.Response:
    return _file(request.match_info["name"])


async def no_icon(request: web.Request) -> web.Response:  # noqa: ARG001 aiohttp's signature
    return web.Response(status=204)


def _file(name: str) -> web.Response:
    found = files("bot.sandbox").joinpath("page", name)
    if not found.is_file():
        raise web.HTTPNotFound
    return web.Response(
        text=found.read_text("utf-8"), content_type=TYPES[name.rsplit(".", 1)[1]], charset="utf-8"
    )
