"""Albums in tables. With an album column its members are known; without one only the unmistakable are merged:
neighbouring ids of one channel in the same second, every one with media, a text on at most one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from metrics.posts import COUNTERS, Post
from storage.files.formats.kinds import Part
from storage.files.tables.facts import read_flags
from storage.files.tables.json_lists import largest
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_NO_MEDIA = frozenset({"text", "link", "poll", "reply"})
_DOUBTFUL = 3
MAX_ALBUM = 10  # Telegram's own limit


def merge_albums(parts: list[Part], table: Table, where: Mapping[str, list[int]], notes: Notes) -> None:
    """Merges albums in place, where the table has a column that tells media from text."""
    grouped = where.get("album")
    ids = where.get("id")
    if not ids or not (grouped or "kind" in where or "has_media" in where):
        return
    known = _groups(table, ids[0], grouped[0]) if grouped else None
    media = _with_media(table, where, ids[0])
    for part in parts:
        merged = _merge(part.posts, media, known)
        notes.skip("album_member", count=len(part.posts) - len(merged))
        part.posts = merged


def doubt_albums(parts: Sequence[Part], notes: Notes) -> None:
    """Warns about rows that look like albums: of one second, with neighbouring ids and no text.

    Nothing in the table says they are.
    """
    for part in parts:
        published = part.columns.column("published_at")
        if len(set(published)) == len(published):
            continue
        ids = part.columns.column("external_id")
        shared = Counter(at for at, _ in set(zip(published, ids, strict=True)))
        rows = zip(published, *map(part.columns.column, ("text_length", "time_known")), strict=True)
        doubtful = sum(known and not length and shared[at] > 1 for at, length, known in rows)
        if doubtful >= _DOUBTFUL and doubtful * 4 >= len(published):
            notes.warn("albums_apart", count=doubtful)


def _groups(table: Table, ids: int, grouped: int) -> dict[str, Any]:
    return {
        _id(post): group
        for post, group in zip(table.columns[ids], table.columns[grouped], strict=True)
        if _id(group)
    }


def _with_media(table: Table, where: Mapping[str, list[int]], ids: int) -> set[str]:
    posts = list(map(_id, table.columns[ids]))
    if "has_media" in where:
        flags = read_flags(table.columns[where["has_media"][0]])
        return {post for post, flag in zip(posts, flags, strict=True) if flag}
    return set(posts)


def _id(cell: Any) -> str:
    return (
        str(int(cell))
        if isinstance(cell, float) and cell.is_integer()
        else str(cell or "").strip().removesuffix(".0")
    )


def _merge(posts: list[Post], media: set[str], known: dict[str, Any] | None) -> list[Post]:
    """Returns posts with albums merged: their members stand side by side once sorted by time and id."""
    runs: list[list[Post]] = []
    for post in sorted(posts, key=lambda post: (post.published_at, post.external_id.zfill(20))):
        if runs and _is_same_album(runs[-1], post, media, known):
            runs[-1].append(post)
        else:
            runs.append([post])
    return [merge_members(run) for run in runs]


def _is_same_album(run: Sequence[Post], post: Post, media: set[str], known: dict[str, Any] | None) -> bool:
    last = run[-1]
    if known is not None:
        group = known.get(post.external_id)
        return group is not None and group == known.get(last.external_id)
    return (
        post.published_at == last.published_at
        and len(run) < MAX_ALBUM
        and last.format not in _NO_MEDIA
        and post.format not in _NO_MEDIA
        and {last.external_id, post.external_id} <= media
        and follows(last.external_id, post.external_id)
        and (not post.text_length or not any(member.text_length for member in run))
    )


def follows(one: str, other: str) -> bool:
    return one.isdigit() and other.isdigit() and int(other) == int(one) + 1


def merge_members(run: Sequence[Post]) -> Post:
    """Returns one post: the first member's id, the text of the one that has it, each counter's maximum."""
    first = run[0]
    if len(run) == 1:
        return first
    told = max(run, key=lambda post: post.text_length or 0)
    counters: dict[str, Any] = {name: largest(getattr(post, name) for post in run) for name in COUNTERS}
    return first._replace(
        format="album",
        title=told.title,
        text_length=told.text_length,
        hashtags=told.hashtags,
        is_ad=any(post.is_ad for post in run),
        is_forwarded=any(post.is_forwarded for post in run),
        **counters,
    )
