"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo, close, logOut."""

import re
from urllib.parse import urlsplit

from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.webhook import WebhookSettings
from bot.sandbox.world import World

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    world.updates.allow(params.items("allowed_updates"))
    return await world.updates.poll(
        params.integer("offset"), params.integer("limit", 100), params.integer("timeout")
    )


@method("setWebhook")
async def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if not url:
        return await _forget_webhook(world, params)
    # A sandbox posts nowhere but to this machine, so that plain HTTP is enough.
    if urlsplit(url).hostname not in LOOPBACK or urlsplit(url).scheme not in ("http", "https"):
        raise bad_request("bad webhook: the sandbox only delivers to loopback")
    secret = params.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    world.updates.allow(params.items("allowed_updates"))
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    await world.webhook.start(WebhookSettings(url, secret, connections))
    return True


@method("deleteWebhook")
async def delete_webhook(world: World, params: Params) -> bool:
    return await _forget_webhook(world, params)


async def _forget_webhook(world: World, params: Params) -> bool:
    await world.webhook.stop()
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:  # noqa: ARG001 the registry's signature
    info: Json = {
        "url": world.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.count(),
        **world.webhook.info(),
    }
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


@method("close")
def close(world: World, params: Params) -> bool:  # noqa: ARG001 the registry's signature
    return True


@method("logOut")
def log_out(world: World, params: Params) -> bool:  # noqa: ARG001 the registry's signature
    return True
