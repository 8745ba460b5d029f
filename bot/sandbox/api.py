"""/bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import inspect
import json
import logging
import re
from collections import Counter, deque
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.hooks import Call, DropConnection, Hooks
from bot.sandbox.limits import ApiError
from bot.sandbox.membership import Json
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params, read_multipart, read_params
from bot.sandbox.pulse import Pulse
from bot.sandbox.rates import Rates
from bot.sandbox.world import World

log = logging.getLogger(__name__)

NOT_FOUND = ApiError(404, "Not Found")
UNAUTHORIZED = ApiError(401, "Unauthorized")
KEPT = 20_000


def to_json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


class BotApi:
    """Carries calls out: hooks, faults and rates first, then the method."""

    def __init__(self, world: World, *, enforce_limits: bool) -> None:
        self.world = world
        self.hooks = Hooks()
        self.faults = Faults()
        self.rates = Rates(enforce=enforce_limits)
        self.calls = CallLog()
        world.webhook.reply = self._replied

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._called),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._downloaded),
        ]

    async def _called(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            name, handler = METHODS.get(request.match_info["method"].lower(), ("", None))
            if handler is None:
                raise NOT_FOUND
            params = await read_params(request)
        except ApiError as error:
            return _answer(error.code, error.body())
        try:
            status, body = await self.call(name, params)
        except DropConnection:
            return _cut(request)
        return _answer(status, body)

    async def call(self, name: str, params: Params) -> tuple[int, Json]:
        """Returns HTTP status and body of a call. Raises DropConnection when it is not to be answered."""
        self.world.recorder.request(name, params.values)
        status = 200
        body: Json = {}
        try:
            await self.hooks.run_before(Call(name, params.values))
            status, body = await self._with_faults(name, params)
            await self.hooks.run_after(Call(name, params.values, body))
        finally:
            self.calls.add(name, params.values, status, body, self.world.clock.now().isoformat())
            self.world.recorder.response(name, body)
        return status, body

    async def _with_faults(self, name: str, params: Params) -> tuple[int, Json]:
        fault = self.faults.next(name, params.values)
        if fault is None:
            return await self._carry_out(name, params)
        return await self._faulty(fault, name, params)

    async def _faulty(self, fault: Fault, name: str, params: Params) -> tuple[int, Json]:
        if fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        done: tuple[int, Json] | None = None
        if fault.done or fault.is_only_slow:
            done = await self._carry_out(name, params)
        if fault.drop:
            raise DropConnection
        if done is not None and fault.is_only_slow:
            return done
        error = fault.error()
        return error.code, error.body()

    async def _carry_out(self, name: str, params: Params) -> tuple[int, Json]:
        try:
            self.rates.check(name, params.values)
            result = METHODS[name.lower()][1](self.world, params)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            return error.code, error.body()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # A parameter of a shape nobody checks for; Telegram calls that a bad request too.
            log.warning("%s could not be carried out", name, exc_info=error)
            return 400, ApiError(400, f"Bad Request: can't parse parameters of {name}: {error}").body()
        return 200, {"ok": True, "result": result}

    async def _downloaded(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
        except ApiError as error:
            return _answer(error.code, error.body())
        file = self.world.files.at_path(request.match_info["path"])
        if file is None:
            return _answer(404, NOT_FOUND.body())
        return web.Response(body=self.world.files.read(file), content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if token == self.world.token:
            return
        raise UNAUTHORIZED if re.fullmatch(r"\d+:[\w-]+", token) else NOT_FOUND

    async def _replied(self, response: aiohttp.ClientResponse) -> None:
        """Makes the call that a webhook's answer may itself be."""
        params = await _params_of_reply(response)
        name = str(params.values.pop("method", ""))
        if known := METHODS.get(name.lower()):
            try:
                await self.call(known[0], params)
            except DropConnection:
                log.info("the call in a webhook's answer was cut by a hook or a fault")


async def _params_of_reply(response: aiohttp.ClientResponse) -> Params:
    values: Json = {}
    files: dict[str, Any] = {}
    if response.content_type.startswith("multipart/"):
        values = await read_multipart(aiohttp.MultipartReader.from_response(response), files)
    else:
        text = await response.text()
        body = json.loads(text) if text.startswith("{") else {}
        values = body if isinstance(body, dict) else {}
    return Params(values, files)


def _answer(status: int, body: Json) -> web.Response:
    headers = {}
    if status == 429 and "parameters" in body:
        headers["Retry-After"] = str(body["parameters"]["retry_after"])
    return web.Response(status=status, text=to_json(body), content_type="application/json", headers=headers)


def _cut(request: web.Request) -> web.Response:
    """Breaks the connection; the response that is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


class CallLog:
    """The last calls, getUpdates left out."""

    def __init__(self) -> None:
        self._calls: deque[Json] = deque(maxlen=KEPT)
        self._counts: Counter[str | None] = Counter()
        self.changed = Pulse()

    def add(self, method: str, params: Json, status: int, body: Json, at: str) -> None:
        if method == "getUpdates":
            return
        self._counts[method] += 1
        self._counts[None] += 1
        call: dict[str, Any] = {
            "n": self._counts[None],
            "method": method,
            "params": params,
            "status": status,
            "error": body.get("description"),
            "at": at,
        }
        self._calls.append(call)
        self.changed.beat()

    def of(self, method: str | None) -> list[Json]:
        return [call for call in self._calls if method is None or call["method"] == method]

    async def wait(self, method: str | None, count: int, timeout_s: float) -> list[Json]:
        await self.changed.until(lambda: self._counts[method] >= count, timeout_s)
        return self.of(method)
