"""Meta Business Suite, content export: Instagram and Facebook posts, videos, of all generations. Months come first."""

from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.columns import IGNORED
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.shapes import is_meta_export
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_PUBLISHED = ("publish time", "publication time")
_COMMON = {
    "date": IGNORED,  # the word Lifetime
    "title": IGNORED,
    "description": "text",
    **dict.fromkeys(_PUBLISHED, "date"),
    "range": "reach",  # as machines translate it back
    "account username": "channel_handle",
    "data comment": IGNORED,
    "estimated earnings (usd)": IGNORED,
    "3-second video views": IGNORED,
    "1-minute video views": IGNORED,
}
INSTAGRAM_FAMILY = Family("instagram", {**_COMMON, "impressions": "views"}, date_order="month")
FACEBOOK_FAMILY = Family(
    "facebook",
    {
        **_COMMON,
        "title": "text",
        **dict.fromkeys(("funded content status", "sponsored content status"), "is_ad"),
        "page name": "channel_name",
        "impressions": "views",
    },
    date_order="month",
)


def recognise_instagram(table: Table) -> Recognition | None:
    if set(_PUBLISHED) & set(table.names) and {"permalink", "account username", "post type"} <= set(
        table.names
    ):
        return Recognition(0.95, "Account username, Publish time, Permalink")
    if is_meta_export(table, "instagram"):
        return Recognition(0.9, "accounts, addresses of Instagram and dates as Meta writes them")
    return None


def recognise_facebook(table: Table) -> Recognition | None:
    names = set(table.names)
    if {"posted", "permalink", "lifetime post total reach"} <= names:
        return Recognition(
            0.95, "Page Insights of the years before Business Suite: Posted, Lifetime Post Total Reach"
        )
    if set(_PUBLISHED) & names and (
        {"page id", "page name"} & names or "universal video id" in names or "video asset id" in names
    ):
        return Recognition(0.95, "Publish time and a page or a video asset")
    if is_meta_export(table, "facebook"):
        return Recognition(0.9, "pages, addresses of Facebook and dates as Meta writes them")
    return None


def read_instagram(table: Table, notes: Notes) -> list[Part]:
    return read_posts(table, INSTAGRAM_FAMILY, notes)


def read_facebook(table: Table, notes: Notes) -> list[Part]:
    return read_posts(table, FACEBOOK_FAMILY, notes)


INSTAGRAM = Format("meta_instagram", "table", recognise_instagram, read_instagram)
FACEBOOK = Format("meta_facebook", "table", recognise_facebook, read_facebook)
