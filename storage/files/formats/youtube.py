"""YouTube Studio's table of videos, in English, Russian, Portuguese, German; and the two files that come along in its ZIP.

«Подписчики» is a net change here, and impressions are of thumbnails: neither is what the general dictionary takes
it for. Videos without a publish time (hidden, deleted) are counted and belong to no period.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from metrics.durations import DAY_S
from metrics.errors import DomainError
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.columns import IGNORED
from storage.files.tables.daily import daily_part, is_gain
from storage.files.tables.dates import read_dates
from storage.files.tables.meanings import columns_of
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.rows import says_posts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_VIDEO_ID = re.compile(r"[\w-]{11}", re.ASCII)
_FEW_IDS, _MOST_IDS, _LOOKED_AT = 2, 0.9, 400
_UTC = ZoneInfo("UTC")
_NET_CHANGES = ("subscribers", "подписчики", "inscritos", "abonnenten", "suscriptores", "підписники")
_ANYBODYS = ("subscribers", "подписчики", "підписники")  # words that others use for an audience
_VIEWERS = (
    "monthly audience",
    "28-day new viewers",
    "28-day casual viewers",
    "28-day regular viewers",
    "unique viewers",
)
_THUMBNAILS = (
    "impressions",
    "показы",
    "показы значков видео",
    "impressões",
    "impressionen",
    "impresiones",
    "покази",
    "engaged views",
    "заинтересованные просмотры",
)
_FAMILY = Family(
    "youtube",
    {
        **dict.fromkeys((*_NET_CHANGES, *_THUMBNAILS, "source", "vídeos"), IGNORED),
        "video": "id",
        "vídeo": "id",
        "видео": "id",
        "shares": "forwards",
    },
    date_order="month",
    keep_undated=True,
)
_WATCH_TIMES = (
    "watch time (hours)",
    "время просмотра (часы)",
    "tempo de exibição (horas)",
    "wiedergabezeit (stunden)",
    "tiempo de visualización (horas)",
    "час перегляду (години)",
)
_DAYS = ("date", "дата", "data", "datum", "fecha")
_PUBLISHED = (
    "video publish time", "время публикации видео", "horário de publicação do vídeo", "veröffentlichungszeitpunkt des videos",
    "hora de publicación del vídeo", "hora de publicación del video", "час публікації відео",
)  # fmt: skip


def recognise(table: Table) -> Recognition | None:
    names, where = table.names, columns_of(table)
    title = next((name for name in _PUBLISHED if name in names), None)
    if title and "views" in where and names[0] not in _DAYS:
        return Recognition(0.95, f"the column {title!r}")
    if "views" in where and "date" in where and _are_video_ids(table.columns[0]):
        return Recognition(0.9, "ids of videos first, whatever the titles say")
    return None


def _are_video_ids(cells: Sequence[Any]) -> bool:
    """Tells whether cells are ids of videos: eleven characters, not all small letters or digits.

    In a language nobody wrote down only the ids tell.
    """
    ids = [str(cell) for cell in cells[:_LOOKED_AT] if cell not in ("", None)]
    known = [one for one in ids if _VIDEO_ID.fullmatch(one) and not (one.islower() or one.isdecimal())]
    return len(ids) > _FEW_IDS and len(known) >= _MOST_IDS * len(ids)


def read(table: Table, notes: Notes) -> list[Part]:
    """Reads a table of videos in any language.

    In one nobody wrote down an audience is a net change all the same, and the second views are of thumbnails.
    """
    if any(name in table.names for name in _PUBLISHED):
        return read_posts(table, _FAMILY, notes)
    where = columns_of(table)
    unmeant = [*where.get("subscribers", ()), *sorted(where["views"])[1:]]
    names = {**_FAMILY.names, **dict.fromkeys((table.names[place] for place in unmeant), IGNORED)}
    return read_posts(table, replace(_FAMILY, names={**names, table.names[0]: "id"}), notes)


def recognise_daily(table: Table) -> Recognition | None:
    """Recognises `Chart data.csv` and `Totals.csv`: views by day."""
    names = table.names
    if not names or names[0] not in _DAYS:
        return None
    if any(name in names for name in _PUBLISHED):
        return Recognition(0.9, "videos by day")
    return None if _are_own_videos(table) else _by_day_of_account(table)


def _are_own_videos(table: Table) -> bool:
    """Tells whether it is somebody's own table of videos, each with its text or address."""
    where = columns_of(table)
    return "date" in where and bool(where.keys() & {"link", "text"}) and says_posts(table, where)


def _by_day_of_account(table: Table) -> Recognition | None:
    names = table.names
    if any(name in names for name in _WATCH_TIMES):
        return Recognition(0.9, "views by day")
    if any(name in _VIEWERS for name in names[1:]):
        return Recognition(0.9, "viewers by day")
    if (
        len(names) == 2
        and names[1] in _NET_CHANGES
        and (names[1] not in _ANYBODYS or is_gain(table.columns[1]))
    ):
        return Recognition(
            0.85, "who came and left by day"
        )  # an audience by day belongs to `subscribers_over_time`
    if len(names) == 2 and "views" in columns_of(table) and _are_days_in_a_row(table.columns[0]):
        return Recognition(0.85, "a value for every day and nothing else")
    return None


def _are_days_in_a_row(cells: Sequence[Any]) -> bool:
    """Tells whether every day comes once and none is left out: a chart does that, nobody posts like that."""
    if len(set(cells)) != len(cells) or ":" in str(cells[0] if cells else ":"):
        return False
    try:
        days = read_dates(cells, _UTC).values
    except DomainError:
        return False
    known = sorted(day for day in days if day is not None)
    return len(known) == len(cells) and known[-1] - known[0] == (len(known) - 1) * DAY_S


def read_daily(table: Table, notes: Notes) -> list[Part]:
    names = {**_FAMILY.names, **dict.fromkeys(_PUBLISHED, IGNORED)}
    return [daily_part(table, channel("youtube"), names, notes, named=(*_NET_CHANGES, *_WATCH_TIMES))]


FORMAT = Format("youtube_videos", "table", recognise, read)
DAILY = Format("youtube_daily", "table", recognise_daily, read_daily)
