"""/er: numbers and a picture, in seconds."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.answers.asked import asked
from bot.collection.welcoming import Welcoming
from bot.core.parsing.periods import DEFAULT, PeriodChoice, from_code
from bot.core.parsing.two_periods import split_two
from bot.core.tasks import Tasks
from bot.features.engagement.service import Engagement
from bot.telegram import keyboards
from bot.telegram.callbacks import BesideButton, EngagementButton, OpenButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(engagement: Engagement, tasks: Tasks, welcoming: Welcoming) -> Router:
    return with_parts(router, engagement=engagement, tasks=tasks, welcoming=welcoming)


@router.message(Command("er"))
async def show_engagement(
    _message: Message,
    chat: Conversation,
    command: CommandObject,
    engagement: Engagement,
    tasks: Tasks,
    welcoming: Welcoming,
) -> None:
    if two := split_two(command.args or "", chat.today):
        name, first, second = two
        await _show_both(chat, engagement, (await asked(chat, name)).channels, (first, second))
        return
    found = await asked(chat, command.args)
    meant, period = found.channels, found.period or DEFAULT
    if len(meant) > 1:
        await chat.reply(keyboards.which(chat.t, meant), keyboards.pick_for_engagement(meant, period))
        return
    tasks.start(_show_drawing(chat), name="chat action")
    try:
        await engagement.answer(chat, meant[0], period)
    except DomainError as error:
        if error.code != "er.no_data":
            raise
        await welcoming.fetch(chat, meant[0])
        await engagement.answer(chat, meant[0], period)


@router.callback_query(BesideButton.filter(), visible_channel)
async def show_both_of_one(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: BesideButton,
    channel: Channel,
    engagement: Engagement,
) -> None:
    await chat.close_press()
    periods = from_code(callback_data.first), from_code(callback_data.second)
    await _show_both(chat, engagement, [channel], periods)


@router.callback_query(EngagementButton.filter(), visible_channel)
async def switch_period(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: EngagementButton,
    channel: Channel,
    engagement: Engagement,
) -> None:
    await engagement.replace(chat, channel, from_code(callback_data.period))


@router.callback_query(OpenButton.filter(), visible_channel)
async def open_engagement(
    _query: CallbackQuery, chat: Conversation, channel: Channel, engagement: Engagement
) -> None:
    """Answers with the figures, under a summary or an alert."""
    await chat.close_press()
    await engagement.answer(chat, channel, DEFAULT)


async def _show_both(
    chat: Conversation,
    engagement: Engagement,
    meant: Sequence[Channel],
    periods: tuple[PeriodChoice, PeriodChoice],
) -> None:
    """Answers with two periods beside each other, or asks whose they are."""
    first, second = (period.code for period in periods)
    if len(meant) > 1:
        rows = keyboards.pick(meant, lambda one: BesideButton(channel=one.id, first=first, second=second))
        await chat.reply(keyboards.which(chat.t, meant), rows)
        return
    await engagement.answer_beside(chat, meant[0], periods)


async def _show_drawing(chat: Conversation) -> None:
    action, thread_id = ChatAction.UPLOAD_PHOTO, chat.thread_id
    await chat.bot.send_chat_action(chat.message.chat.id, action, message_thread_id=thread_id)
