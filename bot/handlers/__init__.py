"""One file a conversation: resolve who asks, call one report, answer."""

from copy import copy
from importlib import import_module

from aiogram import Router

# In the order they are asked; `last` answers what nobody else understood.
CONVERSATIONS = (
    "exact",  # before what takes forwarded posts and links for a wish to check a channel
    "files",  # before the commands: a file that has one under it is read first
    "cancel",
    "start",
    "help",
    "privacy",
    "language",
    "membership",
    "channels",
    "following",
    "engagement",
    "top",
    "compare",
    "placement",
    "placement_figures",
    "placement_posts",
    "placements",
    "check",
    "export",
    "subscribers",
    "money",
    "zones",
    "digest",
    "alerts",
    "last",
)


def conversations() -> list[Router]:
    """A router belongs to one dispatcher; copies share the handlers, so that a process may hold several."""
    return [copy(import_module(f"{__name__}.{name}").router) for name in CONVERSATIONS]
