"""A file's way in: understood by a worker, stored a few rows at a time, or asked about.

Every step may be interrupted and run again: the import's row says how far it came, and a file is stored once.
"""

import asyncio
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.clock import Clock
from bot.core.workers import Workers
from bot.features.uploads.answers import ALL_CHATS, NEW_CHANNEL, Answers
from bot.features.uploads.joining import StoredCount, account_of
from bot.features.uploads.keeping import store, title_of
from bot.features.uploads.reading import read_in_bulk
from storage.engine import Database
from storage.files.upload.codes import SEVERAL_CHATS
from storage.files.upload.limits import check_channels
from storage.files.upload.notes import Hints
from storage.files.upload.spool import spool_upload
from storage.files.upload.understood import ChannelContents, Understood
from storage.upload_steps import Step
from storage.workspace import channels, column_choices, imports
from storage.workspace.channels import Channel
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace

ROWS_MAY_BE_DAYS = "rows_may_be_days"


@dataclass(frozen=True, slots=True)
class Question:
    """What only the person knows. `unnamed`: parts that name no channel, the first of them asked about; `offered`:
    channels that it may be, with what answers for each.
    """

    step: Step
    unnamed: tuple[ChannelContents, ...] = ()
    offered: tuple[tuple[str, int], ...] = ()
    chats: tuple[ChannelContents, ...] = ()
    rows: int = 0
    file: str = ""  # that the rows are of
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of: `same` (an earlier import of the same bytes), `question`, `stored`."""

    understood: Understood | None = None
    same: Import | None = None
    question: Question | None = None
    stored: StoredCount | None = None


async def read_and_store(
    database: Database,
    workers: Workers,
    clock: Clock,
    workspace: Workspace,
    upload: Import,
    files: Sequence[tuple[str, Path]],
    answers: Answers,
) -> Outcome:
    """Reads and stores `files`, (name as sent, path).

    Raises DomainError for what can't be read; then nothing has changed.
    """
    digest = await asyncio.to_thread(fingerprint, [path for _, path in files], answers.chat)
    async with database.read() as conn:
        same = await imports.find_same(conn, workspace.id, digest)
        known = await channels.visible(conn, workspace.id)
        hints = Hints(told=await column_choices.recall(conn, workspace.id), apart=answers.files != "one")
    if same is not None and same.id != upload.id:
        return Outcome(same=same)
    spool = files[0][1].parent / "spool"
    try:
        understood = await read_in_bulk(
            workers, len(files), spool_upload, files, spool, workspace.zone, None, hints
        )
        if same is None and (question := find_question(understood, known, upload, answers)):
            return Outcome(understood, question=question)
        understood = _only_chosen(understood, answers.chat)
        if same is not None:  # a crash came between storing it and saying so
            return Outcome(understood, stored=await _stored_before(database, same, understood, known))
        check_channels(understood.channels)
        stored = await store(database, clock, workspace, upload, understood, spool, digest, answers)
    finally:
        await asyncio.to_thread(shutil.rmtree, spool, ignore_errors=True)
    return Outcome(understood, stored=stored)


def fingerprint(paths: Sequence[Path], chat: int | None = None) -> str:
    """Returns the same for the same files in any order.

    Each chat of an account's export is an import of its own.
    """
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    parts = digests if chat is None or chat == ALL_CHATS else [*digests, f"chat {chat}"]
    return parts[0] if len(parts) == 1 else hashlib.sha256("".join(sorted(parts)).encode()).hexdigest()


def find_question(
    understood: Understood, known: Sequence[Channel], upload: Import, answers: Answers
) -> Question | None:
    """Returns what is asked next, or None: it follows from what was read and from the answers so far."""
    for warned in understood.warnings:
        if warned.code == ROWS_MAY_BE_DAYS:
            rows, header = int(warned.params["count"]), str(warned.params["fingerprint"])
            return Question(Step.ROWS, rows=rows, file=str(warned.params["file"]), fingerprint=header)
    is_account = any(warned.code == SEVERAL_CHATS for warned in understood.warnings)
    if is_account and answers.chat is None:
        return Question(Step.CHAT, chats=tuple(understood.channels))
    parts = _only_chosen(understood, answers.chat).channels
    unnamed = tuple(one for one in parts if not one.channel.is_named and one.channel.key not in answers.into)
    if len(unnamed) > 1 and answers.files is None:
        return Question(Step.FILES, unnamed)
    if not unnamed or answers.files == "own":
        return None
    offered = tuple(_offered(known, parts, upload, answers))
    is_asked = offered or answers.files == "pick"
    return Question(Step.WHOSE, unnamed, offered) if is_asked else None


def _offered(
    known: Sequence[Channel], parts: Sequence[ChannelContents], upload: Import, answers: Answers
) -> Iterator[tuple[str, int]]:
    """Yields channels of the workspace, then those that come with the same upload."""
    own = [channel for channel in known if channel.level == "own"]
    yield from ((channel.title, channel.id) for channel in own)
    titles = {channel.title for channel in own}
    for place, contents in enumerate(parts):
        title = contents.channel.name or contents.channel.handle or title_of(upload, contents.channel.file)
        is_new = answers.into.get(contents.channel.key) == NEW_CHANNEL
        if (contents.channel.is_named or is_new) and title not in titles:
            yield title, -1 - place


def _only_chosen(understood: Understood, chat: int | None) -> Understood:
    """Returns the chosen chat; chats stand in the order of the file, the same at every reading."""
    if chat is None or chat == ALL_CHATS:
        return understood
    return replace(understood, channels=understood.channels[chat : chat + 1])


async def _stored_before(
    database: Database, done: Import, understood: Understood, known: Sequence[Channel]
) -> StoredCount:
    record, by_id = done.understood or {}, {channel.id: channel for channel in known}
    placed = [(by_id.get(record["channels"].get(part.channel.key)), part) for part in understood.channels]
    parts = [(channel, part) for channel, part in placed if channel is not None]
    return await account_of(database, done, parts, new=record["new"], updated=record["updated"])
