"""Posts listed in words, as people paste them: «12.10 — Пост — 1 234 просмотра» a line, or a few lines a post -> rows of a table.

What is counted stands beside its number, before it («Просмотры: 1234», «👁 1,2К») or behind it («45 реакций»).
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from metrics.errors import DomainError
from storage.files.decode.column_rows import Row
from storage.files.tables.channel_names import may_be_channel
from storage.files.tables.columns import known_titles
from storage.files.tables.pieces_of_posts import (
    EDGES,
    Item,
    begins_with_date,
    figures_at_end,
    read_item,
    take_date,
    without_number,
)

_MOST_CHARS = 300_000  # of a list that somebody has typed or pasted
_LEAST_POSTS, _MOST_OTHERS = 3, 0.4
_HEADER_LINES, _TITLES = 30, 2
_LONGEST_ITEM = 8000
_SHORT_DAY = 60


def rows_of_lines(text: str) -> list[Row] | None:
    """Returns a table of the posts that a text lists in words; None for any other text.

    Raises DomainError: file.list_without_dates for a list whose posts have no date, file.totals for one of weeks.
    """
    if len(text) > _MOST_CHARS:
        return None
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    filled = [line for line in lines if line]
    if len(filled) < _LEAST_POSTS or max(map(len, filled)) > _LONGEST_ITEM or _has_titles(filled):
        return None
    for pieces in (_dated_lines(filled), _by_blank_lines(lines), _by_dates(filled)):
        items = [read_item(piece) for piece in pieces if len(piece) < _LONGEST_ITEM]
        items = _under_headings(items)
        posts = [item for item in items if item.date and item.counts and not item.is_sum]
        if sum(item.is_sum and bool(item.counts) for item in items) >= max(_LEAST_POSTS, len(posts)):
            raise DomainError("file.totals")
        if len(posts) >= _LEAST_POSTS and len(items) - len(posts) <= _MOST_OTHERS * len(items):
            return _as_rows(posts)
    return None if _is_delimited(filled) else _without_words(filled)


def _without_words(lines: Sequence[str]) -> list[Row] | None:
    """Returns rows without titles of lines that end in figures and do not say of what: a person will tell.

    Raises DomainError("file.list_without_dates").
    """
    bare = [(*take_date(without_number(line)), line) for line in lines]
    figures = {line: figures_at_end(rest) for date, rest, line in bare if date}
    least = min(map(len, figures.values()), default=0)
    if least and len(figures) == len(lines):
        return [
            [
                date,
                " ".join(rest[: found[-least].start()].strip(EDGES).split()),
                *(one[1] for one in found[-least:]),
            ]
            for date, rest, line in bare
            if (found := figures[line])
        ]
    undated = sum(
        not date and bool(read_item(line).counts or _ends_in_figures(rest)) for date, rest, line in bare
    )
    if undated >= _LEAST_POSTS and undated * 2 > len(lines):
        raise DomainError("file.list_without_dates")
    return None


def _ends_in_figures(line: str) -> bool:
    """Tells whether a line is words or a link, and figures behind them."""
    found = figures_at_end(line)
    return bool(found and any(map(str.isalpha, line[: found[0].start()])))


def _has_titles(lines: Sequence[str]) -> bool:
    """Tells whether a line above names columns, or is markup: then it is a table, whatever stands in its cells."""
    for line in lines[:_HEADER_LINES]:
        cells = [cell.strip(' "') for cell in re.split(r"[\t;|,]", line)]
        if not any(map(str.isdigit, line)) and known_titles(cells) >= _TITLES:
            return True
    return lines[0].startswith(("<", "{", "[{", "+--"))


def _is_delimited(lines: Sequence[str]) -> bool:
    """Tells whether most lines have as many delimiters each: columns nobody has named."""
    return any(
        times > (mark != "\t") and lines_of_it * 2 > len(lines)
        for mark in "\t;|,"
        for times, lines_of_it in Counter(line.count(mark) for line in lines).most_common(1)
    )


def _dated_lines(lines: Sequence[str]) -> list[str]:
    """Returns lines that are a post each; below a day of its own («12 октября») they get that day."""
    found, day = [], ""
    for line in lines:
        date, rest = take_date(line)
        if date and len(line) <= _SHORT_DAY and not rest.strip(EDGES):
            day = date
        elif day and not begins_with_date(line):
            found.append(f"{day} {line}")
        else:
            found.append(line)
    return found


def _by_blank_lines(lines: Sequence[str]) -> list[str]:
    return [piece for piece in re.split(r"\n\s*\n", "\n".join(lines)) if piece.strip()]


def _by_dates(lines: Sequence[str]) -> list[str]:
    """Returns blocks that begin with a line that has a date."""
    starts = [place for place, line in enumerate(lines) if begins_with_date(line)]
    return ["\n".join(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def _under_headings(items: Sequence[Item]) -> list[Item]:
    """Returns items with the channel they stand under, where each is called by a line above that may be one."""
    found, heading = list[Item](), ""
    for place, item in enumerate(items):
        is_heading = not (item.date or item.link or item.counts) and _is_post(items[place + 1 : place + 2])
        if is_heading:
            heading = item.text
        found.append(
            item if is_heading or not _is_post([item]) else item._replace(channel=item.channel or heading)
        )
    headings = {item.channel for item in found if _is_post([item])}
    return found if len(headings) > 1 and all(map(may_be_channel, headings)) else list(items)


def _is_post(items: Sequence[Item]) -> bool:
    return bool(items) and bool(items[0].date and items[0].counts)


def _as_rows(posts: Sequence[Item]) -> list[Row]:
    """Returns titles and rows; what no post has gets no column."""
    titles: dict[str, str] = {}
    for item in posts:
        for key, (title, _) in item.counts.items():
            titles.setdefault(key, title)
    columns: list[Row] = [["Дата", *(item.date for item in posts)]]
    columns += [
        [title, *cells]
        for title, cells in (
            ("Ссылка", [item.link for item in posts]),
            ("Канал", [item.channel for item in posts]),
            ("Текст", [item.text for item in posts]),
            ("Цена", [item.price for item in posts]),
        )
        if any(cells)
    ]
    for key, title in titles.items():
        columns.append([title, *(item.counts[key][1] if key in item.counts else "" for item in posts)])
    return [list(row) for row in zip(*columns, strict=True)]
