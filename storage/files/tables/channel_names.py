"""Names that may be a channel's: what a sheet or a block of a sheet is called."""

import re

from storage.files.tables.columns import normalise
from storage.files.tables.facts import FORMAT_WORDS
from storage.files.tables.two_row_headers import network_of

# What a sheet is called that is no channel: the program's own names, periods, kinds of posts, parts of a report.
_NO_CHANNEL = re.compile(
    r"(?:лист|sheet|таблица|table|tabelle|hoja|feuil|worksheet|данные|data|неделя|week|квартал|месяц|month|год|year|period|период"
    r"|пост|публикац|post|контент|content|сторис|рилс|клип|стать|видео|фото|карусел|шортс|опрос|реклам|органик|посев|конкурс|рубрик"
    r"|отч[её]т|report|статистик|statist|метрик|metric|итог|total|свод|summary|все|all|архив|archive|план|plan|факт|база|черновик|копия|copy"
    r"|лучш|худш|топ[ -]?\d|top[ -]?\d|best|worst|закуп|размещени|сравнени|конкурент|аудитори|динамик"
    r"|весна|лето|осень|зима|старые|новые)"
)
_MONTH = re.compile(
    r"(?:янв|фев|март|апр|ма[йя]|июн|июл|авг|сент|окт|нояб|дек|jan|feb|march|apr|may|june?|july?|aug|sept|oct|nov|dec)[^\W\d_]{0,6}$|мар$|сен$|ноя$|mar$|sep$"
)
_OF_POSTS = frozenset(
    {"посты", "постов", "публикации", "публикаций", "записи", "posts", "дописи", "beiträge", "publicaciones"}
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+$")
_LONGEST_NAME = 40
_CALLED = re.compile(
    r"(?:тг[- ]?|telegram[- ]?)?(?:канал|channel|паблик|сообщество|аккаунт|account)\s*[:—–-]\s*",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s*[(\[]?@([A-Za-z][\w.]{3,31})[)\]]?\s*$")


def name_and_handle(heading: str) -> tuple[str | None, str | None]:
    """Returns what a heading calls a channel, and its handle: «Канал: Зерно (@zerno)» -> «Зерно», `zerno`."""
    bare = _CALLED.sub("", heading.strip(), count=1) if _CALLED.match(heading.strip()) else heading.strip()
    found = _HANDLE.search(bare)
    name = bare[: found.start()].strip(" ,—–-") if found else bare
    return name or None, found[1] if found else None


def may_be_channel(name: str) -> bool:
    """Tells whether a name is no program's own, no period, no kind of posts and no part of a report."""
    plain = normalise(name)
    words = _WORD.findall(plain)
    if not plain or _NO_LETTERS.match(plain) or len(plain) > _LONGEST_NAME:
        return False
    return network_of(name) is not None or not (
        plain in FORMAT_WORDS
        or not _OF_POSTS.isdisjoint(words)
        or _NO_CHANNEL.match(plain)
        or any(map(_MONTH.match, words))
    )


def names_posts(name: str) -> bool:
    """Tells whether a name is one of posts of some kind: «Лучшие посты», «Все публикации»."""
    return not _OF_POSTS.isdisjoint(_WORD.findall(normalise(name)))
