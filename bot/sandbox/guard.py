"""Only this machine's own programs and the sandbox's own page get in."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def check_loopback(host: str) -> None:
    """Raises ValueError: a sandbox has no passwords, so nobody else may reach it."""
    if host not in LOOPBACK:
        raise ValueError(f"the sandbox listens on loopback only, not on {host!r}")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign Host names (DNS rebinding) and other sites' pages (Origin)."""
    host = request.headers.get("Host", "")
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return web.Response(status=403, text="the sandbox answers on loopback names only")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return web.Response(status=403, text="the sandbox answers its own page only")
    response = await handler(request)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
    return response
