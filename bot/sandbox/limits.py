"""Telegram's limits, and its refusals word for word."""

from typing import Any

TEXT_UTF16 = 4096
CAPTION_UTF16 = 1024
CALLBACK_DATA_BYTES = 64
CALLBACK_TEXT_UTF16 = 200
CALLBACK_LIFE_S = 150
UPDATE_LIFE_S = 86_400
DOWNLOAD_BYTES = 20 << 20
UPLOAD_BYTES = 50 << 20
PHOTO_BYTES = 10 << 20
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
DELETE_WITHIN_S = 48 * 3600
BUTTONS = 100
COMMANDS = 100


class ApiError(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def too_many(retry_after_s: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s)


def upgraded(new_id: int) -> ApiError:
    return ApiError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_id
    )


CHAT_NOT_FOUND = "chat not found"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLLER_WITH_WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def utf16_length(text: str) -> int:
    """Returns the length in UTF-16 units, as Telegram counts: a character outside the basic plane is two."""
    return len(text) + sum(character > "\uffff" for character in text)
