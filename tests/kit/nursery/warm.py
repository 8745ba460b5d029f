"""Loads what workers load: in the process that theirs are forked from, as if one were warmed up there."""

from bot.core.warm import load

load()
