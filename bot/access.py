"""Who may do what in a chat: in private everything is one's own, in a group Telegram's admins decide."""

from aiogram import Bot
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Chat

from metrics.errors import DomainError

ADMINS = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)
TEAMS = (ChatType.GROUP, ChatType.SUPERGROUP)


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
        """Raise DomainError("access.admins_only"), ("access.writes_as_channel")."""
        if not await self():
            raise DomainError("access.writes_as_channel" if self._writes_as_channel else "access.admins_only")
