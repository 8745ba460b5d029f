"""What an error of the Bot API means for a message that nobody waits for."""

from dataclasses import dataclass
from enum import Enum

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.telegram import said


class Fate(Enum):
    WAIT = "wait"  # as long as Telegram says
    LATER = "later"  # the trouble will pass
    MOVED = "moved"  # the group became a supergroup
    GONE = "gone"  # nothing can be delivered there any more
    THREAD_GONE = "thread_gone"  # the topic was removed or closed
    PICTURE_FORGOTTEN = "picture_forgotten"  # Telegram does not take the id of this picture
    REFUSED = "refused"  # this message will never do


@dataclass(frozen=True, slots=True)
class Verdict:
    fate: Fate
    retry_after_s: int = 0
    new_chat_id: int = 0
    because: str = ""  # of GONE: 'blocked', 'kicked', 'chat_gone', 'no_rights'


_PASSING = (
    TelegramServerError,
    TelegramNetworkError,
    ClientDecodeError,
    TelegramUnauthorizedError,  # a token that was revoked is replaced by its owner
    TelegramNotFound,
    TelegramConflictError,
)


def judge(error: TelegramAPIError | ClientDecodeError) -> Verdict:
    if isinstance(error, TelegramRetryAfter):
        return Verdict(Fate.WAIT, retry_after_s=int(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return Verdict(Fate.MOVED, new_chat_id=error.migrate_to_chat_id)
    if isinstance(error, _PASSING):
        return Verdict(Fate.LATER)
    return _from_words(error)


def _from_words(error: TelegramAPIError) -> Verdict:
    if because := next((because for words, because in said.GONE if said.says(error, words)), None):
        return Verdict(Fate.GONE, because=because)
    if isinstance(error, TelegramForbiddenError):
        return Verdict(Fate.GONE, because="no_rights")
    if isinstance(error, TelegramBadRequest) and said.says(error, *said.THREAD_GONE):
        return Verdict(Fate.THREAD_GONE)
    if isinstance(error, TelegramBadRequest) and said.says(error, *said.FORGOTTEN_FILES):
        return Verdict(Fate.PICTURE_FORGOTTEN)
    return Verdict(Fate.REFUSED)
