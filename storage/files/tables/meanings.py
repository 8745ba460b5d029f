"""What each column of a table is: its values first, its title second.

A column named like a counter that holds shares is none; one that holds dates is a date whatever its title; one that is
the sum of others is their sum. Everything is decided on a sample and kept until the table changes.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from metrics.errors import DomainError
from storage.files.tables.columns import COUNTER_MEANINGS, map_columns, meaning_of
from storage.files.tables.dates import read_dates
from storage.files.tables.numbers import read_counts
from storage.files.tables.profiles import MOST, SAMPLE, SOME_YEAR, profile_of, spread
from storage.files.tables.table import Table
from storage.files.tables.title_words import age_of, read_title, words_of

_PARTS = ("reactions", "comments", "forwards", "saves", "dislikes")
_SUM_ROWS = 500
_LEAST_TEXTS, _MOST_TEXTS, _SENTENCE_WORDS = 3, 0.7, 3
_FIRST_LOOK = 20  # cells
_LEAST_SUMS = 3
_MOST_PARTS = 8
_DAY_READ = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?(?!\d)")  # «Просмотры 03.11»
_BRACKETS_BEHIND = re.compile(r"\s*\([^)]*\)\s*$")
_SHARE_BEHIND = re.compile(r"\d[^()%]*\([^)]*%\s*\)\s*$")
_PART_OF_TIME = re.compile(
    r"\b(?:час|сутки|недел[яюи]|месяц|hour|day|week|month)\b", re.IGNORECASE
)  # «Просмотры за неделю»
_PART_OF_ALL = re.compile(r"(?:organic\w*|органи[кч]\w*|органіч\w*|unique|уникальн\w*|унікальн\w*)$")
_DAY_S = 86_400
_AFTER_AGES = 1e9  # seconds, above every age


def columns_of(table: Table, names: Mapping[str, str] | None = None) -> dict[str, list[int]]:
    """Returns meaning -> positions of its columns, the preferred first.

    `names` are what a service's titles mean, as in `map_columns`.
    """
    key = (tuple(table.titles), tuple(map(id, table.columns)), id(names), tuple(table.said.items()))
    known = table.known.get(key)
    if known is None:
        known = table.known[key] = _columns_of(table, names)
    return {meaning: list(places) for meaning, places in known.items()}


def ages_of(table: Table, where: Mapping[str, Sequence[int]]) -> dict[int, int]:
    """Returns position -> age in seconds, of the columns of views that say at which age they were read."""
    return {
        place: age
        for place in where.get("views", ())
        if (age := age_of(table.titles[place]))
        and place not in table.said
        and profile_of(table, place).filled
    }


def preferred(table: Table, places: Sequence[int]) -> int:
    """Returns, of columns of one meaning, the first, unless another has more than twice as many filled cells.

    So `shares` stands beside a bare `forwards`.
    """
    if len(places) == 1:
        return places[0]
    filled = {place: sum(cell not in ("", None) for cell in table.columns[place]) for place in places}
    fullest = max(filled.values())
    return next(place for place in places if filled[place] * 2 >= fullest)


def date_candidates(table: Table) -> list[int]:
    """Returns the columns that hold dates, whatever they are called."""
    return [place for place in range(len(table.columns)) if profile_of(table, place).is_date]


def _columns_of(table: Table, names: Mapping[str, str] | None) -> dict[str, list[int]]:
    where = _as_said(map_columns(table.titles, names), table.said)
    for meaning in COUNTER_MEANINGS:
        if meaning in where and meaning not in table.told:
            kept = [place for place in where[meaning] if not _is_no_count(table, place)]
            where[meaning] = sorted(
                kept, key=lambda place: (_is_part(table, place), -_age_rank(table, place))
            )
    if not names:
        _mind_values(table, where)
    _name_dates(table, where, names)
    if not names and "text" not in where and "text" not in table.told:
        _name_text(table, where)
    _name_sum(table, where)
    return {meaning: places for meaning, places in where.items() if places}


def _as_said(where: dict[str, list[int]], said: Mapping[int, str]) -> dict[str, list[int]]:
    """Returns the meanings with a person's word before the title; it takes the meaning from other columns."""
    if not said:
        return where
    told = {meaning: [place for place, one in said.items() if one == meaning] for meaning in said.values()}
    told.pop("", None)
    others = {
        meaning: [place for place in places if place not in said]
        for meaning, places in where.items()
        if meaning not in told
    }
    return {meaning: places for meaning, places in {**others, **told}.items() if places}


def _mind_values(table: Table, where: dict[str, list[int]]) -> None:
    """Mends words that stand for two things by the cells under them.

    «Переслано» over counts is no mark of forwarded posts, «Контент» over sentences no id.
    """
    for place, title in enumerate(table.titles):
        if place not in table.said and (meaning := _counted_beside_share(table, place, title)):
            where.setdefault(meaning, []).append(place)
    for place in [place for place in where.get("is_forwarded", ()) if _counts_forwards(table, place)]:
        where["is_forwarded"].remove(place)
        where.setdefault("forwards", []).append(place)
    for place in [place for place in where.get("id", ()) if _holds_sentences(table, place)]:
        where["id"].remove(place)
        where.setdefault("text", []).append(place)


def _counted_beside_share(table: Table, place: int, title: str) -> str | None:
    """Returns what «Просмотры (ERR)» counts, where counts stand before shares in brackets: «1 234 (12,3 %)»."""
    bare = _BRACKETS_BEHIND.sub("", title)
    meaning = meaning_of(bare) if bare != title and meaning_of(title) is None else None
    if meaning not in COUNTER_MEANINGS:
        return None
    filled = [str(cell) for cell in table.columns[place][:SAMPLE] if cell not in ("", None)]
    shares = sum(map(bool, map(_SHARE_BEHIND.match, filled)))
    return meaning if filled and shares >= MOST * len(filled) else None


def _counts_forwards(table: Table, place: int) -> bool:
    if "from" in words_of(table.titles[place]) or not profile_of(table, place).is_counter:
        return False
    counts = [count for count in read_counts(table.columns[place][:SAMPLE]).values if count is not None]
    return any(count > 1 for count in counts)


def _holds_sentences(table: Table, place: int) -> bool:
    cells = [str(cell).strip() for cell in table.columns[place][:SAMPLE] if cell not in ("", None)]
    return bool(cells) and sum(len(cell.split()) > 1 for cell in cells) >= len(cells) / 2


def _name_text(table: Table, where: dict[str, list[int]]) -> None:
    """Finds the texts where no title names them: the column of sentences that differ from row to row."""
    taken = {*table.said, *(place for places in where.values() for place in places)}
    for place in range(len(table.columns)):
        if place not in taken and _are_texts(table.columns[place]) and not profile_of(table, place).is_date:
            where["text"] = [place]
            return


def _are_texts(cells: Sequence[Any]) -> bool:
    filled = [str(cell) for cell in cells[:SAMPLE] if cell not in ("", None)]
    if not any(len(cell.split()) >= _SENTENCE_WORDS for cell in filled[:_FIRST_LOOK]):
        return False
    if len(filled) < max(_LEAST_TEXTS, len(cells[:SAMPLE]) * _MOST_TEXTS):
        return False
    sentences = sum(len(cell.split()) >= _SENTENCE_WORDS and any(map(str.isalpha, cell)) for cell in filled)
    return sentences >= _MOST_TEXTS * len(filled) and len(set(filled)) >= MOST * len(filled)


def _is_part(table: Table, place: int) -> bool:
    """Tells whether a title counts a part of what another may count whole: «Охват органический», `Unique views`."""
    return any(map(_PART_OF_ALL.match, words_of(table.titles[place])))


def _age_rank(table: Table, place: int) -> float:
    """Returns a rank: views of now go before views at an age or of a day, the later before the earlier."""
    if dated := _DAY_READ.search(table.titles[place]):
        day, month, year = (int(part or 0) for part in dated.groups())
        return _AFTER_AGES + (year % 100 * 12 + month) * 31 + day
    return age_of(table.titles[place]) or (
        _DAY_S if _PART_OF_TIME.search(table.titles[place]) else float("inf")
    )


def _is_no_count(table: Table, place: int) -> bool:
    seen = profile_of(table, place)
    return bool(seen.filled) and (
        seen.fractions > 1 - MOST or (seen.counts == 0 and not _holds_objects(table, place))
    )


def _holds_objects(table: Table, place: int) -> bool:
    return any(
        isinstance(cell, str) and len(cell) > 1 and not cell[:1].isalnum()
        for cell in table.columns[place][:SAMPLE]
    )


def _name_dates(table: Table, where: dict[str, list[int]], names: Mapping[str, str] | None) -> None:
    """Puts titled columns that hold dates first; else, if exactly one other column holds dates, that one."""
    titled = where.get("date", [])
    if "date" in table.told:
        return
    good = [place for place in titled if profile_of(table, place).is_date]
    if good:
        where["date"] = good + [place for place in titled if place not in good]
        return
    if names and titled and not all(profile_of(table, place).filled for place in titled):
        return
    if any(profile_of(table, place).dates > 0 for place in titled):
        return
    taken = {place for meaning, places in where.items() if meaning != "date" for place in places}
    others = [
        place
        for place in date_candidates(table)
        if (place not in taken or place in titled) and place not in table.said
    ]
    free = [place for place in others if read_title(table.titles[place]).aside is None]
    if free and _are_same_moments(table, free):
        where["date"] = [*free, *titled]
    elif titled and all(profile_of(table, place).filled for place in titled) and len(table) > 1:
        where["date"] = titled


def _are_same_moments(table: Table, places: Sequence[int]) -> bool:
    """Tells whether it is one column, or several of the same moments (seconds, and a date in words)."""
    if len(places) == 1:
        return True
    try:
        read = {
            tuple(read_dates(spread(table.columns[place]), ZoneInfo("UTC"), around=SOME_YEAR).values)
            for place in places
        }
    except DomainError:
        return False
    return len(read) == 1


def _name_sum(table: Table, where: dict[str, list[int]]) -> None:
    """Renames a column equal to the sum of others to their sum, whatever its title (often Reactions)."""
    _prefer_sums_of_a_kind(table, where)
    parts = [place for name in _PARTS for place in where.get(name, ())][:_MOST_PARTS]
    if len(parts) < _LEAST_SUMS - 1:
        return
    taken = {place for places in where.values() for place in places}
    unnamed = [
        place
        for place in range(len(table.columns))
        if place not in taken
        and place not in table.said
        and read_title(table.titles[place]).aside in (None, "other")
        and profile_of(table, place).is_counter
    ]
    counts = {place: _sampled(table.columns[place]) for place in (*parts, *unnamed[:_MOST_PARTS])}
    for target in (*parts, *unnamed[:_MOST_PARTS]):
        rest = [place for place in parts if place != target]
        least = _LEAST_SUMS if target in unnamed or target in where.get("reactions", ()) else _MOST_PARTS
        if _is_sum(counts, target, rest, least):
            for name in _PARTS:
                where[name] = [place for place in where.get(name, ()) if place != target]
            where.setdefault("interactions_sum", []).insert(0, target)
            return


def _prefer_sums_of_a_kind(table: Table, where: dict[str, list[int]]) -> None:
    """Keeps, of several columns of one meaning, the one that adds up the others (all kinds of reactions)."""
    for name in _PARTS:
        places = where.get(name, [])[:_MOST_PARTS]
        if len(places) < _LEAST_SUMS:
            continue
        counts = {place: _sampled(table.columns[place]) for place in places}
        for target in places:
            rest = [place for place in places if place != target]
            if _is_sum(counts, target, rest, _LEAST_SUMS):
                where[name] = [target]
                break


def _sampled(cells: Sequence[Any]) -> list[int | None]:
    return read_counts(cells[:: max(1, len(cells) // _SUM_ROWS)]).values


def _is_sum(counts: Mapping[int, list[int | None]], target: int, rest: Sequence[int], least: int) -> bool:
    """Tells whether two or more of the rest add up to the target in 90 % of the rows.

    In several of them there must be more than one part.
    """
    for size in range(len(rest), 1, -1):
        for chosen in combinations(rest, size):
            rows = list(
                zip(counts[target], zip(*(counts[place] for place in chosen), strict=True), strict=True)
            )
            told = [(total, parts) for total, parts in rows if total is not None and any(parts)]
            equal = [parts for total, parts in told if total == sum(part or 0 for part in parts)]
            # Sums that are all of one kind are chance: 3 = 1 + 2 in every row of a small channel.
            telling = {parts for parts in equal if sum(map(bool, parts)) > 1}
            if len(equal) >= MOST * len(told) and len(telling) >= least:
                return True
    return False
