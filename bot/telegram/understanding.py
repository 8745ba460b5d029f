"""People who write no command are understood: handlers are given the command that says what they meant."""

import re
from collections import OrderedDict
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, MessageOriginChannel, TelegramObject, Update

from bot.core.parsing.arguments import line_of, written
from bot.core.parsing.follow_ups import leans_on
from bot.core.parsing.how import asks_how
from bot.core.parsing.intent import Reading, understand
from bot.core.parsing.periods import from_code
from bot.core.parsing.phrases import COMMANDS
from bot.telegram.callbacks import EngagementButton, LookButton, TopButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import is_for_bot, is_reply_to, without_name
from bot.telegram.questions import TAKES_FORWARDS, QuestionKind, is_small_talk, may_answer, says_cancel
from bot.telegram.routing import Handler
from metrics.errors import DomainError
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.workspace import channels, questions
from storage.workspace.channels import Channel
from storage.workspace.questions import Question

# What they carry may as well be the answer to a question.
_LIKE_ANSWERS = frozenset({"subs", "money", "check", "add", "placement"})
# They change nothing, so that a corrected one is simply answered; of the others the first word stands.
_WRITING = frozenset({"subs", "add", "placement", "goal", "note", "start", "cancel", "privacy", "keys"})
ASKED_AGAIN = frozenset(COMMANDS - _WRITING)
MOST_PEOPLE = 10_000
FRESH_S = 1800
_SLASH = re.compile(r"/([^\s@/]+)(?:@(\w+))?")
_ATTACHED = ("document", "audio", "voice", "video_note", "sticker", "contact", "location")
_LEFT_OUT = {
    "entities": None,
    "caption": None,
    "caption_entities": None,
    "forward_origin": None,
    "photo": None,
    "video": None,
}


class CorrectedCommands(BaseMiddleware):
    """A command that was sent with a slip and corrected is answered like one that was just sent."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, Update) and (edited := event.edited_message) and _is_asked_again(edited):
            event = event.model_copy(update={"message": edited, "edited_message": None})
        return await handler(event, data)


def _is_asked_again(edited: Message) -> bool:
    found = _SLASH.match(edited.text or "")
    return found is not None and found[1] in ASKED_AGAIN


class Recent:
    """The command that somebody's last question was, for as long as the next one may lean on it.

    It lives in this process alone: after a restart, or where another process answers the chat, a question that leans on
    nothing is read by itself.
    """

    def __init__(self) -> None:
        self._lines: OrderedDict[tuple[int, int], tuple[str, int]] = OrderedDict()

    def keep(self, chat: int, person: int, line: str, now: int) -> None:
        self._lines[chat, person] = (line, now)
        self._lines.move_to_end((chat, person))
        if len(self._lines) > MOST_PEOPLE:
            self._lines.popitem(last=False)

    def get(self, chat: int, person: int, now: int) -> str | None:
        """Returns the last line; None where there is none, or an old one."""
        line, at = self._lines.get((chat, person), ("", 0))
        return line if line and now - at <= FRESH_S else None


class Understanding(BaseMiddleware):
    """Hands on a copy of the message with the command in place of its words; what is no command stays as it is.

    A question that waits is answered first by what may answer it. In a group nothing is understood that isn't said to
    the bot. A question may lean on the one before.
    """

    def __init__(self) -> None:
        self._recent = Recent()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat = data.get("chat")
        if isinstance(event, Message) and isinstance(chat, Conversation):
            last = self._recent.get(event.chat.id, chat.person, chat.now)
            data["last"] = last
            line = await _line(event, chat, last)
            if line is not None:
                event = event.model_copy(update={**_LEFT_OUT, "text": line})
            if (event.text or "").startswith("/"):
                self._recent.keep(event.chat.id, chat.person, event.text or "", chat.now)
        if isinstance(event, CallbackQuery) and event.message and isinstance(chat, Conversation):
            await self._keep_pressed(event.data or "", event.message.chat.id, chat)
        return await handler(event, data)

    async def _keep_pressed(self, data: str, place: int, chat: Conversation) -> None:
        if (line := await _pressed(data, chat)) is not None:
            self._recent.keep(place, chat.person, line, chat.now)


async def _pressed(data: str, chat: Conversation) -> str | None:
    """Returns the line that a button of a report stands for; None for other buttons."""
    name = data.partition(":")[0]
    try:
        if name == EngagementButton.__prefix__:
            er = EngagementButton.unpack(data)
            what, channel_id, period = "er", er.channel, er.period
        elif name == LookButton.__prefix__:
            look = LookButton.unpack(data)
            what, channel_id, period = look.what, look.channel, look.period
        elif name == TopButton.__prefix__:
            top = TopButton.unpack(data)
            what, channel_id, period = "top", top.channel, top.period
        else:
            return None
        told = written(from_code(period)) if period else ""
    except (TypeError, ValueError, DomainError):
        return None  # an earlier version's, or one that somebody made up
    async with chat.read() as conn:
        channel = await channels.get(conn, chat.workspace.id, channel_id)
    return None if channel is None else line_of(what, channel.title, told)


async def _line(message: Message, chat: Conversation, last: str | None) -> str | None:
    if any(getattr(message, name) for name in _ATTACHED):
        return None
    if message.forward_origin is not None:
        return await _of_own_post(message, chat)
    text = message.text or ""
    found = _SLASH.match(text)
    if not text or (found and found[1] in COMMANDS) or _asks_of_an_answer(message, chat, text):
        return None
    name = str((await chat.bot.me()).username)
    if found and (found[2] or name).lower() != name.lower():
        return None  # another bot's
    is_same_command = found is not None and found[1].lower() in COMMANDS
    if not is_same_command and not await is_for_bot(message, chat):
        return None
    return await _meant(message, chat, without_name(text, name, "" if found else " "), last)


def _asks_of_an_answer(message: Message, chat: Conversation, text: str) -> bool:
    """Tells whether a reply asks «Почему?» of an answer: it is asked of that one, whatever it means alone."""
    return is_reply_to(chat.bot, message) and asks_how(text)


async def _meant(message: Message, chat: Conversation, said: str, last: str | None) -> str | None:
    if says_cancel(said):
        return "/cancel" if chat.is_group else None
    if not said or is_small_talk(said):
        return None
    async with chat.read() as conn:
        known = await channels.visible(conn, chat.workspace.id, watched=True)
        question = await questions.pending(conn, chat.workspace.id, chat.person)
    if last is not None and question is None and (line := leans_on(said, last, known, chat.today)):
        return line
    reading = understand(said, known, chat.today)
    if reading is None or _is_answer(message, chat, said, reading, question):
        return None
    return reading.line


def _is_answer(
    message: Message, chat: Conversation, said: str, reading: Reading, question: Question | None
) -> bool:
    """Tells whether the question takes the words.

    Those that name a command are one, unless they hold what was asked for.
    """
    if question is None or question.kind == QuestionKind.SHARING:
        return False
    if chat.is_group and not is_reply_to(chat.bot, message):
        return False
    if question.kind not in list(QuestionKind) or not may_answer(QuestionKind(question.kind), said):
        return False
    holds_answer = reading.command in _LIKE_ANSWERS and re.search(r"[\d@]", said) is not None
    return not reading.is_named or holds_answer


async def _of_own_post(message: Message, chat: Conversation) -> str | None:
    """Returns the card's command for a post of a reported channel: it needs no check. None for others."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel) or message.chat.type != ChatType.PRIVATE:
        return None
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
        question = await questions.pending(conn, chat.workspace.id, chat.person)
    if question is not None and question.kind in TAKES_FORWARDS:
        return None
    own = next((one for one in visible if _is_of(one, origin)), None)
    if own is None:
        return None
    place = own.handle or f"c/{TELEGRAM_CHANNEL_BASE - origin.chat.id}"
    return f"/post https://t.me/{place}/{origin.message_id}"


def _is_of(channel: Channel, origin: MessageOriginChannel) -> bool:
    if channel.platform != "telegram":
        return False
    handle = (origin.chat.username or "").lower()
    return channel.chat_id == origin.chat.id or bool(handle and channel.handle == handle)
