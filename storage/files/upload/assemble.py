"""Parts of several sheets and files -> channels: named, merged, one row a post, counted, handed on in chunks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from metrics.posts import COUNTERS, AudienceReading, Post
from storage.files.formats.kinds import Part, channel
from storage.files.tables.channel_names import may_be_channel, name_and_handle
from storage.files.tables.columns import meaning_of
from storage.files.tables.two_row_headers import network_of
from storage.files.upload.limits import CHUNK_ROWS
from storage.files.upload.notes import Notes
from storage.files.upload.understood import UNNAMED, ChannelContents, FoundChannel, Sink
from storage.workspace.post_columns import PostColumns

_HUNDREDS = 100
_ANY = "other"  # the platform of a table that names none


def posts_of(columns: Mapping[str, Sequence[Any]], length: int) -> list[Post]:
    """Returns rows of columns of one length. A column that is not there is what nobody said."""
    return PostColumns(columns, length).rows()


def merge_parts(parts: Sequence[Part]) -> list[Part]:
    """Returns parts of one channel as one. A part that names no channel joins the only channel there is.

    Telegram Desktop's HTML knows a channel by its name alone and its JSON by its id, too: one name is one channel.
    """
    _know_again(parts)
    named = {part.channel.key for part in parts if part.channel.key}
    only = next(iter(named)) if len(named) == 1 else ""
    _tell_platforms(parts, only)
    merged: dict[str, Part] = {}
    for part in sorted(parts, key=lambda part: not part.channel.key):
        key = part.channel.key or only
        before = merged.get(key)
        if before is None:
            merged[key] = part
            continue
        before.channel = _joined(before.channel, part.channel)
        before.posts.extend(part.posts)
        before.audience.extend(part.audience)
        before.is_series |= part.is_series
        before.days = before.days or part.days
    return list(merged.values())


def _tell_platforms(parts: Sequence[Part], only: str) -> None:
    """Keeps posts that name no channel apart from those of another platform.

    Addresses at VK are no posts of Telegram.
    """
    known = {part.channel.platform for part in parts if part.channel.platform != _ANY and len(part.columns)}
    if len(known) <= 1:
        return
    for part in parts:
        found = part.channel
        if not found.key and found.platform != _ANY and not only.startswith(f"{found.platform}:"):
            part.channel = replace(found, key=f"{found.platform}:")


def name_by_files(parts: Sequence[Part]) -> None:
    """Keeps apart what several files hold that name no channel: one file, or one archive, is of one.

    Totals by day and counts of subscribers say nothing of posts and go with the only posts there are.
    """
    _know_again(parts)
    named = {
        number: {part.channel.key for part in parts if part.file == number} - {""} for number in _files(parts)
    }
    for part in parts:
        if not part.channel.key:
            beside = named[part.file]
            key = next(iter(beside)) if len(beside) == 1 else f"{UNNAMED}{part.file}"
            part.channel = replace(part.channel, key=key)
    with_posts = list(dict.fromkeys(part.channel.key for part in parts if len(part.columns)))
    for part in parts:
        if not (part.channel.is_named or len(part.columns)) and (len(with_posts) == 1 or not part.audience):
            target = with_posts[0] if with_posts else parts[0].channel.key
            part.channel = replace(part.channel, key=target)


def _files(parts: Sequence[Part]) -> set[int]:
    return {part.file for part in parts}


def _know_again(parts: Sequence[Part]) -> None:
    """Gives a channel known by name alone the key of the only one of that name that is known by more."""
    by_name: dict[tuple[str, str], set[str]] = {}
    for part in parts:
        found = part.channel
        if found.name and (found.handle or found.external_id):
            by_name.setdefault((found.platform, found.name.casefold()), set()).add(found.key)
    for part in parts:
        found = part.channel
        if found.name and not found.handle and not found.external_id:
            keys = by_name.get((found.platform, found.name.casefold()), set())
            if len(keys) == 1:
                part.channel = replace(found, key=next(iter(keys)))


def _joined(one: FoundChannel, other: FoundChannel) -> FoundChannel:
    return FoundChannel(
        one.key,
        other.platform if one.platform == _ANY else one.platform,
        one.name or other.name,
        one.handle or other.handle,
        one.external_id or other.external_id,
    )


def newest_readings(posts: list[Post], notes: Notes) -> list[Post]:
    """Returns one row a post: the newer reading, of equally new ones the later.

    What only the other one counted is kept.
    """
    newest: dict[str, Post] = {}
    others = 0  # under the number of one post the text and the day of another
    for post in posts:
        before = newest.get(post.external_id)
        others += (
            before is not None and before.title != post.title and before.published_at != post.published_at
        )
        if before is None:
            newest[post.external_id] = post
        elif before.observed_at <= post.observed_at:
            newest[post.external_id] = filled(post, before)
        else:
            newest[post.external_id] = filled(before, post)
    if others:
        notes.warn("same_id_other_text", count=others)
    notes.skip("duplicate", count=len(posts) - len(newest))
    return list(newest.values())


def filled(reading: Post, other: Post) -> Post:
    """Returns a reading with the counters it lacks taken from another one of the same post."""
    counts: dict[str, Any] = {
        name: getattr(other, name)
        for name in COUNTERS
        if getattr(reading, name) is None and getattr(other, name) is not None
    }
    if not counts:
        return reading
    steps = [step for step in (other.steps or "").split() if step.partition(":")[0] in counts]
    return reading._replace(**counts, steps=" ".join([*(reading.steps or "").split(), *steps]) or None)


def without_false_zeros(posts: PostColumns, notes: Notes) -> PostColumns:
    """Returns posts without zero views that were never counted.

    Those stand beside interactions, or where other posts have hundreds.
    """
    views = posts.column("views")
    if 0 not in views:
        return posts
    seen = sorted(count for count in views if count)
    if len(seen) * 2 < len(views) - len(seen) and seen:
        notes.warn("zero_views", count=list(views).count(0), posts=len(views))
    if seen and seen[len(seen) // 2] >= _HUNDREDS:
        return posts.with_column("views", [count or None for count in views])
    beside = zip(*map(posts.column, ("reactions", "comments", "forwards")), strict=True)
    counted = [None if seen == 0 and any(row) else seen for seen, row in zip(views, beside, strict=True)]
    return posts.with_column("views", counted)


def hand_on(part: Part, notes: Notes, sink: Sink) -> ChannelContents:
    """Gives one channel to the sink in chunks and counts it."""
    posts = part.columns
    if not part.is_series and len(set(posts.column("external_id"))) < len(posts):
        posts = PostColumns.of(newest_readings(part.posts, notes))
    posts = without_false_zeros(posts, notes)
    for chunk in posts.chunks(CHUNK_ROWS):
        sink.take_posts(part.channel.key, chunk)
    audience = list({reading.observed_at: reading for reading in part.audience}.values())
    audience.sort(key=lambda reading: reading.observed_at)
    for start in range(0, len(audience), CHUNK_ROWS):
        sink.take_audience(part.channel.key, audience[start : start + CHUNK_ROWS])
    return _count(part, posts, audience)


def _count(part: Part, posts: PostColumns, audience: list[AudienceReading]) -> ChannelContents:
    contents = ChannelContents(part.channel)
    if part.is_series:
        latest = {post.external_id: post for post in sorted(posts.rows(), key=attrgetter("observed_at"))}
        posts = PostColumns.of(list(latest.values()))
    if len(posts):
        _count_posts(contents, posts)
    elif audience:
        contents.first, contents.last = audience[0].observed_at, audience[-1].observed_at
    elif part.days:
        contents.first, contents.last = part.days
    if audience:
        contents.fields["subscribers"] = len(audience)
        contents.subscribers = audience[-1].subscribers
        contents.approximate |= not len(posts) and any(reading.step for reading in audience)
    return contents


def _count_posts(contents: ChannelContents, posts: PostColumns) -> None:
    contents.posts = len(posts)
    contents.forwarded = sum(posts.column("is_forwarded"))
    dated = [at for at in posts.column("published_at") if at]
    contents.first, contents.last = min(dated, default=None), max(dated, default=None)
    contents.approximate = any(posts.column("steps"))
    for name in filter(posts.said, COUNTERS):
        known = [value for value in posts.column(name) if value is not None]
        contents.fields[name] = len(known)
        contents.totals[name] = sum(known)


class Sheet(NamedTuple):
    """`name`: of a sheet of a workbook, the heading above a table on it, or a file of an archive."""

    name: str
    parts: list[Part]


def name_channels_of_sheets(sheets: Sequence[Sheet], notes: Notes) -> None:
    """Gives the posts of each sheet to a channel, or a network, called like it.

    It does so where sheets of posts run side by side in time.
    """
    held = [sheet for sheet in sheets if any(len(part.columns) for part in sheet.parts)]
    if len({sheet.name for sheet in held}) < 2 or any(
        part.channel.key for sheet in held for part in sheet.parts
    ):
        return
    if not all(may_be_channel(sheet.name) and meaning_of(sheet.name) is None for sheet in held):
        return
    if not _run_side_by_side(held):
        return
    for sheet in held:
        for part in sheet.parts:
            part.channel = _channel_of(sheet.name, part.channel.platform)
    notes.warn("channels_by_sheets", sheets=", ".join(dict.fromkeys(sheet.name for sheet in held)))


def _run_side_by_side(sheets: Sequence[Sheet]) -> bool:
    """Tells whether two sheets share half of their days: those of one channel follow each other."""
    spans = sorted(
        (min(moments), max(moments))
        for sheet in sheets
        if (moments := [at for part in sheet.parts for at in part.columns.column("published_at") if at])
    )
    return any(
        (min(earlier[1], later[1]) - later[0]) * 2 > min(earlier[1] - earlier[0], later[1] - later[0])
        for earlier, later in pairwise(spans)
    )


def hold_same_posts(sheets: Sequence[Sheet]) -> bool:
    """Tells whether two have more than half of their posts in common: one export twice, or in two orders."""
    posts = [
        {
            pair
            for part in sheet.parts
            for pair in zip(*map(part.columns.column, ("external_id", "published_at")), strict=True)
        }
        for sheet in sheets
    ]
    return any(len(one & other) * 2 > min(len(one), len(other)) for one, other in combinations(posts, 2))


def _channel_of(name: str, platform: str) -> FoundChannel:
    network = network_of(name)
    if network is None:
        called, handle = name_and_handle(name)
        return channel(platform, name=called, handle=handle)
    return FoundChannel(f"{network}:", network, None, None, None)
