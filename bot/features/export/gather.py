"""From storage to a request: everything that is kept of one channel, spooled to disk a page at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.core.parsing.periods import PeriodChoice
from bot.features.export.disk import spoken_faults
from bot.features.export.request import AUDIENCE, POSTS, READINGS, ExportRequest
from metrics.errors import DomainError
from storage.engine import Connection
from storage.files.upload.spool import SpoolSink
from storage.workspace import audience, post_pages, posts
from storage.workspace.channels import Channel
from storage.workspace.post_columns import PostColumns
from storage.workspace.post_pages import Page, Place
from storage.workspace.workspaces import Workspace

READINGS_AT_MOST = 100_000  # rows of one sheet that a phone still opens
ROWS_AT_ONCE = 2_000  # of one read transaction
ReadPage = Callable[[Connection, Place | None], Awaitable[Page]]


class Readable(Protocol):
    """A database as far as it is read."""

    def read(self) -> AbstractAsyncContextManager[Connection]: ...


async def gather(
    database: Readable,
    workspace: Workspace,
    channel: Channel,
    file_format: str,
    as_of: int,
    folder: Path,
    period: PeriodChoice | None = None,
) -> ExportRequest:
    """Gathers an export; leaves all rows in `folder`, because the rates of a part rest on the whole.

    Raises DomainError("er.no_data") for a channel without a post, ("export.no_room") where the disk is full.
    """
    whose = (workspace.id, channel.id)
    async with database.read() as conn:
        span = await posts.span(conn, *whose)
        if span is None:
            raise DomainError("er.no_data", title=channel.title)
        subscribers = await audience.window(conn, *whose, 0, max(span.last, as_of) + 1)
        all_readings = await post_pages.count_readings(conn, *whose)
        first_id = 0
        if all_readings > READINGS_AT_MOST:
            first_id = await post_pages.first_of_newest(conn, *whose, READINGS_AT_MOST)

    def of_posts(conn: Connection, after: Place | None) -> Awaitable[Page]:
        return post_pages.of_posts(conn, *whose, after=after, limit=ROWS_AT_ONCE)

    def of_readings(conn: Connection, after: Place | None) -> Awaitable[Page]:
        return post_pages.of_readings(conn, *whose, after=after, limit=ROWS_AT_ONCE, first_id=first_id)

    with spoken_faults():
        await asyncio.to_thread(SpoolSink(folder / AUDIENCE).take_audience, AUDIENCE, subscribers)
        spool = partial(_spool, database)
        return ExportRequest(
            title=channel.title,
            platform=channel.platform,
            language=workspace.language,
            zone=workspace.zone,
            as_of=as_of,
            format=file_format,
            folder=folder,
            posts=await spool(of_posts, folder / POSTS),
            readings=await spool(of_readings, folder / READINGS),
            all_readings=all_readings,
            audience=len(subscribers),
            period=period,
        )


async def _spool(database: Readable, read: ReadPage, folder: Path) -> int:
    """Returns how many rows were written.

    A transaction a page: a long one would hold back the cleaning of the database.
    """
    sink, written = SpoolSink(folder), 0
    after: Place | None = None
    while True:
        async with database.read() as conn:
            page = await read(conn, after)
        if page.end is None:
            return written
        await asyncio.to_thread(sink.take_posts, folder.name, PostColumns.of(page.rows))
        written += len(page.rows)
        after = page.end
