"""How a handler of the person's side becomes a route: parameters in, JSON out, refusals as plain text."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.api import BotApi, to_json
from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.limits import ApiError, bad_request
from bot.sandbox.membership import Json
from bot.sandbox.networks.servers import NetworkServer
from bot.sandbox.params import Params, read_params
from bot.sandbox.public.troubles import PublicSide
from bot.sandbox.tgstat.state import TgstatSide

if TYPE_CHECKING:
    from bot.sandbox.mtproto.server import MtprotoServer


class Request:
    """A call of the person's side: who and where from the path, the rest from body and query."""

    def __init__(self, side: "Side", http: web.Request, params: Params) -> None:
        self.side = side
        self.http = http
        self.params = params
        self.world = side.api.world

    def number(self, name: str) -> int:
        return int(self.http.match_info[name])

    @property
    def person(self) -> User:
        return self.world.user(self.number("person"))

    @property
    def chat(self) -> Chat:
        return self.world.chat(self.number("chat"))

    @property
    def wait_s(self) -> float:
        """How long the answer may be held back; no longer than 25 s."""
        return min(float(self.params.values.get("wait", 0) or 0), 25.0)

    def named_chat(self, name: str = "chat_id") -> Chat:
        return self.world.chat(self.params.integer(name))

    def named_user(self, name: str) -> User:
        return self.world.user(self.params.integer(name))


Act = Callable[[Request], Awaitable[Any]]


class Side:
    """`mtproto` gives the server of messages by number, which is started when it is first asked for."""

    def __init__(
        self,
        api: BotApi,
        public: PublicSide,
        networks: Mapping[str, NetworkServer],
        mtproto: Callable[[], Awaitable["MtprotoServer"]],
        tgstat: TgstatSide,
    ) -> None:
        self.api = api
        self.public = public
        self.networks = networks
        self.mtproto = mtproto
        self.tgstat = tgstat

    def get(self, path: str, act: Act) -> web.AbstractRouteDef:
        return web.get(f"/sandbox/{path}", self._handler(act))

    def post(self, path: str, act: Act) -> web.AbstractRouteDef:
        return web.post(f"/sandbox/{path}", self._handler(act))

    def delete(self, path: str, act: Act) -> web.AbstractRouteDef:
        return web.delete(f"/sandbox/{path}", self._handler(act))

    def _handler(self, act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(http: web.Request) -> web.StreamResponse:
            try:
                answer = await act(Request(self, http, await read_params(http)))
            except ApiError as error:
                return web.Response(status=error.code, text=error.description)
            except (KeyError, TypeError, ValueError) as error:
                refused = bad_request(f"{type(error).__name__}: {error}")
                return web.Response(status=refused.code, text=refused.description)
            if isinstance(answer, web.StreamResponse):
                return answer
            return web.Response(text=to_json(answer), content_type="application/json")

        return handle


def shown(stored: StoredMessage) -> Json:
    """Returns a message as a person sees it: with its reply keyboard."""
    raw = stored.raw
    if stored.keyboard is not None:
        raw = {**raw, "reply_markup": stored.keyboard}
    return {"message": raw, "revision": stored.revision}
