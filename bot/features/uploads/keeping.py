"""What was understood of an upload goes into storage: its channels, its rows, the account of it.

One transaction stores a portion of the rows, with the account of how far the import has come.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from bot.core.clock import Clock
from bot.features.uploads.answers import NEW_CHANNEL, Answers
from bot.features.uploads.joining import StoredCount, account_of
from bot.features.uploads.portions import Portions, Remaining, size_of
from bot.features.uploads.taking_back import take_back
from metrics.errors import DomainError
from metrics.posts import PLATFORMS
from storage.engine import Connection, Database
from storage.files.upload.spool import Chunk, read_spool
from storage.files.upload.understood import ChannelContents, Understood
from storage.workspace import audience, channels, imports, posts
from storage.workspace.channels import Channel
from storage.workspace.imports import Import
from storage.workspace.post_columns import PostColumns
from storage.workspace.readings import newest_post_id
from storage.workspace.workspaces import Workspace

COUNTED = (
    "rows"  # what the progress of an import counts: one kept by a version that counted commits is begun anew
)
TITLE_CHARS = 128  # as Telegram's; a cell of a table may be any length


@dataclass(slots=True)
class Progress:
    """How far an import has come, as its row keeps it. `plan` tells two readings of the same files apart."""

    plan: str
    channels: dict[str, int]  # ids by the parts' keys
    begun_after: int  # the newest post before the first row
    rows: int = 0  # of the file, stored so far
    new: int = 0
    updated: int = 0


async def store(
    database: Database,
    clock: Clock,
    workspace: Workspace,
    upload: Import,
    understood: Understood,
    spool: Path,
    digest: str,
    answers: Answers,
) -> StoredCount:
    """Stores a portion of the rows a transaction, going on where an earlier run was cut short.

    What fails leaves rows behind that `taking_back.fail` takes.
    """
    now = int(clock.now().timestamp())
    into = sorted(answers.into.items())
    plan = " ".join(map(str, (digest, into, answers.chat, COUNTED, len(list(spool.iterdir())))))
    found = await _taken_up(database, workspace, upload, plan, now)
    progress, targets = found or await _begun(database, workspace, upload, understood, answers, plan, now)
    wanted = (
        chunk for chunk in read_spool(spool) if chunk[0] in targets
    )  # not of a chat that was not chosen
    remaining, portions = Remaining(wanted, progress.rows), Portions()
    while chunks := remaining.take(portions.rows):
        async with database.begin() as conn:
            with portions.timed():
                await _store_rows(conn, workspace, upload, progress, chunks, now)
            await imports.advance(conn, workspace.id, upload.id, asdict(progress))
    async with database.begin() as conn:
        await imports.finish(
            conn,
            workspace.id,
            upload.id,
            sha256=digest,
            format=understood.files[0].format,
            understood=_record(understood, progress),
            now=now,
        )
    parts = [(targets[contents.channel.key], contents) for contents in understood.channels]
    return await account_of(database, upload, parts, new=progress.new, updated=progress.updated)


async def _taken_up(
    database: Database, workspace: Workspace, upload: Import, plan: str, now: int
) -> tuple[Progress, dict[str, Channel]] | None:
    """Returns what an earlier run left to go on with, or None.

    Rows of one that can't be gone on with are taken back.
    """
    async with database.read() as conn:
        begun = await imports.get(conn, workspace.id, upload.id)
        known = {one.id: one for one in await channels.visible(conn, workspace.id, watched=True)}
    if begun is None or begun.progress is None:
        return None
    if begun.progress.get("plan") != plan or not known.keys() >= set(begun.progress["channels"].values()):
        await take_back(database, workspace.id, upload.id, now)
        return None
    progress = Progress(**begun.progress)
    return progress, {key: known[channel_id] for key, channel_id in progress.channels.items()}


async def _begun(
    database: Database,
    workspace: Workspace,
    upload: Import,
    understood: Understood,
    answers: Answers,
    plan: str,
    now: int,
) -> tuple[Progress, dict[str, Channel]]:
    async with database.begin() as conn:
        targets: dict[str, Channel] = {}
        known = await channels.visible(conn, workspace.id, watched=True)
        # What may be joined to another part of the same upload comes after all the others.
        for contents in sorted(understood.channels, key=lambda one: answers.into.get(one.channel.key, 0) < 0):
            into = answers.into.get(contents.channel.key, NEW_CHANNEL)
            if into < 0:
                targets[contents.channel.key] = targets[understood.channels[-1 - into].channel.key]
                continue
            target = await _target(conn, workspace, upload, contents, into, known, now)
            targets[contents.channel.key] = target
            known = [target, *(_without_handle_of(target, one) for one in known if one.id != target.id)]
        ids = {key: target.id for key, target in targets.items()}
        progress = Progress(plan, ids, await newest_post_id(conn))
        await imports.advance(conn, workspace.id, upload.id, asdict(progress))
    return progress, targets


async def _store_rows(
    conn: Connection, workspace: Workspace, upload: Import, progress: Progress, chunks: list[Chunk], now: int
) -> None:
    progress.rows += size_of(chunks)
    for key, rows in chunks:
        channel_id = progress.channels[key]
        if isinstance(rows, PostColumns):
            stored = await posts.store(
                conn,
                workspace.id,
                channel_id,
                rows,
                import_id=upload.id,
                source="file",
                now=now,
                begun_after=progress.begun_after,
            )
            progress.new += stored.new
            progress.updated += stored.updated
        else:
            await audience.store(
                conn, workspace.id, channel_id, rows, import_id=upload.id, source="file", now=now
            )


async def _target(
    conn: Connection,
    workspace: Workspace,
    upload: Import,
    contents: ChannelContents,
    into: int,
    known: Sequence[Channel],
    now: int,
) -> Channel:
    """Returns the channel a part of the file belongs to; registered if the workspace does not have it."""
    if not contents.channel.is_named and into != NEW_CHANNEL:
        chosen = next((one for one in known if one.id == into), None)
        if chosen is None or chosen.level != "own":
            raise DomainError("channel.gone")
        return chosen
    found = contents.channel
    telegram_id = found.external_id if found.platform == "telegram" else None
    title = (found.name or (f"@{found.handle}" if found.handle else title_of(upload, found.file)))[
        :TITLE_CHARS
    ]
    own = sorted((one for one in known if one.level == "own"), key=lambda one: (one.title, one.id))
    same_title = channels.of_title([one for one in own if one.platform == found.platform], title)
    if same_title and not found.handle and not found.external_id:
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
        among=known,
        now=now,
    )


def _without_handle_of(target: Channel, other: Channel) -> Channel:
    """Returns `other` without a handle that adding `target` may have taken: it is one channel's."""
    is_taken = other.handle is not None and (other.platform, other.handle) == (target.platform, target.handle)
    return replace(other, handle=None) if is_taken and other.level == "own" else other


def title_of(upload: Import, file: int = 0) -> str:
    """Returns a channel's name for want of a better one: that of the file."""
    return PurePath(upload.file_names[file]).stem.replace("_", " ").strip()[:60] or "—"


def _record(understood: Understood, progress: Progress) -> dict[str, Any]:
    """Returns what is worth keeping of what was understood: no texts, no rows."""
    params = [warned.params for warned in understood.warnings]
    return {
        "channels": progress.channels,
        "new": progress.new,
        "updated": progress.updated,
        "files": [{"name": file.path, "format": file.format} for file in understood.files],
        "posts": sum(contents.posts for contents in understood.channels),
        "skipped": {skipped.reason: skipped.count for skipped in understood.skipped},
        "told": sorted({str(said["fingerprint"]) for said in params if "fingerprint" in said}),
    }
