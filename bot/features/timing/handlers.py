"""/when: the audience by hour, and what the time of posting changes."""

from aiogram import Router

from bot.answers.gather import gather
from bot.answers.looks import Look
from bot.core.parsing.arguments import USUAL
from bot.core.workers import Workers
from bot.features.timing.request import build

# A month has too few posts to tell hours apart.
LOOK = Look("when", USUAL["when"], gather, build)


def setup(workers: Workers) -> Router:
    return LOOK.routes(workers)
