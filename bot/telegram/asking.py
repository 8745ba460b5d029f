"""Questions the bot asks and keeps: an answer may come days later, from another process.

All of them are put by `Asker.ask`, so each has its «Отмена».
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.core.clock import Clock
from bot.core.locales import Html, Translator
from bot.telegram import keyboards
from bot.telegram.questions import QuestionKind
from storage.engine import Connection, Database
from storage.upload_steps import Step
from storage.workspace import channels, imports, questions
from storage.workspace.channels import Channel
from storage.workspace.questions import Question
from storage.workspace.workspaces import Workspace

EXAMPLE = "12500"
CHECK_EXAMPLE = "@durov 15000"
Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup | None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is asked, and where; `said_in` the message they wrote, or else their `name`."""

    beside: Message
    database: Database
    clock: Clock
    workspace: Workspace
    person: int
    t: Translator
    said_in: int | None = None
    name: str = ""

    async def ask(
        self,
        kind: QuestionKind,
        payload: Mapping[str, object],
        text: Html,
        example: str = "",
        markup: Keys = None,
        *,
        by_buttons: bool = False,
    ) -> Message:
        """Asks a question and keeps it.

        In a group the reply field opens in place of `markup`, unless the question is answered `by_buttons`.
        """
        async with self.database.begin() as conn:
            now = int(self.clock.now().timestamp())
            await _replace(conn, self.workspace.id, self.person, payload)
            await questions.ask(conn, self.workspace.id, self.person, kind, dict(payload), now)
        t = self.t
        if self.workspace.kind == "private" or by_buttons:
            return await self.beside.answer(text, reply_markup=_with_cancel(markup, kind, t))
        text = Html(f"{text}\n{t('questions.cancel_in_group')}")
        return await self._address(text, example)

    async def _address(self, text: Html, example: str) -> Message:
        """Asks in a group so that it reaches its person: by a reply to their message, else by their name."""
        if self.said_in is None:
            text = Html(f'<a href="tg://user?id={self.person}">{escape(self.name or "@")}</a>\n{text}')
        # A bot reads only replies to itself there, and `selective` opens the reply field of whoever is addressed.
        return await self.beside.answer(
            text,
            reply_markup=ForceReply(selective=True, input_field_placeholder=example),
            reply_parameters=_reply_to(self.said_in),
        )


async def offer_chooser(asker: Asker, *, networks: Sequence[str] = ()) -> None:
    """Offers Telegram's chooser of channels, which it shows in private chats only.

    `networks`: others that can be read, by their titles.
    """
    t = asker.t
    text = t("channels.how_to_add")
    if networks:
        text = Html(text + "\n" + t("channels.how_to_add_networks", networks=", ".join(networks)))
    async with asker.database.read() as conn:
        here = [one.id for one in await channels.visible(conn, asker.workspace.id, watched=True)]
    await asker.ask(QuestionKind.SHARING, {"here": here}, text, markup=keyboards.share_channel(t))


@dataclass(frozen=True, slots=True)
class Offer:
    """The channels of the chat as a chooser was offered."""

    here: frozenset[int]

    def as_it_stood(self, known: Channel | None) -> Channel | None:
        """Returns the channel; None for one that came by this offer: the bot's promotion may have brought it a moment ago."""
        return known if known is not None and known.id in self.here else None


async def settle_sharing(database: Database, workspace: Workspace, person: int) -> Offer | None:
    """Returns the chooser, if it was still open: for one caller only."""
    async with database.begin() as conn:
        question = await questions.pending(conn, workspace.id, person)
        if question is None or question.kind != QuestionKind.SHARING:
            return None
        await questions.settle(conn, workspace.id, person)
    listed = question.payload.get("here", [])
    return Offer(frozenset(listed if isinstance(listed, list) else []))


async def is_asked(conn: Connection, workspace_id: int, person: int) -> bool:
    """Tells whether anything the bot asked them waits: a question in words, or a file's for a press."""
    if await questions.pending(conn, workspace_id, person) is not None:
        return True
    return await imports.newest_of(conn, workspace_id, person) is not None


async def settle_question(
    conn: Connection, workspace_id: int, person: int, kind: str | None = None
) -> Question | None:
    """Ends the question that waits, of this kind or of any; an upload that it belonged to is done then."""
    question = await questions.pending(conn, workspace_id, person)
    if question is None or kind not in (None, question.kind):
        return None
    await questions.settle(conn, workspace_id, person)
    await _end_uploads(conn, workspace_id, _uploads(question.payload))
    return question


async def ask_subscribers(asker: Asker, asked: Sequence[Channel], *, uploads: Sequence[int] = ()) -> None:
    """Asks about all of the channels at once. `uploads`: imports that are done with the answer."""
    t = asker.t
    ids = [channel.id for channel in asked]
    payload = {"channels": ids, "uploads": list(uploads)}
    several = "_several" if len(asked) > 1 else ""
    group = "_group" if asker.workspace.kind == "group" else ""
    titles = asked[0].title if not several else ", ".join(one.title for one in asked)
    text = t(f"subscribers.ask{several}{group}", title=titles, count=t.number(len(asked)))
    keys = keyboards.skip_question(t, asked[0])
    await asker.ask(QuestionKind.SUBSCRIBERS, payload, text, EXAMPLE, keys)


async def channels_asked_about(conn: Connection, workspace_id: int, question: Question) -> list[Channel]:
    """Returns the channels of a question about subscribers that are still there."""
    found = [await channels.get(conn, workspace_id, one) for one in channel_ids(question.payload)]
    return [one for one in found if one is not None and one.level == "own"]


def channel_ids(payload: Mapping[str, object]) -> list[int]:
    """Returns the channels of a question about subscribers; one of the times before several names one."""
    listed = payload.get("channels", [payload.get("channel", 0)])
    return [one for one in listed if isinstance(one, int)] if isinstance(listed, list) else []


async def ask_what_to_check(asker: Asker) -> None:
    await asker.ask(QuestionKind.CHECKED, {}, asker.t("check.how"), CHECK_EXAMPLE)


async def _replace(conn: Connection, workspace_id: int, person: int, payload: Mapping[str, object]) -> None:
    """Ends uploads of the question that gives way, unless the new one asks for them, too."""
    given_way = await questions.pending(conn, workspace_id, person)
    if given_way is not None:
        await _end_uploads(conn, workspace_id, _uploads(given_way.payload) - _uploads(payload))


async def _end_uploads(conn: Connection, workspace_id: int, uploads: Iterable[int]) -> None:
    for upload in uploads:
        await imports.move(conn, workspace_id, upload, Step.DONE, came_from={Step.SUBSCRIBERS})


def _uploads(payload: Mapping[str, object]) -> frozenset[int]:
    listed = payload.get("uploads", [])
    return frozenset(listed) if isinstance(listed, list) else frozenset()


def _with_cancel(
    markup: Keys, kind: QuestionKind, t: Translator
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup:
    if isinstance(markup, ReplyKeyboardMarkup):
        cancel = KeyboardButton(text=t.plain("questions.cancel_button"))
        return markup.model_copy(update={"keyboard": [*markup.keyboard, [cancel]]})
    rows = markup.inline_keyboard if markup else []
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [keyboards.cancel_button(t, kind)]])


def _reply_to(message_id: int | None) -> ReplyParameters | None:
    """Returns how to reply to a message, which its author may have deleted meanwhile."""
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)
