"""/sandbox/chats/…/page and /sandbox/pages: what public pages show, and what befalls who reads them."""

from typing import Any, get_args

from aiohttp import web

from bot.sandbox.limits import bad_request
from bot.sandbox.public.content import PagePost
from bot.sandbox.public.troubles import Trouble
from bot.sandbox.side.routing import Request, Side


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.post("chats/{chat}/page", change),
        side.post("chats/{chat}/views", set_views),
        side.get("pages", requests),
        side.post("pages/troubles", add_trouble),
    ]


async def change(request: Request) -> Any:
    """Changes the page: `posts` of another time, `preview` off, `old` for the markup before 2022."""
    page, params = request.chat.page, request.params
    for values in params.items("posts") or []:
        post = PagePost(**values)  # refuses what is no post
        page.posts.append(values)
        request.chat.reserve_ids(post.id + max(0, post.photos - 1))
    if "preview" in params.values:
        page.has_preview = params.flag("preview")
    if "old" in params.values:
        page.is_old = params.flag("old")
    return {"posts": len(page.posts)}


async def set_views(request: Request) -> Any:
    page, number = request.chat.page, request.params.integer("message_id")
    page.views[number] = request.params.integer("views")
    if "forwards" in request.params.values:
        page.forwards[number] = request.params.integer("forwards")
    return {"ok": True}


async def requests(request: Request) -> Any:
    return {"requests": request.side.public.requests}


async def add_trouble(request: Request) -> Any:
    kind = request.params.text("kind")
    known: Trouble | None = next((trouble for trouble in get_args(Trouble) if trouble == kind), None)
    if known is None:
        raise bad_request(f"unknown trouble {kind!r}")
    times = request.params.integer("times") or 1
    request.side.public.waiting.extend([(known, request.params.text("detail"))] * times)
    return {"waiting": len(request.side.public.waiting)}
