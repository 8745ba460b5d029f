"""TikTok: the table of videos, the overview by day, followers by day."""

from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.columns import IGNORED
from storage.files.tables.daily import daily_part
from storage.files.tables.meanings import columns_of
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.rows import says_posts
from storage.files.tables.shapes import is_export_of
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

FAMILY = Family(
    "tiktok", {"followers": IGNORED}, formats={"video": "video"}, read_format=lambda _text: "video"
)


def recognise(table: Table) -> Recognition | None:
    if {"video link", "post time", "video views"} <= set(table.names):
        return Recognition(0.95, "Video link, Post time, Video views")
    if is_export_of(table, "tiktok", with_id=False):
        return Recognition(0.9, "addresses of videos on TikTok")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    return read_posts(table, FAMILY, notes)


def recognise_daily(table: Table) -> Recognition | None:
    names = set(table.names)
    if "date" in names and (
        {"video views", "profile views"} <= names or {"total followers", "engaged audience"} <= names
    ):
        return None if says_posts(table, columns_of(table)) else Recognition(0.9, "TikTok by day")
    return None


def read_daily(table: Table, notes: Notes) -> list[Part]:
    return [
        daily_part(
            table,
            channel("tiktok"),
            {"reached audience": IGNORED},
            notes,
            named=("new followers", "profile views"),
        )
    ]


FORMAT = Format("tiktok_videos", "table", recognise, read)
DAILY = Format("tiktok_daily", "table", recognise_daily, read_daily)
