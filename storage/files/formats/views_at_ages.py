"""Views of posts at ages that the titles name («через 24ч», «через 48ч»): a reading at each, and one of now where views of now stand beside."""

from collections.abc import Mapping, Sequence

from storage.files.formats.kinds import Part
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.meanings import ages_of
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes


def read_at_ages(table: Table, where: Mapping[str, list[int]], family: Family, notes: Notes) -> list[Part]:
    """Reads views at ages; the other counters belong to the last reading, having no other moment."""
    ages = ages_of(table, where)
    now = [place for place in where["views"] if place not in ages]
    counted = {place for name in COUNTER_MEANINGS for place in where.get(name, ())}
    latest = None if now else max(ages, key=lambda place: ages[place])
    parts: dict[str, Part] = {}
    aside = Notes(notes.zone, notes.as_of, notes.modified, notes.moment, notes.name, hints=notes.hints)
    for place, age in sorted(ages.items(), key=lambda one: one[1]):
        others = counted if place != latest else set(ages)
        kept = [spot for spot in range(len(table.titles)) if spot == place or spot not in others]
        _add(
            parts, read_posts(_columns(table, kept, place), family, notes if place == latest else aside), age
        )
    if now:
        kept = [spot for spot in range(len(table.titles)) if spot not in ages]
        _add(parts, _not_before(parts, read_posts(_columns(table, kept), family, notes)), None)
    notes.account(aside.columns.values())
    return list(parts.values())


def _not_before(parts: Mapping[str, Part], now: Sequence[Part]) -> Sequence[Part]:
    """Returns the parts of now, read no earlier than the last of the views at ages.

    That holds whatever moment the file was taken to be of.
    """
    read = [post.observed_at for part in parts.values() for post in part.posts]
    latest = max(read, default=0)
    for part in now:
        part.posts = [
            post if post.observed_at >= latest else post._replace(observed_at=latest, observed_exact=False)
            for post in part.posts
        ]
    return now


def _columns(table: Table, places: Sequence[int], views: int | None = None) -> Table:
    """Returns these columns; with `views`, only the posts that were counted by then."""
    rows = [row for row in range(len(table)) if views is None or table.columns[views][row] not in ("", None)]
    return Table(
        ["views" if place == views else table.titles[place] for place in places],
        [[table.columns[place][row] for row in rows] for place in places],
        [table.rows[row] for row in rows],
        sheet=table.sheet,
        said={new: table.said[place] for new, place in enumerate(places) if place in table.said},
        shown=[table.written(place) for place in places],
    )


def _add(parts: dict[str, Part], found: Sequence[Part], age: int | None) -> None:
    for part in found:
        target = parts.setdefault(part.channel.key, Part(part.channel, is_series=True))
        target.audience = target.audience or part.audience
        target.posts.extend(
            post
            if age is None
            else post._replace(observed_at=post.published_at + age, observed_exact=post.time_known)
            for post in part.posts
        )
