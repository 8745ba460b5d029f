"""/start: what the bot does, and the next step."""

from typing import Literal

from aiogram import F, Router
from aiogram.filters import CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.asking import ask_what_to_check, offer_chooser
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.locales import Translator
from bot.settings import Settings
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


class NextStep(CallbackData, prefix="next"):
    step: Literal["add", "file", "check", "example"]


@router.message(CommandStart(deep_link=True, magic=F.args == "add"))
async def start_by_adding(
    message: Message, database: Database, clock: Clock, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    await _explain_adding(message, database, clock, workspace, caller_id, t)


@router.message(CommandStart())
async def start(message: Message, workspace: Workspace, t: Translator) -> None:
    if workspace.kind == "private":
        await message.answer(t("start.hello"), reply_markup=_next_steps(t))
    else:
        await message.answer(t("start.hello_group"))


@router.callback_query(NextStep.filter())
async def take_next_step(
    query: CallbackQuery,
    callback_data: NextStep,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    settings: Settings,
) -> None:
    message = pressed_message(query)
    await close_press(query)
    if callback_data.step == "add":
        await _explain_adding(message, database, clock, workspace, caller_id, t)
    elif callback_data.step == "check":
        name = query.from_user.full_name
        await ask_what_to_check(message, database, clock, workspace, caller_id, t, name=name)
    elif callback_data.step == "file":
        await message.answer(t("start.how_to_send_file", limit_mb=settings.telegram.max_upload_mb))
    else:
        await message.answer(t("start.example"))


async def _explain_adding(
    message: Message, database: Database, clock: Clock, workspace: Workspace, person: int, t: Translator
) -> None:
    """Telegram shows its chooser of channels in private chats only."""
    if workspace.kind == "private":
        await offer_chooser(message, database, clock, workspace, person, t)
    else:
        await message.answer(t("start.how_to_add"))


def _next_steps(t: Translator) -> InlineKeyboardMarkup:
    steps: tuple[Literal["add", "file", "check", "example"], ...] = ("add", "file", "check", "example")
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=t.plain(f"start.{step}_button"), callback_data=NextStep(step=step).pack()
                )
            ]
            for step in steps
        ]
    )
