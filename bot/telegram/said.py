"""Telegram's own words in refusals, where its codes tell nothing apart. Parts of them, as it writes them."""

from aiogram.exceptions import TelegramAPIError

NOT_MODIFIED = "message is not modified"
NOTHING_TO_EDIT = "message to edit not found"
NOTHING_TO_DELETE = "message to delete not found"
LATE_PRESS = "query is too old"
TOO_BIG = "too big"  # a file to be fetched
WEBHOOK_IS_SET = "webhook is active"
FORGOTTEN_FILES = ("file identifier", "file_id")  # an id it does not take, as another bot's
# A chat in which the bot may not look at people; else it knows no such person there.
CLOSED_CHATS = (
    "chat not found",
    "member list is inaccessible",
    "chat_admin_required",
    "channel_private",
    "bot is not a member",
)

# After which nothing arrives until somebody changes something there, and why.
GONE = (
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
THREAD_GONE = ("message thread not found", "topic_deleted", "topic_closed")


def says(error: TelegramAPIError, *words: str) -> bool:
    """Tells whether any of the words stand in what Telegram said, in whichever case."""
    message = error.message.lower()
    return any(one in message for one in words)
