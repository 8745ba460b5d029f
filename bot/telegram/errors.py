"""The one table from an error to what the person is told. Whatever is not in it is logged under an id they get."""

import secrets

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import CallbackQuery, ErrorEvent, InaccessibleMessage, Message, Update

from bot.core.languages import first_language
from bot.core.locales import Html, Translator, translator
from bot.core.workers import WorkerMemoryError, WorkerTimeoutError
from bot.telegram import said
from bot.telegram.late_answers import Press
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
_HARMLESS = (said.NOT_MODIFIED, said.NOTHING_TO_DELETE)
log = structlog.stdlib.get_logger(__name__)


async def tell(event: ErrorEvent, t: Translator | None = None, press: Press | None = None) -> None:
    """Tells whoever asked in one sentence: nothing that failed ends in silence."""
    error, update = event.exception, event.update
    if isinstance(error, TelegramForbiddenError):
        log.info("nobody to answer", update=update.update_id, reason=str(error))
        if update.callback_query:  # who pressed is told beside the press, where nothing can be written
            await _alert(update.callback_query, _theirs(update, t)("error.may_not_write"), press)
    elif isinstance(error, TelegramBadRequest) and said.says(error, *_HARMLESS):
        if update.callback_query and not (press and press.is_closed):
            await update.callback_query.answer()
    else:
        await _answer(update, sentence(error, _theirs(update, t), update.update_id), press)


def sentence(error: Exception, t: Translator, update_id: int | None = None) -> Html:
    """Returns what a person is told about `error`; logs the ones that are no person's fault."""
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


async def _answer(update: Update, text: Html, press: Press | None) -> None:
    query = update.callback_query
    if query is None:
        if update.message:
            await _write_beside(update.message, text)
    elif not await _alert(query, text, press) and query.message:
        await _write_beside(query.message, text)


async def _write_beside(message: Message | InaccessibleMessage, text: Html) -> None:
    """Writes in the place of the message; where its topic is closed or gone, in the chat itself."""
    try:
        await message.answer(text)
    except TelegramBadRequest as error:
        assert message.bot is not None
        log.info("not told in its place", reason=error.message)
        await message.bot.send_message(message.chat.id, text)


async def _alert(query: CallbackQuery, text: Html, press: Press | None) -> bool:
    """Tells whether the person reads it beside the press: it was open, and the text is short and plain."""
    if press and press.is_closed:
        return False
    fits = "<" not in text and "&" not in text and len(text.encode("utf-16-le")) // 2 <= ALERT_LIMIT
    try:
        await query.answer(text if fits else None, show_alert=fits)
    except TelegramAPIError as failure:
        log.info("a press is not answered", reason=failure.message)
        return False
    return fits and not (press and press.is_late)


def _theirs(update: Update, t: Translator | None) -> Translator:
    return t or their_language(update)


def their_language(update: Update) -> Translator:
    who = update.message or update.callback_query
    return translator(first_language(who.from_user.language_code if who and who.from_user else None, "ru"))
