"""/er: numbers and a picture, in seconds."""

from aiogram import Bot, Router
from aiogram.enums import ChatAction
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.clock import Clock
from bot.engagement import Engagement
from bot.handlers.presses import close_press, pressed_message
from bot.keys import keyboards
from bot.keys.callbacks import EngagementButton, OpenButton
from bot.locales import Translator
from bot.lookups import asked_by
from bot.tasks import Tasks
from bot.typed.asked import asked, visible_channel
from bot.typed.periods import DEFAULT, from_code
from bot.welcoming import Welcoming
from metrics.errors import DomainError
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.message(Command("er"))
async def show_engagement(
    message: Message,
    command: CommandObject,
    bot: Bot,
    database: Database,
    clock: Clock,
    engagement: Engagement,
    tasks: Tasks,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    welcoming: Welcoming,
) -> None:
    found = await asked(database, clock, workspace, command.args)
    meant, period = found.channels, found.period
    if len(meant) > 1:
        rows = keyboards.pick_for_engagement(meant, period or DEFAULT)
        await message.answer(t("channels.pick"), reply_markup=rows)
        return
    tasks.start(show_drawing(bot, message), name="chat action")
    try:
        await engagement.answer(message, workspace, meant[0], period or DEFAULT, t)
    except DomainError as error:
        if error.code != "er.no_data":
            raise
        await welcoming.fetch(asked_by(message, workspace, caller_id, t), meant[0])
        await engagement.answer(message, workspace, meant[0], period or DEFAULT, t)


@router.callback_query(EngagementButton.filter())
async def switch_period(
    query: CallbackQuery,
    callback_data: EngagementButton,
    database: Database,
    engagement: Engagement,
    workspace: Workspace,
    t: Translator,
) -> None:
    period = from_code(callback_data.period)
    channel = await visible_channel(database, workspace, callback_data.channel)
    message = pressed_message(query)
    if message.photo:
        await engagement.replace(message, workspace, channel, period, t)
    else:
        await engagement.answer(message, workspace, channel, period, t)


@router.callback_query(OpenButton.filter())
async def open_engagement(
    query: CallbackQuery,
    callback_data: OpenButton,
    database: Database,
    engagement: Engagement,
    workspace: Workspace,
    t: Translator,
) -> None:
    """Under a summary or an alert."""
    channel = await visible_channel(database, workspace, callback_data.channel)
    message = pressed_message(query)
    await close_press(query)
    await engagement.answer(message, workspace, channel, DEFAULT, t)


async def show_drawing(bot: Bot, message: Message) -> None:
    thread_id = message.message_thread_id if message.is_topic_message else None
    await bot.send_chat_action(message.chat.id, ChatAction.UPLOAD_PHOTO, message_thread_id=thread_id)
