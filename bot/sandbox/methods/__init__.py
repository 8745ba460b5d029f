"""Bot API methods by family, all in one registry."""

from bot.sandbox.methods import (
    about_bot,
    albums,
    answering,
    chats,
    copying,
    deleting,
    editing,
    sending,
    updating,
)
from bot.sandbox.methods.registry import METHODS

__all__ = [
    "METHODS",
    "about_bot",
    "albums",
    "answering",
    "chats",
    "copying",
    "deleting",
    "editing",
    "sending",
    "updating",
]
