"""What was understood of an upload goes into storage: its channels, its rows, the account of it, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from bot.clock import Clock
from metrics.errors import DomainError
from metrics.posts import PLATFORMS
from storage import audience, channels, imports, posts
from storage.channels import Channel
from storage.engine import Connection, Database
from storage.files.upload.spool import read_spool
from storage.files.upload.understood import ChannelContents, Understood
from storage.imports import Import
from storage.post_columns import PostColumns
from storage.workspaces import Workspace

TITLE_CHARS = 128  # as Telegram's; a cell of a table may be any length
NEW_CHANNEL = 0  # in place of a channel's id: one named after the file


@dataclass(frozen=True, slots=True)
class Stored:
    channels: tuple[tuple[Channel, ChannelContents], ...]
    new: int
    updated: int


async def store(
    database: Database,
    clock: Clock,
    workspace: Workspace,
    upload: Import,
    understood: Understood,
    spool: Path,
    digest: str,
    into: int,
    chat: int | None = None,
) -> Stored:
    """`into`: the channel for what names none; `chat`: which of an account's export it is, kept for a second reading."""
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
            understood={**_record(understood, targets, new, updated), "chat": chat},
            now=now,
        )
    return Stored(
        tuple((targets[contents.channel.key], contents) for contents in understood.channels), new, updated
    )


async def _store_rows(
    conn: Connection,
    workspace: Workspace,
    upload: Import,
    targets: Mapping[str, Channel],
    spool: Path,
    now: int,
) -> tuple[int, int]:
    new = updated = 0
    for key, rows in read_spool(spool):
        if key not in targets:  # of a chat that was not chosen
            continue
        channel_id = targets[key].id
        if isinstance(rows, PostColumns):
            stored = await posts.store(
                conn, workspace.id, channel_id, rows, import_id=upload.id, source="file", now=now
            )
            new, updated = new + stored.new, updated + stored.updated
        else:
            await audience.store(
                conn, workspace.id, channel_id, rows, import_id=upload.id, source="file", now=now
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


def _record(understood: Understood, targets: Mapping[str, Channel], new: int, updated: int) -> dict[str, Any]:
    """What is worth keeping of what was understood: no texts, no rows."""
    params = [warned.params for warned in understood.warnings]
    return {
        "channels": {key: channel.id for key, channel in targets.items()},
        "new": new,
        "updated": updated,
        "files": [{"name": file.path, "format": file.format} for file in understood.files],
        "posts": sum(contents.posts for contents in understood.channels),
        "skipped": {skipped.reason: skipped.count for skipped in understood.skipped},
        "told": sorted({str(said["fingerprint"]) for said in params if "fingerprint" in said}),
    }
