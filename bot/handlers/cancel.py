"""«Отмена», /cancel: whatever the bot has asked is asked no longer."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message, ReplyKeyboardRemove

from bot.asking import SHARING
from bot.handlers.questions import Asked
from bot.locales import Translator
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
WORDS = ("отмена", "отменить", "cancel")


@router.message(F.text.casefold().in_(WORDS), Asked())
@router.message(Command("cancel"))
async def cancel(
    message: Message, database: Database, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    async with database.begin() as conn:
        question = await questions.pending(conn, workspace.id, caller_id)
        await questions.settle(conn, workspace.id, caller_id)
    if question is None:
        await message.answer(t("questions.nothing_to_cancel"))
        return
    # Telegram's chooser lies where the keyboard is until it is taken away.
    chooser = ReplyKeyboardRemove() if question.kind == SHARING else None
    await message.answer(t("questions.cancelled"), reply_markup=chooser)
