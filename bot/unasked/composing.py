"""What a delivery turns into when its turn comes: each kind has a composer, which says it as things stand then."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup

from bot.locales import Html
from bot.services import Services
from storage.deliveries import Delivery
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """One message. With a picture, `text` is its caption; a document follows as a reply to it."""

    text: Html | str
    picture: bytes | str | None = None  # bytes, or Telegram's id of one it has
    picture_key: str | None = None  # under which Telegram's id is remembered
    document: tuple[str, bytes] | None = None  # name, content
    markup: InlineKeyboardMarkup | None = None


# None: there is nothing left to say, and nothing is sent.
Composer = Callable[[Services, Workspace, Delivery], Awaitable[Composed | None]]
COMPOSERS: dict[str, Composer] = {}
