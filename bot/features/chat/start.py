"""/start: what the bot does, and the next step."""

from typing import Literal

from aiogram import F, Router
from aiogram.filters import CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.core.locales import Translator
from bot.core.settings import Settings
from bot.telegram.asking import ask_what_to_check, offer_chooser
from bot.telegram.conversation import Conversation
from bot.telegram.routing import with_parts

router = Router(name=__name__)
Step = Literal["add", "file", "check", "example"]


def setup(settings: Settings) -> Router:
    return with_parts(router, settings=settings)


class NextStep(CallbackData, prefix="next"):
    step: Step


@router.message(CommandStart(deep_link=True, magic=F.args == "add"))
async def start_by_adding(_message: Message, chat: Conversation) -> None:
    await _explain_adding(chat)


@router.message(CommandStart())
async def start(_message: Message, chat: Conversation) -> None:
    if chat.is_group:
        await chat.reply(chat.t("start.hello_group"))
    else:
        await chat.reply(chat.t("start.hello"), _next_steps(chat.t))


@router.callback_query(NextStep.filter())
async def take_next_step(
    _query: CallbackQuery, chat: Conversation, callback_data: NextStep, settings: Settings
) -> None:
    message, t = chat.message, chat.t
    await chat.close_press()
    if callback_data.step == "add":
        await _explain_adding(chat)
    elif callback_data.step == "check":
        await ask_what_to_check(chat.asker)
    elif callback_data.step == "file":
        await message.answer(t("start.how_to_send_file", limit_mb=settings.telegram.max_upload_mb))
    else:
        await message.answer(t("start.example"))


async def _explain_adding(chat: Conversation) -> None:
    """Explains how to add a channel; Telegram shows its chooser of channels in private chats only."""
    if chat.is_group:
        await chat.message.answer(chat.t("start.how_to_add"))
    else:
        await offer_chooser(chat.asker)


def next_step(step: Step, t: Translator) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=t.plain(f"start.{step}_button"), callback_data=NextStep(step=step).pack()
    )


def _next_steps(t: Translator) -> InlineKeyboardMarkup:
    steps: tuple[Step, ...] = ("add", "file", "check", "example")
    return InlineKeyboardMarkup(inline_keyboard=[[next_step(step, t)] for step in steps])
