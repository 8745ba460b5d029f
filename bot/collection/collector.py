"""Live updates of channels into the rows of everyone who registered them, with their place in the inbox: all or nothing.

An update is finished in the transaction that writes down what it told, so a crash neither loses nor doubles one.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import structlog

from bot.collection.counting import mark_absence
from bot.collection.updates import KINDS, Fact, OfChannel, OfDiscussion, facts_of, is_of_discussion
from bot.core.clock import Clock
from storage.engine import Connection, Database
from storage.system import collection as everywhere_collection
from storage.system import everywhere, rights
from storage.system.everywhere import KeptUpdate, RegisteredChannel
from storage.workspace import live, members
from storage.workspace.news import Comment, MemberEvent, Message, News, ReactionTotals, Thread

_KIND = re.compile(r'\{\s*"update_id"\s*:\s*\d+\s*,\s*"(\w+)"')
_SPOKEN_TO = frozenset({"bot_command", "mention"})  # entities that may be meant for the bot
_UNKNOWN_SHAPE = (LookupError, TypeError, ValueError, AttributeError)
ADMINS = ("creator", "administrator")
log = structlog.stdlib.get_logger(__name__)


class _Rights(NamedTuple):
    chat_id: int
    at: int
    after: bool  # an admin now, and not before; False: the other way round
    person: int  # who changed the bot's rights, or whose own rights changed


class _Movement(NamedTuple):
    chat_id: int  # of a group
    person: int


class Collector:
    def __init__(self, database: Database, clock: Clock, bot_id: int, token: str) -> None:
        self._database = database
        self._clock = clock
        self._bot_id = bot_id
        # Outside of the database: its rows alone don't tell who somebody is.
        self._secret = hashlib.sha256(b"otklik members\0" + token.encode()).digest()

    def takes(self, kept: KeptUpdate) -> bool:
        """Tells whether the update is collected and nothing else: no handler wants it."""
        kind = kind_of(kept.body)
        if kind != "message":
            return kind in KINDS
        try:
            message = json.loads(kept.body)["message"]
            return is_of_discussion(message) and not self._asks_something(message)
        except _UNKNOWN_SHAPE:
            return False

    async def take(self, updates: Sequence[KeptUpdate]) -> None:
        """Writes down what these updates tell and finishes them.

        One that can't be understood is logged and finished, too.
        """
        facts: list[Fact] = []
        async with self._database.begin() as conn:
            for kept in updates:
                if (changed := self._rights_of_person(kept)) is not None:
                    await self._write(conn, facts)  # what came before is still theirs
                    facts = []
                    await _apply(conn, changed)
                await self._note_movement(conn, kept)
                facts += self._understood(kept)
            await self._write(conn, facts)
            await everywhere_collection.finish_updates(conn, [kept.update_id for kept in updates])

    async def take_one(self, kept: KeptUpdate) -> None:
        """Takes an update as `take` does, if it is one of those."""
        if self.takes(kept):
            await self.take([kept])

    async def note_loss(self, kept: KeptUpdate) -> None:
        """Notes rights in a channel that are lost, before handlers tell of it."""
        if (changed := _rights(kept)) is not None and not changed.after:
            async with self._database.begin() as conn:
                await rights.lose(conn, changed.chat_id, changed.at, by=changed.person)

    async def note_absence(self, heard_at: int, now: int) -> None:
        """Marks what was lost while Telegram was away for longer than it keeps updates."""
        await mark_absence(self._database, heard_at, now)

    async def take_beside(self, kept: KeptUpdate) -> None:
        """Takes what else an update that handlers have seen holds.

        That is rights that are back, or a comment that asks something.
        """
        kind = kind_of(kept.body)
        if (changed := _rights(kept)) is not None and changed.after:
            async with self._database.begin() as conn:
                await _apply(conn, changed)
        elif _movement(kept) is not None and not self.takes(kept):
            async with self._database.begin() as conn:
                await self._note_movement(conn, kept)
        elif (
            kind == "message" and not self.takes(kept) and is_of_discussion(json.loads(kept.body)["message"])
        ):
            facts = list(self._understood(kept))
            async with self._database.begin() as conn:
                await self._write(conn, facts)

    async def _note_movement(self, conn: Connection, kept: KeptUpdate) -> None:
        """Has what somebody who came to a group or left it showed there looked at soon."""
        if (moved := _movement(kept)) is not None:
            at = int(self._clock.now().timestamp())
            await rights.look_at_grants_in(conn, moved.chat_id, moved.person, at)

    def _rights_of_person(self, kept: KeptUpdate) -> _Rights | None:
        try:
            return _changed_rights(kept, "chat_member")
        except _UNKNOWN_SHAPE:
            return None  # logged where the update's facts are read

    def _understood(self, kept: KeptUpdate) -> list[Fact]:
        try:
            return list(facts_of(json.loads(kept.body), self._secret))
        except _UNKNOWN_SHAPE:
            log.exception("an update of a channel is not understood", update=kept.update_id)
            return []

    def _asks_something(self, message: Mapping[str, Any]) -> bool:
        """Tells whether a message asks the bot: by a file, a command, its name, or an answer to it.

        Whoever is asked in a group answers with a reply.
        """
        answered = message.get("reply_to_message", {}).get("from", {}).get("id")
        marks = [*message.get("entities", ()), *message.get("caption_entities", ())]
        spoken_to = any(mark["type"] in _SPOKEN_TO for mark in marks)
        return spoken_to or "document" in message or answered == self._bot_id

    async def _write(self, conn: Connection, facts: Iterable[Fact]) -> None:
        now = int(self._clock.now().timestamp())
        for row, news in (await _by_row(conn, facts)).items():
            if news.members:
                await members.store(conn, row.workspace_id, row.channel_id, news.members, now)
            if news.messages or news.reacted or news.threads or news.comments:
                await live.store(conn, row.workspace_id, row.channel_id, news, now)


def _rights(kept: KeptUpdate) -> _Rights | None:
    """Returns a change of the bot's own rights in a channel; None: it is none."""
    return _changed_rights(kept, "my_chat_member")


def _changed_rights(kept: KeptUpdate, kind: str) -> _Rights | None:
    """Returns changed rights in a channel: the bot's ("my_chat_member") or another's ("chat_member").

    None: nothing of the sort.
    """
    if kind_of(kept.body) != kind:
        return None
    changed = json.loads(kept.body)[kind]
    before, after = (changed[name]["status"] in ADMINS for name in ("old_chat_member", "new_chat_member"))
    if changed["chat"]["type"] != "channel" or before == after:
        return None
    person = changed["from"] if kind == "my_chat_member" else changed["new_chat_member"]["user"]
    return _Rights(int(changed["chat"]["id"]), int(changed["date"]), after, int(person["id"]))


def _movement(kept: KeptUpdate) -> _Movement | None:
    """Returns who came or left; None: nothing of the sort.

    Admins are told by a change of a member, everybody by a message of its own.
    """
    try:
        kind = kind_of(kept.body)
        if kind not in ("chat_member", "message") or (kind == "message" and '_chat_member"' not in kept.body):
            return None
        told = json.loads(kept.body)[kind]
        if told["chat"]["type"] not in ("group", "supergroup"):
            return None
        if kind == "chat_member":
            return _Movement(int(told["chat"]["id"]), int(told["new_chat_member"]["user"]["id"]))
        gone = told.get("left_chat_member") or next(iter(told.get("new_chat_members", ())), None)
        return _Movement(int(told["chat"]["id"]), int(gone["id"])) if gone else None
    except _UNKNOWN_SHAPE:
        return None  # logged where the update's facts are read


async def _apply(conn: Connection, changed: _Rights) -> None:
    """Notes that the person has proved to be an admin, or is none any more."""
    change = rights.regain if changed.after else rights.lose
    await change(conn, changed.chat_id, changed.at, person=changed.person)


def kind_of(body: str) -> str | None:
    found = _KIND.match(body)
    return found[1] if found else None


async def _by_row(conn: Connection, facts: Iterable[Fact]) -> dict[RegisteredChannel, News]:
    """Returns facts by row, threads before comments: in one batch a group may become known as a channel's."""
    of_channels: dict[int, list[OfChannel]] = defaultdict(list)
    comments: dict[int, list[Comment]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, OfDiscussion):
            comments[fact.fact.chat_id].append(fact.fact)
        else:
            of_channels[fact.chat_id].append(fact)
    by_row: dict[RegisteredChannel, News] = defaultdict(News)
    for chat_id, told in of_channels.items():
        for row in await everywhere.workspaces_of_channel_chat(conn, chat_id):
            for one in told:
                _add(by_row[row], one, row)
    known = {row: {thread.chat_id for thread in news.threads} for row, news in by_row.items()}
    for chat_id, said in comments.items():
        rows = {row for row, groups in known.items() if chat_id in groups}
        listed = await everywhere_collection.channels_of_discussion(conn, chat_id)
        rows |= {row for row in listed if row.may_hear(is_public=row.handle is not None)}
        for row in sorted(rows, key=lambda one: one.channel_id):
            by_row[row].comments += said
    return dict(sorted(by_row.items(), key=lambda item: item[0].channel_id))


def _add(news: News, one: OfChannel, row: RegisteredChannel) -> None:
    """Adds a fact to the news of a row that may hear it.

    What a channel without a public name publishes, and who joins a channel, is for its admins' workspaces
    only.
    """
    if not row.may_hear(is_public=one.is_public and not isinstance(one.fact, MemberEvent)):
        return
    match one.fact:
        case Message():
            news.messages.append(one.fact)
        case ReactionTotals():
            news.reacted.append(one.fact)
        case Thread():
            news.threads.append(one.fact)
        case MemberEvent():
            news.members.append(one.fact)
