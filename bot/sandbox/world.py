"""The world of one sandbox: its bot, people, chats, files and time. Everything else acts on it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.clock import SandboxClock
from bot.sandbox.files import Files
from bot.sandbox.limits import CHAT_NOT_FOUND, bad_request
from bot.sandbox.membership import Json
from bot.sandbox.pulse import Pulse
from bot.sandbox.recorder import Recorder
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

FIRST_PERSON = 100_001
FIRST_GROUP = -200_001
FIRST_CHANNEL = -1_001_000_000_001


@dataclass(slots=True)
class Query:
    """A pressed button waiting for answerCallbackQuery."""

    id: str
    pressed_at: int
    answer: Json | None = None


@dataclass(slots=True)
class InlineQuery:
    """What somebody typed behind the bot's name, waiting for answerInlineQuery: its results and button."""

    id: str
    asked_at: int
    answer: Json | None = None


@dataclass(slots=True)
class BotProfile:
    """What the bot set about itself, by scope and language."""

    user: User
    reads_all_in_groups: bool = False
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "default"})
    default_rights: dict[bool, Json] = field(default_factory=dict)


class World:
    """One bot and everybody around it. Ids come from counters, so the same acts give the same ids."""

    def __init__(self, token: str, *, now: datetime | None = None, record: Path | None = None) -> None:
        self.token = token
        self.clock = SandboxClock(now)
        self.recorder = Recorder(record, token)
        self.updates = UpdateQueue(self.clock, self.recorder)
        self.webhook = Webhook(self.updates, self.clock)
        self.files = Files()
        self.changed = Pulse()
        self.revision = 0
        bot = User(int(token.split(":", maxsplit=1)[0]), "Otklik", is_bot=True, username="otklik_sandbox_bot")
        self.bot = BotProfile(bot)
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self._next = {"person": FIRST_PERSON, "group": FIRST_GROUP, "channel": FIRST_CHANNEL, "other": 1}

    async def close(self) -> None:
        await self.webhook.stop()
        self.files.close()
        self.recorder.close()

    def next_number(self, kind: str = "other") -> int:
        """Returns the next number: of people they go up, of chats down, as Telegram's signs have it."""
        number = self._next[kind]
        self._next[kind] += 1 if number > 0 else -1
        return number

    def touch(self, chat: Chat) -> int:
        """Notes a change of `chat` and returns the new revision; every long poll looks again."""
        self.revision += 1
        chat.changed_at = self.revision
        self.changed.beat()
        return self.revision

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise bad_request(CHAT_NOT_FOUND)
        return self.chats[chat_id]

    def user(self, user_id: int) -> User:
        if user_id not in self.users:
            raise bad_request("user not found")
        return self.users[user_id]

    def named(self, username: str) -> Chat | None:
        """Returns the public chat called `username` (any case, without @); None without one."""
        wanted = username.lower()
        for chat in self.chats.values():
            if chat.username and chat.username.lower() == wanted and not chat.is_private:
                return chat
        return None

    def store(self, chat: Chat, author: User, raw: Json, keyboard: Json | None = None) -> StoredMessage:
        """Puts a message into the chat.

        `raw` comes without message_id, date, chat and sender, which are given here.
        """
        message_id = chat.next_id()
        place = chat.body()
        sender = {"sender_chat": place} if chat.type == "channel" else {"from": author.body()}
        head: Json = {"message_id": message_id, **sender, "date": self.clock.unix(), "chat": place}
        stored = StoredMessage({**head, **raw}, self.touch(chat), author.id, keyboard)
        chat.messages[message_id] = stored
        return stored

    def replace(self, chat: Chat, stored: StoredMessage, raw: Json) -> StoredMessage:
        """Replaces a message by `raw`; whoever holds the old one keeps it as it was."""
        stored.raw = raw
        stored.revision = self.touch(chat)
        return stored

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        chat.deleted.append((self.touch(chat), message_id))
