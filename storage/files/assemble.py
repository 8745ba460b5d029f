"""Parts of several files -> channels: merged, one row a post, counted, handed on in chunks."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from metrics.posts import COLUMNS, COUNTERS, AudienceReading, Post
from storage.files.formats.kinds import Part
from storage.files.limits import CHUNK_ROWS
from storage.files.notes import Notes
from storage.files.understood import ChannelContents, FoundChannel, Sink

_COUNTER_POSITIONS = {name: COLUMNS.index(name) for name in COUNTERS}
_FORWARDED = COLUMNS.index("is_forwarded")
_PUBLISHED = COLUMNS.index("published_at")
_STEPS = COLUMNS.index("steps")


_ABSENT: dict[str, Any] = {"observed_exact": False, "is_ad": False, "is_forwarded": False, "time_known": True}


def posts_of(columns: Mapping[str, Sequence[Any]], length: int) -> list[Post]:
    """Columns of one length -> rows. A column that is not there is what nobody said."""
    ordered = [columns[name] if name in columns else [_ABSENT.get(name)] * length for name in COLUMNS]
    # What Post._make does, without a call of Python for every row.
    return list(map(tuple.__new__, repeat(Post), zip(*ordered, strict=True)))


def merge_parts(parts: Sequence[Part]) -> list[Part]:
    """Parts of one channel become one. A part that names no channel joins the only channel there is."""
    named = {part.channel.key for part in parts if part.channel.key}
    only = next(iter(named)) if len(named) == 1 else ""
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


def _joined(one: FoundChannel, other: FoundChannel) -> FoundChannel:
    return FoundChannel(
        one.key,
        one.platform,
        one.name or other.name,
        one.handle or other.handle,
        one.external_id or other.external_id,
    )


def newest_readings(posts: list[Post], notes: Notes) -> list[Post]:
    """One row a post: of two readings the newer one, of equally new ones the later, and what only the other counted."""
    newest: dict[str, Post] = {}
    for post in posts:
        before = newest.get(post.external_id)
        if before is None:
            newest[post.external_id] = post
        elif before.observed_at <= post.observed_at:
            newest[post.external_id] = filled(post, before)
        else:
            newest[post.external_id] = filled(before, post)
    notes.skip("duplicate", count=len(posts) - len(newest))
    return list(newest.values())


def filled(reading: Post, other: Post) -> Post:
    """A reading with the counters it lacks taken from another one of the same post."""
    counts: dict[str, Any] = {
        name: getattr(other, name)
        for name in COUNTERS
        if getattr(reading, name) is None and getattr(other, name) is not None
    }
    if not counts:
        return reading
    steps = [step for step in (other.steps or "").split() if step.partition(":")[0] in counts]
    return reading._replace(**counts, steps=" ".join([*(reading.steps or "").split(), *steps]) or None)


def without_false_zeros(posts: list[Post]) -> list[Post]:
    """Zero views beside interactions were never counted (METRICS A.2)."""
    return [
        post._replace(views=None)
        if post.views == 0 and (post.reactions or post.comments or post.forwards)
        else post
        for post in posts
    ]


def fill_absent(values: Sequence[int | None], published: Sequence[int]) -> list[int | None]:
    """From the first post (by time) that carries a field on, absence is 0; before it, None (METRICS A.2)."""
    carried = [at for at, value in zip(published, values, strict=True) if value is not None]
    if not carried:
        return list(values)
    first = min(carried)
    return [
        0 if value is None and at >= first else value for at, value in zip(published, values, strict=True)
    ]


def hand_on(part: Part, notes: Notes, sink: Sink) -> ChannelContents:
    """Give one channel to the sink in chunks and count it."""
    posts = part.posts
    if not part.is_series:
        posts = (
            newest_readings(posts, notes) if len({post.external_id for post in posts}) < len(posts) else posts
        )
    posts = without_false_zeros(posts)
    for start in range(0, len(posts), CHUNK_ROWS):
        sink.take_posts(part.channel.key, posts[start : start + CHUNK_ROWS])
    audience = list({reading.observed_at: reading for reading in part.audience}.values())
    audience.sort(key=lambda reading: reading.observed_at)
    for start in range(0, len(audience), CHUNK_ROWS):
        sink.take_audience(part.channel.key, audience[start : start + CHUNK_ROWS])
    return _count(part, posts, audience)


def _count(part: Part, posts: list[Post], audience: list[AudienceReading]) -> ChannelContents:
    contents = ChannelContents(part.channel)
    if part.is_series:
        posts = list(
            {post.external_id: post for post in sorted(posts, key=lambda post: post.observed_at)}.values()
        )
    if posts:
        columns = list(zip(*posts, strict=True))
        contents.posts = len(posts)
        contents.forwarded = sum(columns[_FORWARDED])
        dated = [at for at in columns[_PUBLISHED] if at]
        contents.first, contents.last = min(dated, default=None), max(dated, default=None)
        contents.approximate = any(columns[_STEPS])
        _count_fields(contents, columns)
    elif audience:
        contents.first, contents.last = audience[0].observed_at, audience[-1].observed_at
    elif part.days:
        contents.first, contents.last = part.days
    if audience:
        contents.fields["subscribers"] = len(audience)
        contents.subscribers = audience[-1].subscribers
        contents.approximate |= not posts and any(reading.step for reading in audience)
    return contents


def _count_fields(contents: ChannelContents, columns: Sequence[Iterable[int | None]]) -> None:
    for name, position in _COUNTER_POSITIONS.items():
        known = [value for value in columns[position] if value is not None]
        if known:
            contents.fields[name] = len(known)
            contents.totals[name] = sum(known)
