"""What `/export` of this program wrote, read back as it was: moments, kinds, marks, rounding and all.

Its titles are those of `bot/locales/*/export.po` and `files.po`; tests hold the two together.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from metrics.errors import DomainError
from metrics.posts import COUNTERS, FORMATS
from storage.files.formats.generic import guess_platform
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.account import account_of
from storage.files.tables.channels import find_channels
from storage.files.tables.facts import read_flags, read_ids
from storage.files.tables.numbers import read_counts
from storage.files.tables.published import read_published
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes
from storage.post_columns import PostColumns

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
# Sheets that hold no post: readings, months, how it was reckoned.
_OTHERS = (
    {"id поста", "дата", "замер"},
    {"post id", "date", "read at"},
    {"месяц", "постов"},
    {"month", "posts"},
    {"что", "как"},
    {"what", "how"},
)
KINDS = {
    word: kind
    for words in (
        ("текст", "фото", "видео", "альбом", "опрос", "аудио", "голосовое", "файл", "ссылка", "рилс", "шортс", "история", "ответ", "другое"),
        FORMATS,
    )
    for word, kind in zip(words, FORMATS, strict=True)
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a cell of CSV is defused before, by one apostrophe
_STEPS = re.compile(rf"(?:(?:{'|'.join(COUNTERS)}):\d{{1,12}}(?: |$))+")


def recognise(table: Table) -> Recognition | None:
    names = table.names
    if _language(names) is not None:
        return Recognition(0.97, "the titles of an export of this program")
    if any(set(names[: len(titles)]) == titles for titles in _OTHERS):
        return Recognition(0.97, "a sheet of an export of this program that holds no posts")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    language = _language(table.names)
    if language is None and table.sheet is not None:
        return []  # the posts are beside it
    if language is None or not len(table):
        raise DomainError("file.no_posts")
    where = _places(table, language)
    notes.account(account_of(table, where, notes.name))
    columns = _columns(table, where, notes)
    found = find_channels(table, where, guess_platform(table, where)).channels[0]
    dated = [row for row, at in enumerate(columns["published_at"]) if at is not None]
    if len(dated) < len(table):
        notes.skip("no_date", count=len(table) - len(dated))
        columns = {name: [cells[row] for row in dated] for name, cells in columns.items()}
    return [Part(found, PostColumns(columns, len(dated)))]


def _language(names: Sequence[str]) -> str | None:
    return next((language for language, titles in TITLES.items() if set(titles) <= set(names)), None)


def _places(table: Table, language: str) -> dict[str, list[int]]:
    titles = {
        **dict(zip(_POSTS, TITLES[language], strict=True)),
        **dict(zip(COUNTERS, COUNTER_TITLES[language], strict=True)),
        **BESIDE[language],
    }
    return {name: [table.names.index(title)] for name, title in titles.items() if title in table.names}


def _columns(table: Table, where: dict[str, list[int]], notes: Notes) -> dict[str, Cells]:
    cells = {name: table.columns[places[0]] for name, places in where.items()}
    read_text = _text if table.sheet is not None else _defused_text  # a workbook says itself what is a text
    published = read_published(table, where["date"], "day", notes)
    ids, titles, links = ([read_text(cell) for cell in cells[name]] for name in ("id", "text", "link"))
    columns: dict[str, Cells] = {
        "external_id": read_ids([text or "" for text in ids], links, published.values),
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
    """An empty cell: the source did not say when it counted."""
    newest = notes.observed(max((at for at in published if at is not None), default=0))
    told: Sequence[int | None] = [None] * len(table)
    if any(cell not in ("", None) for cell in table.columns[where["observed"][0]]):
        told = read_published(table, where["observed"], "day", notes).values
    return {
        "observed_at": [newest if at is None else at for at in told],
        "observed_exact": [at is not None for at in told],
    }


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
