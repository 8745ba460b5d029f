"""LinkedIn: the company page's `All posts` and `Metrics` sheets under a note row. Rates are fractions and not read."""

from storage.files.columns import IGNORED
from storage.files.formats.daily import daily_part
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.table_posts import Family, read_posts
from storage.files.notes import Notes
from storage.files.tables import Table

_FAMILY = Family(
    "linkedin",
    {
        "impressions": "views",
        "impressions (total)": "views",
        "views": IGNORED,  # of videos only
        "offsite views": IGNORED,
        "created date": "date",
        "likes": "reactions",
        "content type": "kind",
        "post type": IGNORED,  # organic or sponsored
        "campaign start date": IGNORED,
        "campaign name": "is_ad",
        "follows": IGNORED,
        "audience": IGNORED,
    },
    date_order="month",
)


def recognise(table: Table) -> Recognition | None:
    if {"post title", "created date", "impressions"} <= set(table.names):
        return Recognition(0.95, "Post title, Created date, Impressions")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    return read_posts(table, _FAMILY, notes)


def recognise_daily(table: Table) -> Recognition | None:
    names = set(table.names)
    if "date" in names and (
        "impressions (total)" in names or {"total followers", "organic followers"} <= names
    ):
        return Recognition(0.9, "LinkedIn by day")
    return None


def read_daily(table: Table, notes: Notes) -> list[Part]:
    return [daily_part(table, channel("linkedin"), {**_FAMILY.names, "date": "date"}, notes)]


FORMAT = Format("linkedin_posts", "table", recognise, read)
DAILY = Format("linkedin_daily", "table", recognise_daily, read_daily)
