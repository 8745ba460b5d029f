"""A file's way in: kept on disk while it is read, understood by a worker, stored in one transaction.

Every step may be interrupted and run again: the import's row says how far it came, and a file is stored once.
"""

import asyncio
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from bot.clock import Clock
from bot.workers import Workers
from metrics.errors import DomainError
from metrics.posts import PLATFORMS, AudienceReading
from storage import audience, channels, imports, posts
from storage.channels import Channel
from storage.engine import Connection, Database
from storage.files.spool import read_spool, spool_upload
from storage.files.understood import ChannelContents, Understood
from storage.imports import Import
from storage.workspaces import Workspace

TITLE_CHARS = 128  # as Telegram's; a cell of a table may be any length
NEW_CHANNEL = 0  # in place of a channel's id: one named after the file


@dataclass(frozen=True, slots=True)
class Stored:
    channels: tuple[tuple[Channel, ChannelContents], ...]
    new: int
    updated: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of: `same` (an earlier import of the same bytes), `unclear` (whose file is it?), `stored`."""

    understood: Understood | None = None
    same: Import | None = None
    unclear: tuple[Channel, ...] | None = None
    stored: Stored | None = None


async def read_and_store(
    database: Database,
    workers: Workers,
    clock: Clock,
    workspace: Workspace,
    upload: Import,
    files: Sequence[tuple[str, Path]],
    into: int | None,
) -> Outcome:
    """`files`: (name as sent, path). `into`: the channel a person chose for a file that names none.

    Raises DomainError for what can't be read; then nothing has changed.
    """
    digest = await asyncio.to_thread(fingerprint, [path for _, path in files])
    async with database.read() as conn:
        same = await imports.find_same(conn, workspace.id, digest)
        known = await channels.visible(conn, workspace.id)
    if same is not None and same.id != upload.id:
        return Outcome(same=same)
    spool = files[0][1].parent / "spool"
    try:
        understood = await workers.run(spool_upload, files, spool, workspace.zone, None)
        if same is not None:  # a crash came between storing it and saying so
            return Outcome(understood=understood, stored=_stored_before(same, understood, known))
        own = [channel for channel in known if channel.level == "own"]
        if into is None and own and any(not contents.channel.key for contents in understood.channels):
            return Outcome(understood=understood, unclear=tuple(own))
        stored = await _store(
            database, clock, workspace, upload, understood, spool, digest, into or NEW_CHANNEL
        )
    finally:
        await asyncio.to_thread(shutil.rmtree, spool, ignore_errors=True)
    return Outcome(understood=understood, stored=stored)


def fingerprint(paths: Sequence[Path]) -> str:
    """The same for the same files in any order."""
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


async def _store(
    database: Database,
    clock: Clock,
    workspace: Workspace,
    upload: Import,
    understood: Understood,
    spool: Path,
    digest: str,
    into: int,
) -> Stored:
    now = int(clock.now().timestamp())
    async with database.begin() as conn:
        targets = {
            contents.channel.key: await _target(conn, workspace, upload, contents, into, now)
            for contents in understood.channels
        }
        new, updated = await _store_rows(conn, workspace, upload, targets, spool, now)
        await imports.finish(
            conn,
            workspace.id,
            upload.id,
            sha256=digest,
            format=understood.files[0].format,
            understood=_record(understood, targets, new, updated),
            now=now,
        )
    return Stored(
        tuple((targets[contents.channel.key], contents) for contents in understood.channels), new, updated
    )


async def take_back(database: Database, clock: Clock, workspace: Workspace, upload: Import) -> bool:
    """Undo a stored import, channels that came with it included. False: it was undone already."""
    async with database.begin() as conn:
        return await imports.undo(conn, workspace.id, upload.id, int(clock.now().timestamp())) is not None


async def _store_rows(
    conn: Connection,
    workspace: Workspace,
    upload: Import,
    targets: Mapping[str, Channel],
    spool: Path,
    now: int,
) -> tuple[int, int]:
    new = updated = 0
    for key, kind, rows in read_spool(spool):
        channel_id = targets[key].id
        if kind == "posts":
            stored = await posts.store(
                conn, workspace.id, channel_id, rows, import_id=upload.id, source="file", now=now
            )
            new, updated = new + stored.new, updated + stored.updated
        else:
            readings = [AudienceReading(*row) for row in rows]
            await audience.store(
                conn, workspace.id, channel_id, readings, import_id=upload.id, source="file", now=now
            )
    return new, updated


async def _target(
    conn: Connection, workspace: Workspace, upload: Import, contents: ChannelContents, into: int, now: int
) -> Channel:
    """The channel a part of the file belongs to; registered if the workspace does not have it."""
    if not contents.channel.key and into != NEW_CHANNEL:
        chosen = await channels.get(conn, workspace.id, into)
        if chosen is None or chosen.level != "own":
            raise DomainError("channel.gone")
        return chosen
    found = contents.channel
    telegram_id = found.external_id if found.platform == "telegram" else None
    title = (found.name or (f"@{found.handle}" if found.handle else title_of(upload)))[:TITLE_CHARS]
    same_title = await channels.find(conn, workspace.id, title=title, platform=found.platform)
    if same_title and same_title.level == "own" and not found.handle and not found.external_id:
        return same_title
    return await channels.add(
        conn,
        workspace.id,
        platform=found.platform if found.platform in PLATFORMS else "other",
        title=title,
        handle=found.handle,
        chat_id=int(f"-100{telegram_id}") if telegram_id and telegram_id.isdigit() else None,
        external_id=None if telegram_id else found.external_id,
        added_by=upload.requested_by,
        import_id=upload.id,
        now=now,
    )


def title_of(upload: Import) -> str:
    """A channel's name for want of a better one: that of the file."""
    return PurePath(upload.file_names[0]).stem.replace("_", " ").strip()[:60] or "—"


def _stored_before(done: Import, understood: Understood, known: Sequence[Channel]) -> Stored:
    record, by_id = done.understood or {}, {channel.id: channel for channel in known}
    placed = [(by_id.get(record["channels"].get(part.channel.key)), part) for part in understood.channels]
    parts = tuple((channel, part) for channel, part in placed if channel is not None)
    return Stored(parts, record["new"], record["updated"])


def _record(understood: Understood, targets: Mapping[str, Channel], new: int, updated: int) -> dict[str, Any]:
    """What is worth keeping of what was understood: no texts, no rows."""
    return {
        "channels": {key: channel.id for key, channel in targets.items()},
        "new": new,
        "updated": updated,
        "files": [{"name": file.path, "format": file.format} for file in understood.files],
        "posts": sum(contents.posts for contents in understood.channels),
        "skipped": {skipped.reason: skipped.count for skipped in understood.skipped},
    }
