"""/er: numbers and a picture, in seconds."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.enums import ChatAction
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot import keyboards
from bot.callbacks import EngagementButton
from bot.choices import choose
from bot.clock import Clock
from bot.engagement import Engagement
from bot.handlers.presses import pressed_message
from bot.locales import Translator
from bot.periods import DEFAULT, from_code, split_request
from bot.tasks import Tasks
from metrics.errors import DomainError
from storage import channels
from storage.channels import Channel
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
) -> None:
    today = clock.now().astimezone(ZoneInfo(workspace.zone)).date()
    words, period = split_request(command.args or "", today)
    async with database.read() as conn:
        meant = _meant(await channels.visible(conn, workspace.id), words, is_whole=period is None)
    if len(meant) > 1:
        await message.answer(
            t("channels.pick"), reply_markup=keyboards.pick_for_engagement(meant, period or DEFAULT)
        )
        return
    tasks.start(show_drawing(bot, message), name="chat action")
    await engagement.answer(message, workspace, meant[0], period or DEFAULT, t)


def _meant(visible: Sequence[Channel], words: str, *, is_whole: bool) -> list[Channel]:
    """Raises what `choose` raises, and DomainError("er.not_understood") for words that are no period either."""
    try:
        return choose(visible, words)
    except DomainError as error:
        if error.code == "channel.unknown" and is_whole:
            raise DomainError("er.not_understood", text=words[:60]) from None
        raise


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
    async with database.read() as conn:
        channel = await channels.get(conn, workspace.id, callback_data.channel)
    if channel is None:
        raise DomainError("channel.gone")
    message = pressed_message(query)
    if message.photo:
        await engagement.replace(message, workspace, channel, period, t)
    else:
        await engagement.answer(message, workspace, channel, period, t)
    await query.answer()


async def show_drawing(bot: Bot, message: Message) -> None:
    thread_id = message.message_thread_id if message.is_topic_message else None
    await bot.send_chat_action(message.chat.id, ChatAction.UPLOAD_PHOTO, message_thread_id=thread_id)
