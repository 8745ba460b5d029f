"""/content: what goes with a better result, and what does not."""

from aiogram import Router

from bot.answers.gather import gather
from bot.answers.looks import Look
from bot.core.parsing.arguments import USUAL
from bot.core.workers import Workers
from bot.features.content.request import build

# A month has too few posts to tell formats apart.
LOOK = Look("content", USUAL["content"], gather, build)


def setup(workers: Workers) -> Router:
    return LOOK.routes(workers)
