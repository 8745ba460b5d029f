"""Who may do what in a chat: in private everything is one's own, in a group Telegram's admins decide."""

from enum import Enum

from aiogram import Bot
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import Chat, ChatMemberRestricted

from bot.telegram import said
from metrics.errors import DomainError
from storage.controls import as_name

ADMINS = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)
TEAMS = (ChatType.GROUP, ChatType.SUPERGROUP)
NAMED, NAME_CHARS = 3, 24  # admins that are told of: the answer to a press has 200 characters
_OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


class MemberStatus(Enum):
    """What Telegram says of a person in a chat, in so far as rights depend on it."""

    ADMIN = "admin"
    INSIDE = "inside"
    OUTSIDE = "outside"
    CLOSED = "closed"  # the bot was put out, is no admin any more, or the chat is gone
    UNKNOWN = "unknown"  # Telegram was away or in trouble: nothing follows from that


async def look_up(bot: Bot, chat_id: int, person: int) -> MemberStatus:
    """Asks Telegram who the person is in the chat now."""
    try:
        member = await bot.get_chat_member(chat_id, person)
    except TelegramForbiddenError:
        return MemberStatus.CLOSED
    except TelegramMigrateToChat:  # the group's new id is on its way
        return MemberStatus.UNKNOWN
    except TelegramBadRequest as error:
        return MemberStatus.CLOSED if said.says(error, *said.CLOSED_CHATS) else MemberStatus.OUTSIDE
    except (TelegramAPIError, ClientDecodeError):
        return MemberStatus.UNKNOWN
    if member.status in ADMINS:
        return MemberStatus.ADMIN
    is_outside = member.status in _OUTSIDE or (
        isinstance(member, ChatMemberRestricted) and not member.is_member
    )
    return MemberStatus.OUTSIDE if is_outside else MemberStatus.INSIDE


class ChatAdmin:
    """Whether the person of this update is an admin of its chat; asked of Telegram when first wanted, then known."""

    def __init__(self, bot: Bot, chat: Chat, person: int, sender_chat: Chat | None = None) -> None:
        self._bot = bot
        self._chat = chat
        self._person = person
        self._writes_as_channel = sender_chat is not None and sender_chat.id != chat.id
        self._known: bool | None = None
        if self._writes_as_channel:  # Telegram does not say who it is
            self._known = False
        elif chat.type not in TEAMS or sender_chat is not None:  # only its admins write as the group
            self._known = True

    async def __call__(self) -> bool:
        if self._known is None:
            try:
                member = await self._bot.get_chat_member(self._chat.id, self._person)
            except TelegramBadRequest:  # nobody of the chat, as far as Telegram tells
                self._known = False
            else:
                self._known = member.status in ADMINS
        return self._known

    async def require(self) -> None:
        """Raises DomainError for who is no admin.

        ("access.admins_only"), ("access.admins_named"), ("access.writes_as_channel").
        """
        if await self():
            return
        if self._writes_as_channel:
            raise DomainError("access.writes_as_channel")
        if names := await self._admins():
            raise DomainError("access.admins_named", names=", ".join(names))
        raise DomainError("access.admins_only")

    async def _admins(self) -> list[str]:
        """Returns a few names of whom to ask instead; empty where Telegram tells none."""
        try:
            members = await self._bot.get_chat_administrators(self._chat.id)
        except (TelegramAPIError, ClientDecodeError):
            return []
        people = [
            one.user for one in members if not one.user.is_bot and not getattr(one, "is_anonymous", False)
        ]
        return [as_name(one.full_name)[:NAME_CHARS] for one in people[:NAMED]]
