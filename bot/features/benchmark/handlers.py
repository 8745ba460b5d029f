"""/benchmark: a channel beside others of its size."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.answers.looks import Look
from bot.core.parsing.periods import PeriodChoice
from bot.core.workers import Workers
from bot.features.benchmark.gather import gather
from bot.features.benchmark.request import build
from bot.telegram.callbacks import LookButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


LOOK = Look("benchmark", PeriodChoice(days=30), gather, build)  # what published figures mostly cover


@router.message(Command(LOOK.what))
async def show_benchmark(
    _message: Message, chat: Conversation, command: CommandObject, workers: Workers
) -> None:
    await LOOK.answer(chat, command.args, workers)


@router.callback_query(LookButton.filter(F.what == LOOK.what), visible_channel)
async def look_at_benchmark(
    _query: CallbackQuery, chat: Conversation, callback_data: LookButton, channel: Channel, workers: Workers
) -> None:
    await LOOK.press(chat, callback_data, channel, workers)
