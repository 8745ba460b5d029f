"""/growth: subscribers, from where they came, and who stayed."""

from aiogram import Router

from bot.answers.looks import Look
from bot.core.parsing.arguments import USUAL
from bot.core.workers import Workers
from bot.features.growth.gather import gather
from bot.features.growth.request import build

# Of a week a channel's growth is a few people.
LOOK = Look("growth", USUAL["growth"], gather, build)


def setup(workers: Workers) -> Router:
    return LOOK.routes(workers)
