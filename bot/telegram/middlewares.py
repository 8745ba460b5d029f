"""What every handler is given: the workspace it acts in, its language, and who asks."""

from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.middlewares.user_context import EventContext
from aiogram.enums import ChatType
from aiogram.types import Chat, InlineQuery, Message, TelegramObject, Update, User

from bot.core.clock import Clock
from bot.core.languages import first_language, first_zone
from bot.core.locales import Translator, translator
from bot.core.settings import Settings
from bot.telegram.access import TEAMS, ChatAdmin
from bot.telegram.commands import begins_with_command
from bot.telegram.conversation import Conversation
from bot.telegram.filters import is_for_bot
from bot.telegram.late_answers import begin_press
from bot.telegram.presses import close_press
from bot.telegram.routing import Handler
from bot.telegram.throttle import Throttle, Verdict
from storage.controls import as_name
from storage.engine import Database
from storage.workspace import workspaces
from storage.workspace.workspaces import Workspace


class Presses(BaseMiddleware):
    """Adds `press`; a press that its handler has not closed is closed once the handler came to its end."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update) or event.callback_query is None:
            return await handler(event, data)
        press = data["press"] = begin_press(event.callback_query.id)
        result = await handler(event, data)
        if not press.is_closed:
            await close_press(event.callback_query)
        return result


class WhoAsks(BaseMiddleware):
    """Adds `chat`, the conversation, and `t`, its language; without a person in a chat (channel posts) adds neither.

    What nobody asked, such as the copy of a post in its channel's group, goes no further.
    """

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        context: EventContext = data["event_context"]
        if isinstance(event, Update) and event.message and await self._follow_migration(event.message):
            return None
        if isinstance(event, Update) and event.message and await self._is_nobodys(event.message):
            return None
        if isinstance(event, Update) and event.inline_query:
            return await handler(event, {**data, **await self._of_inline(event.inline_query, data["bot"])})
        if context.user is None or (chat := _workspace_chat(event, context)) is None:
            return await handler(event, data)
        language = first_language(context.user.language_code, self._settings.people.default_language)
        data["t"] = translator(
            language
        )  # until the workspace says better: what fails before that is told as well
        workspace = await self._workspace(chat, language)
        bot, t = data["bot"], translator(workspace.language)
        rights = _admin_check(bot, event, chat, context.user)
        asked = event.event if isinstance(event, Update) else event
        data["t"] = t
        data["chat"] = Conversation(
            bot, self._database, self._clock, workspace, context.user.id, t, rights, asked
        )
        return await handler(event, data)

    async def _of_inline(self, query: InlineQuery, bot: Bot) -> dict[str, Any]:
        """Returns the private chat of who types in some other chat; nothing for who is unknown to the bot.

        For somebody the bot does not know nothing is made either.
        """
        async with self._database.read() as conn:
            workspace = await workspaces.find(conn, query.from_user.id)
        if workspace is None:
            return {}
        person = query.from_user.id
        rights = ChatAdmin(bot, Chat(id=person, type=ChatType.PRIVATE), person, None)
        t = translator(workspace.language)
        return {
            "t": t,
            "chat": Conversation(bot, self._database, self._clock, workspace, person, t, rights, query),
        }

    async def _is_nobodys(self, message: Message) -> bool:
        """Tells whether no person is behind a message.

        A post that Telegram copied into its channel's group asks nothing, whatever it holds, and of a message
        without a sender nobody knows whose it is.
        """
        if message.is_automatic_forward:
            return True
        if message.via_bot and message.bot and message.via_bot.id == message.bot.id:  # a card that was shared
            return True
        if message.from_user is not None:
            return False
        if begins_with_command(message.text or ""):
            t = translator(self._settings.people.default_language)
            await message.answer(t("error.access.writes_as_channel"))
        return True

    async def _workspace(self, chat: Chat, language: str) -> Workspace:
        async with self._database.read() as conn:
            known = await workspaces.find(conn, chat.id)
        title = as_name(chat.title) if chat.title else None
        if known is not None and known.title == (title or known.title):
            return known
        people = self._settings.people
        async with self._database.begin() as conn:
            return await workspaces.ensure(
                conn,
                chat_id=chat.id,
                kind="group" if chat.type in TEAMS else "private",
                title=title,
                language=language,
                zone=first_zone(language, people.default_language, people.default_zone),
                now=int(self._clock.now().timestamp()),
            )

    async def _follow_migration(self, message: Message) -> bool:
        """Tells whether a group says that it became a supergroup, and moves it.

        It says so in both chats, and the first one read counts.
        """
        old, new = message.chat.id, message.migrate_to_chat_id
        if message.migrate_from_chat_id:
            old, new = message.migrate_from_chat_id, message.chat.id
        if new is None:
            return False
        async with self._database.begin() as conn:
            moved = await workspaces.find(conn, old)
            if moved is not None:
                await workspaces.move(conn, moved.id, new)
        return True


class TooFast(BaseMiddleware):
    """Answers a person in too much of a hurry with one sentence, then not at all until they slow down."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update) or "chat" not in data:
            return await handler(event, data)
        if not asks_something(event) and not (
            event.message and await is_for_bot(event.message, data["chat"])
        ):
            return await handler(event, data)
        writes_as = event.message.sender_chat if event.message else None
        verdict = await self._throttle.admit(writes_as.id if writes_as else data["chat"].person)
        if verdict is Verdict.WELCOME:
            return await handler(event, data)
        await _slow_down(event, data["t"], tell=verdict is Verdict.WARN)
        return None


def asks_something(event: Update) -> bool:
    """Tells whether the bot is asked: in a group people mostly talk to each other, as fast as they like."""
    if event.callback_query:
        return True
    message = event.message
    if message is None or message.chat.type == ChatType.PRIVATE:
        return message is not None
    return message.document is not None or (message.text or "").startswith("/")


async def _slow_down(event: Update, t: Translator, *, tell: bool) -> None:
    if event.callback_query:
        if tell:
            await event.callback_query.answer(t.plain("error.too_fast"), show_alert=True)
    elif event.message and tell:
        await event.message.answer(t("error.too_fast"))


def _workspace_chat(event: TelegramObject, context: EventContext) -> Chat | None:
    """Returns the chat itself; for the bot's own rights in a channel, its person's private chat; or None."""
    chat = context.chat
    if chat is None or context.user is None or chat.type != ChatType.CHANNEL:
        return chat
    if isinstance(event, Update) and event.my_chat_member:
        return Chat(id=context.user.id, type=ChatType.PRIVATE)
    return None


def _admin_check(bot: Bot, event: TelegramObject, chat: Chat, person: User) -> ChatAdmin:
    message = event.message if isinstance(event, Update) else None
    return ChatAdmin(bot, chat, person.id, message.sender_chat if message else None)
