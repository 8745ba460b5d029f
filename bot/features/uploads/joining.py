"""Parts of one upload that went to one channel, as one: a post that stands in several of them is one post."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storage.engine import Database
from storage.files.upload.understood import ChannelContents
from storage.workspace import posts
from storage.workspace.channels import Channel
from storage.workspace.imports import Import

Part = tuple[Channel, ChannelContents]


@dataclass(frozen=True, slots=True)
class StoredCount:
    channels: tuple[Part, ...]
    new: int
    updated: int


async def account_of(
    database: Database, upload: Import, parts: Sequence[Part], *, new: int, updated: int
) -> StoredCount:
    """Returns what a stored upload brought. Posts are counted in storage where parts may share some."""
    together = joined(parts)
    if len(together) == len(parts):
        return StoredCount(together, new, updated)
    several = Counter(channel.id for channel, _ in parts)
    counted = [
        (
            channel,
            await _counted(database, upload, channel, contents) if several[channel.id] > 1 else contents,
        )
        for channel, contents in together
    ]
    brought = sum(contents.posts for _, contents in counted)
    return StoredCount(tuple(counted), new, max(0, brought - new))


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Returns a channel each, in the order of the parts; their posts added up."""
    by_channel: dict[int, Part] = {}
    for channel, contents in parts:
        _, before = by_channel.get(channel.id, (channel, None))
        by_channel[channel.id] = (channel, _sum(before, contents) if before else contents)
    return tuple(by_channel.values())


async def _counted(
    database: Database, upload: Import, channel: Channel, contents: ChannelContents
) -> ChannelContents:
    async with database.read() as conn:
        brought = await posts.brought(conn, upload.workspace_id, channel.id, upload.id)
    fields = {name: brought.counters.get(name, count) for name, count in contents.fields.items()}
    return replace(contents, posts=brought.posts, forwarded=brought.forwarded, fields=fields)


def _sum(one: ChannelContents, other: ChannelContents) -> ChannelContents:
    moments = [at for at in (one.first, one.last, other.first, other.last) if at is not None]
    return ChannelContents(
        one.channel,
        one.posts + other.posts,
        one.forwarded + other.forwarded,
        min(moments, default=None),
        max(moments, default=None),
        dict(Counter(one.fields) + Counter(other.fields)),
        dict(Counter(one.totals) + Counter(other.totals)),
        one.approximate or other.approximate,
        one.subscribers if other.subscribers is None else other.subscribers,
    )
