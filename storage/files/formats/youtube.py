"""YouTube Studio's table of videos, in English, Russian, Portuguese, German; and the two files that come along in its ZIP.

«Подписчики» is a net change here, and impressions are of thumbnails: neither is what the general dictionary takes
it for. Videos without a publish time (hidden, deleted) are counted and belong to no period.
"""

from collections.abc import Sequence
from typing import Any

from storage.files.columns import IGNORED, map_columns
from storage.files.formats.daily import daily_part
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.table_posts import Family, read_posts
from storage.files.notes import Notes
from storage.files.tables import Table

_NET_CHANGES = ("subscribers", "подписчики", "inscritos", "abonnenten", "suscriptores")
_THUMBNAILS = (
    "impressions",
    "показы",
    "показы значков видео",
    "impressões",
    "impressionen",
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
)
_DAYS = ("date", "дата", "data", "datum")
_PUBLISHED = (
    "video publish time", "время публикации видео", "horário de publicação do vídeo", "veröffentlichungszeitpunkt des videos",
)  # fmt: skip


def recognise(table: Table) -> Recognition | None:
    names = table.names
    title = next((name for name in _PUBLISHED if name in names), None)
    if title and "views" in map_columns(table.titles) and names[0] not in _DAYS:
        return Recognition(0.95, f"the column {title!r}")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    return read_posts(table, _FAMILY, notes)


def recognise_daily(table: Table) -> Recognition | None:
    """`Chart data.csv` and `Totals.csv`: views by day."""
    names = table.names
    if not names or names[0] not in _DAYS or "views" not in map_columns(table.titles, _FAMILY.names):
        return None
    if any(name in names for name in (*_WATCH_TIMES, *_PUBLISHED)):
        return Recognition(0.9, "views by day")
    if len(names) == 2 and _are_distinct_days(table.columns[0]):
        return Recognition(0.55, "a value a day and nothing else")
    return None


def _are_distinct_days(cells: Sequence[Any]) -> bool:
    return bool(cells) and len(set(cells)) == len(cells) and ":" not in str(cells[0])


def read_daily(table: Table, notes: Notes) -> list[Part]:
    return [daily_part(table, channel("youtube"), _FAMILY.names, notes)]


FORMAT = Format("youtube_videos", "table", recognise, read)
DAILY = Format("youtube_daily", "table", recognise_daily, read_daily)
