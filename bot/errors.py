"""The one table from an error to what the person is told. Whatever is not in it is logged under an id they get."""

import secrets

import structlog
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import ErrorEvent, Update

from bot.languages import first_language
from bot.locales import Html, Translator, translator
from bot.workers import WorkerMemoryError, WorkerTimeoutError
from metrics.errors import DomainError
from storage.engine import UnavailableError

ALERT_LIMIT = 200  # of answerCallbackQuery, in UTF-16 units
_ID_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for another when read out
_SENTENCES: dict[type[Exception], str] = {
    WorkerTimeoutError: "error.worker.timeout",
    WorkerMemoryError: "error.worker.memory",
    UnavailableError: "error.database",
}
# Nothing went wrong for the person: the message shows already what it should, or is gone already.
_HARMLESS = ("message is not modified", "message to delete not found")
log = structlog.stdlib.get_logger(__name__)


async def tell(event: ErrorEvent, t: Translator | None = None) -> None:
    error = event.exception
    if isinstance(error, TelegramForbiddenError):
        log.info("nobody to answer", update=event.update.update_id, reason=str(error))
        return
    if isinstance(error, TelegramBadRequest) and any(known in error.message for known in _HARMLESS):
        if event.update.callback_query:
            await event.update.callback_query.answer()
        return
    await _answer(event.update, sentence(error, t or their_language(event.update), event.update.update_id))


def sentence(error: Exception, t: Translator, update_id: int | None = None) -> Html:
    """What a person is told about `error`; logs the ones that are no person's fault."""
    code = f"error.{error.code}" if isinstance(error, DomainError) else _SENTENCES.get(type(error))
    if code is None or not t.has(code):
        error_id = new_error_id()
        log.error("unexpected error", error_id=error_id, update=update_id, exc_info=error)
        return t("error.unexpected", error_id=error_id)
    if not isinstance(error, DomainError):
        log.warning("failed", reason=code, update=update_id, exc_info=error)
        return t(code)
    return t(code, **error.params)


def new_error_id() -> str:
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(4))


async def _answer(update: Update, text: Html) -> None:
    query = update.callback_query
    if query is None:
        if update.message:
            await update.message.answer(text)
        return
    if "<" not in text and "&" not in text and len(text.encode("utf-16-le")) // 2 <= ALERT_LIMIT:
        await query.answer(text, show_alert=True)
        return
    await query.answer()
    if query.message:
        await query.message.answer(text)


def their_language(update: Update) -> Translator:
    who = update.message or update.callback_query
    return translator(first_language(who.from_user.language_code if who and who.from_user else None, "ru"))
