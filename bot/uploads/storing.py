"""A file's way in: kept on disk while it is read, understood by a worker, stored a few rows at a time.

Every step may be interrupted and run again: the import's row says how far it came, and a file is stored once.
"""

import asyncio
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clock import Clock
from bot.uploads.keeping import NEW_CHANNEL, Stored, store
from bot.uploads.reading import read_in_bulk
from bot.workers import Workers
from metrics.errors import DomainError
from storage import channels, column_choices, imports
from storage.channels import Channel
from storage.engine import Database
from storage.files.upload.limits import MAX_CHANNELS
from storage.files.upload.notes import Hints
from storage.files.upload.spool import spool_upload
from storage.files.upload.understood import ChannelContents, Understood
from storage.imports import Import
from storage.workspaces import Workspace

SEVERAL_CHATS = "several_chats"  # the warning of an account's export
ALL_CHATS = -1


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person pressed. `into`: the channel of a file that names none; `chat`: which of an account's export."""

    into: int | None = None
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of: `same` (an earlier import of the same bytes), `unclear` (whose file is it?), `chats` (which?), `stored`."""

    understood: Understood | None = None
    same: Import | None = None
    unclear: tuple[Channel, ...] | None = None
    chats: tuple[ChannelContents, ...] | None = None
    stored: Stored | None = None


async def read_and_store(
    database: Database,
    workers: Workers,
    clock: Clock,
    workspace: Workspace,
    upload: Import,
    files: Sequence[tuple[str, Path]],
    chosen: Chosen,
) -> Outcome:
    """`files`: (name as sent, path). Raises DomainError for what can't be read; then nothing has changed."""
    digest = await asyncio.to_thread(fingerprint, [path for _, path in files], chosen.chat)
    async with database.read() as conn:
        same = await imports.find_same(conn, workspace.id, digest)
        known = await channels.visible(conn, workspace.id)
        hints = Hints(told=await column_choices.recall(conn, workspace.id))
    if same is not None and same.id != upload.id:
        return Outcome(same=same)
    spool = files[0][1].parent / "spool"
    try:
        understood = await read_in_bulk(
            workers, len(files), spool_upload, files, spool, workspace.zone, None, hints
        )
        if same is None and (asked := _asked(understood, known, chosen)):
            return asked
        understood = _only_chosen(understood, chosen.chat)
        if same is not None:  # a crash came between storing it and saying so
            return Outcome(understood, stored=_stored_before(same, understood, known))
        if len(understood.channels) > MAX_CHANNELS:
            raise DomainError(
                "uploads.too_many_channels", channels=len(understood.channels), max_channels=MAX_CHANNELS
            )
        into = chosen.into or NEW_CHANNEL
        stored = await store(database, clock, workspace, upload, understood, spool, digest, into, chosen.chat)
    finally:
        await asyncio.to_thread(shutil.rmtree, spool, ignore_errors=True)
    return Outcome(understood, stored=stored)


def fingerprint(paths: Sequence[Path], chat: int | None = None) -> str:
    """The same for the same files in any order. Each chat of an account's export is an import of its own."""
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    parts = digests if chat is None or chat == ALL_CHATS else [*digests, f"chat {chat}"]
    return parts[0] if len(parts) == 1 else hashlib.sha256("".join(sorted(parts)).encode()).hexdigest()


def _asked(understood: Understood, known: Sequence[Channel], chosen: Chosen) -> Outcome | None:
    """What only the person knows: which chats of an account, whose file without a name."""
    is_account = any(warned.code == SEVERAL_CHATS for warned in understood.warnings)
    if is_account and chosen.chat is None and chosen.into is None:
        return Outcome(understood, chats=tuple(understood.channels))
    own = tuple(channel for channel in known if channel.level == "own")
    nameless = any(not contents.channel.key for contents in _only_chosen(understood, chosen.chat).channels)
    return Outcome(understood, unclear=own) if chosen.into is None and own and nameless else None


def _only_chosen(understood: Understood, chat: int | None) -> Understood:
    """Chats stand in the order of the file, which is the same at every reading."""
    if chat is None or chat == ALL_CHATS:
        return understood
    return replace(understood, channels=understood.channels[chat : chat + 1])


def _stored_before(done: Import, understood: Understood, known: Sequence[Channel]) -> Stored:
    record, by_id = done.understood or {}, {channel.id: channel for channel in known}
    placed = [(by_id.get(record["channels"].get(part.channel.key)), part) for part in understood.channels]
    parts = tuple((channel, part) for channel, part in placed if channel is not None)
    return Stored(parts, record["new"], record["updated"])
