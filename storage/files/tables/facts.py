"""The columns of a post that are no counters: ids, texts, kinds, flags."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from metrics.posts import OF_NO_ID
from storage.files.tables.columns import normalise
from storage.files.tables.links import read_post_link
from storage.files.tables.table import Table
from storage.files.tables.texts import read_texts as read_many

Cells = Sequence[Any]
ID_CHARS = 128

# Words of scrapers and services for kinds of posts; what is not here is "other".
FORMAT_WORDS: dict[str, str] = {
    "photo": "photo", "photos": "photo", "image": "photo", "ig image": "photo", "messagemediaphoto": "photo", "mediaphoto": "photo", "фото": "photo",
    "video": "video", "videos": "video", "ig video": "video", "видео": "video", "video_file": "video",
    "ig carousel": "album", "carousel": "album", "album": "album", "альбом": "album", "карусель": "album", "multi photo": "album",
    "ig reel": "reel", "reel": "reel", "reels": "reel", "ig story": "story", "story": "story", "stories": "story", "истории": "story",
    "short": "short", "shorts": "short", "text": "text", "status": "text", "текст": "text", "none": "text", "organic": "other",
    "link": "link", "links": "link", "ссылка": "link", "messagemediawebpage": "link", "mediawebpage": "link", "webpage": "link",
    "poll": "poll", "опрос": "poll", "messagemediapoll": "poll", "mediapoll": "poll", "audio": "audio", "аудио": "audio", "voice": "voice",
    "voice_message": "voice", "document": "file", "file": "file", "файл": "file", "messagemediadocument": "file", "mediadocument": "file",
    "reply": "reply", "post": "other", "message": "other",
}  # fmt: skip
# `1,80905E+16`: Excel has thrown the last digits of a long id away.
_ROUNDED_BY_EXCEL = re.compile(r"\s*\d(?:[.,]\d+)?[eE]\+\d{2}\s*$")
_OF_A_MOMENT = re.compile(rf"{OF_NO_ID}(\d+)(?:-\d{{1,7}})?")  # the hash of a text has eight characters
_NAN = "nan"  # how pandas writes an empty cell of text
_NO = frozenset({"", "0", "false", "no", "нет", "none", "null", "nan", "0.0"})


def read_texts(cells: Cells | None, length: int) -> dict[str, Cells]:
    if cells is None:
        return {
            "title": [None] * length,
            "text_length": [None] * length,
            "hashtags": [None] * length,
            "is_ad": [False] * length,
        }
    found = read_many(
        [_text(cell) for cell in cells]
        if _NAN in cells
        else [cell if type(cell) is str else _text(cell) for cell in cells]
    )
    return {
        "title": found.titles,
        "text_length": found.lengths,
        "hashtags": found.hashtags,
        "is_ad": found.ads,
    }


def _text(cell: Any) -> str:
    return "" if cell is None or cell == _NAN else str(cell)


def read_ids(
    ids: Cells | None,
    links: Cells | None,
    published: Sequence[int | None],
    titles: Sequence[str | None] | None = None,
) -> list[str]:
    """Returns a post's own id, else the end of its link, else its moment and its text.

    Ids of moments are numbered where several posts share both.
    """
    if ids is not None and are_rounded(ids):
        ids = None
    if ids is not None:
        kinds = set(map(type, ids))
        if kinds == {int}:
            return list(map(str, ids))
        if kinds == {float} and all(map(float.is_integer, ids)):
            return list(map(str, map(int, ids)))
        if kinds == {str} and "" not in ids:
            plain = max(map(len, ids)) <= ID_CHARS and "".join(ids).isalnum()
            return list(ids) if plain else [cell.strip()[:ID_CHARS] for cell in ids]
        named = [_id_text(cell) for cell in ids]
    else:
        named = _ids_of_links(links, published) if links is not None else [""] * len(published)
    told = titles or [None] * len(published)
    if all(named):
        return named
    return numbered(
        [name or name_of_moment(at, title) for name, at, title in zip(named, published, told, strict=True)]
    )


def are_rounded(ids: Cells) -> bool:
    """Tells whether Excel has thrown digits of an id away.

    A column without an exponent is cleared at once.
    """
    texts = [cell for cell in ids if type(cell) is str]
    joined = "".join(texts)
    return ("E+" in joined or "e+" in joined) and any(map(_ROUNDED_BY_EXCEL.match, texts))


def numbered(names: Sequence[str]) -> list[str]:
    """Returns ids; those made of moments are told apart by a number, from the second of one name on."""
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        if name.startswith(OF_NO_ID):
            seen[name] += 1
        result.append(f"{name}-{seen[name]}" if seen[name] > 1 else name)
    return result


def name_of_moment(at: int | None, title: str | None) -> str:
    """Returns the id of a post that has none: of its moment, and of its text where it has one.

    Stored ids are made of it: what it makes of a moment and a text must never change without a migration.
    """
    told = "".join(filter(str.isalnum, title.casefold())) if title else ""
    return f"{OF_NO_ID}{at}-{hashlib.sha256(told.encode()).hexdigest()[:8]}" if told else f"{OF_NO_ID}{at}"


def with_its_text(name: str, title: str | None) -> str:
    """Returns an id of a moment as earlier versions made it, with its text as now; any other as it is."""
    found = _OF_A_MOMENT.fullmatch(name)
    return name_of_moment(int(found[1]), title) if found and title else name


def first_repeated(ids: list[str]) -> int | None:
    if len(set(ids)) == len(ids):
        return None
    seen: set[str] = set()
    for row, name in enumerate(ids):
        if name in seen:
            return row
        seen.add(name)
    return None


def _id_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip() if cell is not None else ""
    return text.removesuffix(".0")[:ID_CHARS]


def _ids_of_links(links: Cells, published: Sequence[int | None]) -> list[str]:
    """Returns the ids of posts' addresses; a shop's address, or one for all, gives none.

    An address that comes back with one and the same moment is a post that stands there twice, or more.
    """
    found = [link.id if (link := read_post_link(cell)) else "" for cell in links]
    known = [(name, at) for name, at in zip(found, published, strict=True) if name]
    names = {name for name, _ in known}
    if len(names) * 2 < len(known) and (len(names) == 1 or len(set(known)) > len(names)):
        return [""] * len(found)
    return found


def read_flags(cells: Cells) -> list[bool]:
    words = {
        cell: str(cell).strip().casefold() not in _NO if cell is not None else False
        for cell in set(map(_hashable, cells))
    }
    return [words[_hashable(cell)] for cell in cells]


def _hashable(cell: Any) -> Any:
    return str(cell) if isinstance(cell, list | dict) else cell


def read_formats(
    table: Table,
    where: Mapping[str, list[int]],
    words: Mapping[str, str],
    by_text: Callable[[str], str | None] | None,
) -> Cells:
    length = len(table)
    kinds = where.get("kind")
    if kinds:
        known = {cell: _format_of(cell, words) for cell in set(map(_hashable, table.columns[kinds[0]]))}
        return [known[_hashable(cell)] for cell in table.columns[kinds[0]]]
    if by_text and "text" in where:
        return [by_text(str(cell or "")) for cell in table.columns[where["text"][0]]]
    return [None] * length


def _format_of(cell: Any, words: Mapping[str, str]) -> str | None:
    if cell in (None, ""):
        return None
    word = normalise(str(cell))
    return words.get(word) or FORMAT_WORDS.get(word, "other")
