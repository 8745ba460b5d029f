"""What a person sees in a chat: messages, buttons, the answer to a press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.demo.client_wire import Deadline, Json

if TYPE_CHECKING:
    from bot.demo.client_people import Conversation


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button, or a reply-keyboard button (then `data` and `url` are None)."""

    text: str
    row: int
    col: int
    data: str | None
    url: str | None
    raw: Json


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What answerCallbackQuery showed: a toast, or an alert. `text` is None when only the spinner ended."""

    text: str | None
    is_alert: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was when it was read. `revision` grows with every change of it."""

    raw: Json
    revision: int
    conversation: Conversation

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.raw["chat"]["id"])

    @property
    def thread_id(self) -> int | None:
        return self.raw.get("message_thread_id")

    @property
    def text(self) -> str:
        """The text, or the caption of a photo or document, or an empty string."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        return list(self.raw.get("entities") or self.raw.get("caption_entities") or [])

    @property
    def date(self) -> datetime:
        return datetime.fromtimestamp(self.raw["date"], UTC)

    @property
    def is_from_bot(self) -> bool:
        return bool(self.raw.get("from", {}).get("is_bot"))

    @property
    def is_edited(self) -> bool:
        return "edit_date" in self.raw

    @property
    def photo_id(self) -> str | None:
        """file_id of the largest size."""
        sizes = self.raw.get("photo")
        return str(sizes[-1]["file_id"]) if sizes else None

    @property
    def photo_size(self) -> tuple[int, int] | None:
        """Width and height in pixels of the largest size."""
        sizes = self.raw.get("photo")
        return (sizes[-1]["width"], sizes[-1]["height"]) if sizes else None

    @property
    def document_name(self) -> str | None:
        document = self.raw.get("document")
        return document.get("file_name") if document else None

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons, row by row."""
        return _buttons((self.raw.get("reply_markup") or {}).get("inline_keyboard"))

    @property
    def labels(self) -> list[str]:
        return [button.text for button in self.buttons]

    @property
    def keyboard(self) -> list[Button]:
        """The reply keyboard this message brought, row by row."""
        return _buttons((self.raw.get("reply_markup") or {}).get("keyboard"))

    def button(self, text: str) -> Button:
        """Returns the inline button labelled `text`, else the first that contains it. Raises LookupError."""
        return find_button(self.buttons, text)

    async def file_bytes(self) -> bytes:
        """Returns the photo's (largest size) or the document's bytes. Raises LookupError without either."""
        file_id = self.photo_id or (self.raw.get("document") or {}).get("file_id")
        if file_id is None:
            raise LookupError(f"message {self.id} has no file: {self.text!r}")
        return await self.conversation.wire.download(f"/sandbox/files/{file_id}")

    async def press(self, text: str | None = None, *, row: int = 0, col: int = 0) -> Press:
        """Presses the button labelled (or containing) `text`, else the one at `row`, `col`."""
        return await self.conversation.press(self, text, row=row, col=col)

    async def refreshed(self) -> Message:
        """Returns the same message as it is now. Raises LookupError when it was deleted."""
        return await self.conversation.message(self.id)

    async def wait_for_edit(self, *, timeout_s: float = 15.0) -> Message:
        """Returns the message after its next change since this copy was read (at once if it changed)."""
        return await self.conversation.wait_for_change(self, timeout_s=timeout_s)


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed inline button. `message` is the message as it was at the press."""

    query_id: str
    message: Message

    async def answer(self, *, timeout_s: float = 15.0) -> CallbackAnswer:
        """Returns what the bot answered to the press. Raises TimeoutError if it never did."""
        deadline = Deadline(timeout_s)
        wire = self.message.conversation.wire
        while True:
            wait = deadline.poll_s(f"no answerCallbackQuery for {self.query_id}")
            said = await wire.get(f"/sandbox/callbacks/{self.query_id}", wait=wait)
            if said["answered"]:
                return CallbackAnswer(said["text"], said["show_alert"], said["url"])

    async def edited(self, *, timeout_s: float = 15.0) -> Message:
        """Returns the pressed message after its first change since the press."""
        return await self.message.wait_for_edit(timeout_s=timeout_s)


@dataclass(frozen=True, slots=True)
class InlineOffer:
    """What the bot offers to an inline query. `results` as it sent them; `button`: the words above them."""

    query_id: str
    results: list[Json]
    button: str | None


def find_button(buttons: list[Button], text: str) -> Button:
    for button in buttons:
        if button.text == text:
            return button
    for button in buttons:
        if text in button.text:
            return button
    raise LookupError(f"no button {text!r} among {[button.text for button in buttons]}")


def _buttons(rows: list[list[Any]] | None) -> list[Button]:
    return [
        _button(raw if isinstance(raw, dict) else {"text": raw}, row, col)
        for row, line in enumerate(rows or [])
        for col, raw in enumerate(line)
    ]


def _button(raw: Json, row: int, col: int) -> Button:
    return Button(raw["text"], row, col, raw.get("callback_data"), raw.get("url"), raw)
