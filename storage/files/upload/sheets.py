"""Sheets of one workbook: months of one channel, kinds of its posts, or a channel each, called by its name."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from storage.files.formats.kinds import Part, channel
from storage.files.tables.columns import normalise
from storage.files.tables.facts import FORMAT_WORDS
from storage.files.tables.two_row_headers import network_of
from storage.files.upload.notes import Notes
from storage.files.upload.understood import FoundChannel

# What a sheet is called that is no channel: the program's own names, periods, kinds of posts, parts of a report.
_NO_CHANNEL = re.compile(
    r"(?:лист|sheet|таблица|table|tabelle|hoja|feuil|worksheet|данные|data|неделя|week|квартал|месяц|month|год|year|period|период"
    r"|пост|публикац|post|контент|content|сторис|рилс|клип|стать|видео|фото|карусел|шортс|опрос|реклам|органик|посев|конкурс|рубрик"
    r"|отч[её]т|report|статистик|statist|метрик|metric|итог|total|свод|summary|все|all|архив|archive|план|plan|факт|база|черновик|копия|copy"
    r"|весна|лето|осень|зима|старые|новые)"
)
_MONTH = re.compile(
    r"(?:янв|фев|март|апр|ма[йя]|июн|июл|авг|сент|окт|нояб|дек|jan|feb|march|apr|may|june?|july?|aug|sept|oct|nov|dec)[^\W\d_]{0,6}$|мар$|сен$|ноя$|mar$|sep$"
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+$")
_LONGEST_NAME = 40


class Sheet(NamedTuple):
    name: str
    parts: list[Part]


def name_channels_of_sheets(sheets: Sequence[Sheet], notes: Notes) -> None:
    """Gives the posts of each sheet to a channel, or a network, called like it.

    It does so where sheets of posts run side by side in time.
    """
    held = [sheet for sheet in sheets if any(len(part.columns) for part in sheet.parts)]
    if len(held) < 2 or any(part.channel.key for sheet in held for part in sheet.parts):
        return
    if not all(may_be_channel(sheet.name) for sheet in held) or not _run_side_by_side(held):
        return
    for sheet in held:
        for part in sheet.parts:
            part.channel = _channel_of(sheet.name, part.channel.platform)
    notes.warn("channels_by_sheets", sheets=", ".join(sheet.name for sheet in held))


def may_be_channel(name: str) -> bool:
    plain = normalise(name)
    words = _WORD.findall(plain)
    if not plain or _NO_LETTERS.match(plain) or len(plain) > _LONGEST_NAME:
        return False
    return network_of(name) is not None or not (
        plain in FORMAT_WORDS or _NO_CHANNEL.match(plain) or any(map(_MONTH.match, words))
    )


def _run_side_by_side(sheets: Sequence[Sheet]) -> bool:
    """Tells whether two sheets share half of their days: those of one channel follow each other."""
    spans = sorted(
        (min(moments), max(moments))
        for sheet in sheets
        if (moments := [at for part in sheet.parts for at in part.columns.column("published_at") if at])
    )
    return any(
        (min(earlier[1], later[1]) - later[0]) * 2 > min(earlier[1] - earlier[0], later[1] - later[0])
        for earlier, later in pairwise(spans)
    )


def _channel_of(name: str, platform: str) -> FoundChannel:
    network = network_of(name)
    if network is None:
        return channel(platform, name=name)
    return FoundChannel(f"{network}:", network, None, None, None)
