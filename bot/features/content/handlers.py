"""/content: what goes with a better result, and what does not."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.answers.gather import gather
from bot.answers.looks import Look
from bot.core.parsing.periods import PeriodChoice
from bot.core.workers import Workers
from bot.features.content.request import build
from bot.telegram.callbacks import LookButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


LOOK = Look(
    "content", PeriodChoice(days=90), gather, build
)  # a month has too few posts to tell formats apart


@router.message(Command(LOOK.what))
async def show_content(
    _message: Message, chat: Conversation, command: CommandObject, workers: Workers
) -> None:
    await LOOK.answer(chat, command.args, workers)


@router.callback_query(LookButton.filter(F.what == LOOK.what), visible_channel)
async def look_at_content(
    _query: CallbackQuery, chat: Conversation, callback_data: LookButton, channel: Channel, workers: Workers
) -> None:
    await LOOK.press(chat, callback_data, channel, workers)
