"""An account of a table, column by column: what each was taken for, or why it was left aside."""

from collections.abc import Mapping, Sequence

from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.meanings import ages_of, preferred
from storage.files.tables.profiles import profile_of
from storage.files.tables.published import clock_column
from storage.files.tables.table import Table
from storage.files.tables.title_words import aside_of, read_title
from storage.files.upload.understood import ColumnUse

_SOME = 0.1
_ONE_OF_ITS_KIND = (*COUNTER_MEANINGS, "text", "kind", "subscribers")


def account_of(table: Table, where: Mapping[str, Sequence[int]], file: str) -> list[ColumnUse]:
    """Returns what each column was taken for. `where`: the meanings by which the table was read."""
    meanings = {place: name for name, places in where.items() for place in places}
    used = {name: preferred(table, places) for name, places in where.items() if name in _ONE_OF_ITS_KIND}
    ages = ages_of(table, where)
    clock = clock_column(table)
    parts = {part: meanings.get(made) for made, places in table.made.items() for part in places}
    found = []
    for place, title in enumerate(shown_titles(table)):
        meaning = meanings.get(place)
        if place in table.made:
            continue
        if meaning is None and (part := parts.get(place)):
            found.append(ColumnUse(file, title, part, None))
        elif meaning is None and table.columns[place] is clock:
            found.append(ColumnUse(file, title, "date", None))
        elif meaning is None or (used.get(meaning, place) != place and place not in ages):
            found.append(ColumnUse(file, title, None, _why(table, place, meaning)))
        else:
            found.append(ColumnUse(file, title, meaning, None))
    return [use for use in found if use.title]


def shown_titles(table: Table) -> list[str]:
    """Returns the titles as a person knows them; one that comes again with its number."""
    titles = [table.written(place) for place in range(len(table.titles))]
    return [
        f"{title} ({before + 1})" if title and (before := titles[:place].count(title)) else title
        for place, title in enumerate(titles)
    ]


def _why(table: Table, place: int, meaning: str | None) -> str:
    seen = profile_of(table, place)
    if not seen.filled:
        return "empty"
    told = read_title(table.titles[place]).aside or aside_of(table.titles[place])
    if told:
        return told
    if meaning:
        return "second"
    return "share" if seen.fractions > _SOME and seen.is_percent else "unknown"
