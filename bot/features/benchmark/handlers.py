"""/benchmark: a channel beside others of its size."""

from aiogram import Router

from bot.answers.looks import Look
from bot.core.parsing.periods import PeriodChoice
from bot.core.workers import Workers
from bot.features.benchmark.gather import gather
from bot.features.benchmark.request import build

# What published figures mostly cover.
LOOK = Look("benchmark", PeriodChoice(days=30), gather, build)


def setup(workers: Workers) -> Router:
    return LOOK.routes(workers)
