"""What `/export` of this program wrote, read back as it was: moments, kinds, marks, rounding and all.

The title of the date names the zone that its moments are written in, so they are the same wherever the file is read; of an
hour that clocks repeat in autumn the first is taken. Its titles are those of `bot/core/locales/*/export.po` and `files.po`; tests hold the two together.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from metrics.errors import DomainError
from metrics.posts import COUNTERS, FORMATS
from storage.files.formats.generic import guess_platform
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.account import account_of
from storage.files.tables.channels import find_channels
from storage.files.tables.daily import audience_of
from storage.files.tables.dates import Dates, read_dates
from storage.files.tables.facts import numbered, read_flags, read_ids, with_its_text
from storage.files.tables.numbers import read_counts
from storage.files.tables.published import read_published
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes
from storage.workspace.post_columns import PostColumns

Cells = Sequence[Any]
_POSTS = ("id", "date", "text", "link", "kind", "is_ad", "is_forwarded", "observed")
TITLES = {
    "ru": ("id", "дата", "заголовок", "ссылка", "вид", "реклама", "пересланный", "замер"),
    "en": ("id", "date", "title", "link", "kind", "ad", "forwarded", "read at"),
}
BESIDE = {  # columns that most channels lack
    "ru": {"text_length": "длина текста", "hashtags": "хештеги", "steps": "округление"},
    "en": {"text_length": "text length", "hashtags": "hashtags", "steps": "rounding"},
}
COUNTER_TITLES = {
    "ru": ("просмотры", "охват", "реакции", "дизлайки", "комментарии", "репосты", "сохранения", "клики", "звезды", "сумма взаимодействий"),
    "en": ("views", "reach", "reactions", "dislikes", "comments", "forwards", "saves", "clicks", "stars", "sum of interactions"),
}  # fmt: skip
AUDIENCE_TITLES = {"ru": ("дата", "подписчики"), "en": ("date", "subscribers")}
# Sheets that hold no post, by their names: the titles that they begin with.
OTHERS = {
    "замеры": ("id поста", "дата", "замер"),
    "readings": ("post id", "date", "read at"),
    "месяцы": ("месяц", "постов"),
    "months": ("month", "posts"),
    "как считали": ("что", "как"),
    "how calculated": ("what", "how"),
}
KINDS = {
    word: kind
    for words in (
        ("текст", "фото", "видео", "альбом", "опрос", "аудио", "голосовое", "файл", "ссылка", "рилс", "шортс", "история", "ответ", "другое"),
        FORMATS,
    )
    for word, kind in zip(words, FORMATS, strict=True)
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a cell of CSV is defused before, by one apostrophe
_ZONE = re.compile(r" \(([\w+/-]+)\)$")  # «дата (Europe/Moscow)»
_STEPS = re.compile(rf"(?:(?:{'|'.join(COUNTERS)}):\d{{1,12}}(?: |$))+")


def recognise(table: Table) -> Recognition | None:
    names = _names(table)
    if _language(names) is not None:
        return Recognition(0.97, "the titles of an export of this program")
    others = OTHERS.get(table.sheet or "", ())
    if others and tuple(names[: len(others)]) == others:
        return Recognition(0.97, "a sheet of an export of this program that holds no posts")
    if tuple(names) in AUDIENCE_TITLES.values() and _zone(table) is not None:
        return Recognition(0.97, "subscribers in an export of this program")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    names = _names(table)
    if tuple(names) in AUDIENCE_TITLES.values():
        return [_audience(table, notes)]
    language = _language(names)
    if language is None:
        return []  # the posts are beside it
    if not len(table):
        raise DomainError("file.no_posts")
    where = _places(names, language)
    notes.account(account_of(table, where, notes.name))
    columns = _columns(table, where, notes)
    found = find_channels(table, where, guess_platform(table, where)).channels[0]
    dated = [row for row, at in enumerate(columns["published_at"]) if at is not None]
    if len(dated) < len(table):
        notes.skip("no_date", count=len(table) - len(dated))
        columns = {name: [cells[row] for row in dated] for name, cells in columns.items()}
    return [Part(found, PostColumns(columns, len(dated)))]


def _audience(table: Table, notes: Notes) -> Part:
    moments = _moments(table, 0, notes).values
    return Part(channel("other"), audience=audience_of(moments, table.columns[1]))


def _names(table: Table) -> list[str]:
    """Returns the titles without the zone that the one of the date names."""
    return [_ZONE.sub("", name) for name in table.names]


def _zone(table: Table) -> ZoneInfo | None:
    """Returns the zone that a title names; None where somebody took it out."""
    for title in table.titles:
        if found := _ZONE.search(title):
            try:
                return ZoneInfo(found[1])
            except (LookupError, OSError, ValueError):
                return None
    return None


def _moments(table: Table, place: int, notes: Notes) -> Dates:
    zone = _zone(table)
    if zone is None:
        return read_published(table, [place], "day", notes)
    return read_dates(table.columns[place], zone, prefer="day", name=table.titles[place])


def _language(names: Sequence[str]) -> str | None:
    return next((language for language, titles in TITLES.items() if set(titles) <= set(names)), None)


def _places(names: Sequence[str], language: str) -> dict[str, list[int]]:
    titles = {
        **dict(zip(_POSTS, TITLES[language], strict=True)),
        **dict(zip(COUNTERS, COUNTER_TITLES[language], strict=True)),
        **BESIDE[language],
    }
    return {name: [names.index(title)] for name, title in titles.items() if title in names}


def _columns(table: Table, where: dict[str, list[int]], notes: Notes) -> dict[str, Cells]:
    cells = {name: table.columns[places[0]] for name, places in where.items()}
    read_text = _text if table.sheet is not None else _defused_text  # a workbook says itself what is a text
    published = _moments(table, where["date"][0], notes)
    ids, titles, links = ([read_text(cell) for cell in cells[name]] for name in ("id", "text", "link"))
    columns: dict[str, Cells] = {
        "external_id": numbered(read_ids(_ids(ids, titles), links, published.values, titles)),
        "published_at": published.values,
        "time_known": [published.times_known] * len(table),
        "title": titles,
        "link": links,
        "format": [KINDS.get(str(cell).strip().casefold()) for cell in cells["kind"]],
        "is_ad": read_flags(cells["is_ad"]),
        "is_forwarded": read_flags(cells["is_forwarded"]),
    }
    numbers = [name for name in (*COUNTERS, "text_length") if name in cells]
    columns |= {name: read_counts(cells[name]).values for name in numbers}
    others: dict[str, Callable[[Any], str | None]] = {"hashtags": _hashtags, "steps": _steps}
    columns |= {name: list(map(read, cells[name])) for name, read in others.items() if name in cells}
    return columns | _observed(table, where, published.values, notes)


def _observed(
    table: Table, where: dict[str, list[int]], published: Sequence[int | None], notes: Notes
) -> dict[str, Cells]:
    """Returns when each row was counted, and whether the source says so: an empty cell says nothing."""
    newest = notes.observed(max((at for at in published if at is not None), default=0), by_name=False)
    told: Sequence[int | None] = [None] * len(table)
    if any(cell not in ("", None) for cell in table.columns[where["observed"][0]]):
        told = _moments(table, where["observed"][0], notes).values
    return {
        "observed_at": [newest if at is None else at for at in told],
        "observed_exact": [at is not None for at in told],
    }


def _ids(ids: Sequence[str | None], titles: Sequence[str | None]) -> list[str]:
    """Returns ids of now: exports of earlier versions hold ids of moments without the text."""
    return [with_its_text(name or "", title) for name, title in zip(ids, titles, strict=True)]


def _text(cell: Any) -> str | None:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # saved again by a spreadsheet that took it for a number
    return str(cell or "").strip() or None


def _defused_text(cell: Any) -> str | None:
    text = _text(cell)
    is_defused = text is not None and text.startswith("'") and text.lstrip("'").startswith(_FORMULA)
    return text[1:] if text is not None and is_defused else text


def _hashtags(cell: Any) -> str | None:
    return " ".join(word.lstrip("#") for word in str(cell or "").casefold().split()) or None


def _steps(cell: Any) -> str | None:
    text = str(cell or "").strip()
    return text if _STEPS.fullmatch(text) else None


FORMAT = Format("otklik_export", "table", recognise, read)
