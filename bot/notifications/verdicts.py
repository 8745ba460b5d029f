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
# Telegram's words, in lower case, after which nothing arrives until somebody changes something there.
_GONE = (
    ("bot was blocked", "blocked"),
    ("user is deactivated", "blocked"),
    ("user_is_blocked", "blocked"),
    ("can't initiate conversation", "blocked"),
    ("bot was kicked", "kicked"),
    ("bot is not a member", "kicked"),
    ("chat not found", "chat_gone"),
    ("group chat was deleted", "chat_gone"),
    ("group is deactivated", "chat_gone"),
    ("group chat was deactivated", "chat_gone"),
    ("peer_id_invalid", "chat_gone"),
    ("not enough rights", "no_rights"),
    ("have no rights", "no_rights"),
    ("need administrator rights", "no_rights"),
    ("chat_write_forbidden", "no_rights"),
    ("chat_restricted", "no_rights"),
)
_THREAD_GONE = ("message thread not found", "topic_deleted", "topic_closed")
_PICTURE_FORGOTTEN = ("file identifier", "file_id")


def judge(error: TelegramAPIError | ClientDecodeError) -> Verdict:
    if isinstance(error, TelegramRetryAfter):
        return Verdict(Fate.WAIT, retry_after_s=int(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return Verdict(Fate.MOVED, new_chat_id=error.migrate_to_chat_id)
    if isinstance(error, _PASSING):
        return Verdict(Fate.LATER)
    return _from_words(error)


def _from_words(error: TelegramAPIError) -> Verdict:
    said = error.message.lower()
    if because := next((because for words, because in _GONE if words in said), None):
        return Verdict(Fate.GONE, because=because)
    if isinstance(error, TelegramForbiddenError):
        return Verdict(Fate.GONE, because="no_rights")
    if isinstance(error, TelegramBadRequest) and any(words in said for words in _THREAD_GONE):
        return Verdict(Fate.THREAD_GONE)
    if isinstance(error, TelegramBadRequest) and any(words in said for words in _PICTURE_FORGOTTEN):
        return Verdict(Fate.PICTURE_FORGOTTEN)
    return Verdict(Fate.REFUSED)
