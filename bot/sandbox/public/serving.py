"""/public/s/NAME and /public/NAME."""

import hashlib

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.public.content import PAGE_POSTS, posts_of
from bot.sandbox.public.markup import audience_of, landing, preview
from bot.sandbox.public.troubles import PublicSide
from bot.sandbox.world import World


class PublicPages:
    def __init__(self, world: World) -> None:
        self._world = world
        self.side = PublicSide()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/public/s/{name}", self._preview),
            web.get("/public/{name}", self._landing),
        ]

    async def _preview(self, request: web.Request) -> web.StreamResponse:
        if trouble := await self.side.meet(request):
            return trouble
        name = request.match_info["name"]
        chat = self._world.named(name)
        if chat is None or chat.type != "channel" or not chat.page.has_preview:
            return web.Response(status=302, headers={"Location": f"/public/{name}"})
        before = request.query.get("before", "")
        posts = [post for post in posts_of(chat) if not before.isdecimal() or post.id < int(before)]
        shown = posts[-PAGE_POSTS:]
        older = shown[0].id if len(posts) > PAGE_POSTS else None
        tag = _tag(chat, repr(shown))
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        body = preview(chat, shown, older=older, now=self._world.clock.unix())
        response = web.Response(text=body, content_type="text/html", headers={"ETag": tag})
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async def _landing(self, request: web.Request) -> web.StreamResponse:
        if trouble := await self.side.meet(request):
            return trouble
        return web.Response(text=self._landing_of(request.match_info["name"]), content_type="text/html")

    def _landing_of(self, name: str) -> str:
        if chat := self._world.named(name):
            has_preview = chat.type == "channel" and chat.page.has_preview
            return landing(chat.title, audience_of(chat), name=name, has_preview=has_preview)
        for user in self._world.users.values():
            if (user.username or "").lower() == name.lower():
                extra = "8 122 955 monthly users" if user.is_bot else f"@{user.username}"
                return landing(user.first_name, extra, name=name)
        return landing(None, "", name=name)


def _tag(chat: Chat, shown: str) -> str:
    state = f"{chat.title} {chat.count()} {chat.page.is_old} {shown}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:24]}"'
