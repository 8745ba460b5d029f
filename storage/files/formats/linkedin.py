"""LinkedIn: the company page's `All posts` and `Metrics` sheets under a note row. Rates are fractions and not read."""

from typing import Any

from metrics.posts import COUNTERS, Post
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.columns import IGNORED
from storage.files.tables.daily import daily_part
from storage.files.tables.meanings import columns_of
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.rows import says_posts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_URL = "post url"
_DAYS = (
    {"date", "impressions (total)"},
    {"date", "sponsored followers", "organic followers"},
    {"date", "total page views (total)"},
)
_ENGAGEMENT = {"date", "impressions", "engagements"}  # a person's, by day
_GAINS = {
    "total followers": IGNORED,
    "sponsored followers": IGNORED,
    "organic followers": IGNORED,
}  # of the day: who came, not who is there
_NAMED = ("total followers", "total page views (total)", "total unique visitors (total)")
FAMILY = Family(
    "linkedin",
    {
        "impressions": "views",
        "impressions (total)": "views",
        "views": IGNORED,  # of videos only
        "offsite views": IGNORED,
        "created date": "date",
        "likes": "reactions",
        **dict.fromkeys(("recomendaciones", "consigliati", "consigliato", "interessant"), "reactions"),
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
    return read_posts(table, FAMILY, notes)


def recognise_daily(table: Table) -> Recognition | None:
    names = set(table.names)
    found = next((titles for titles in _DAYS if titles <= names), None)
    if says_posts(table, columns_of(table)):
        return None  # other services title their columns so, too
    if found or names == _ENGAGEMENT:
        return Recognition(0.9, f"LinkedIn by day: {', '.join(sorted(found or names))}")
    return None


def read_daily(table: Table, notes: Notes) -> list[Part]:
    names = {**FAMILY.names, **_GAINS, "date": "date"}
    return [daily_part(table, channel("linkedin"), names, notes, named=_NAMED)]


def recognise_top_posts(table: Table) -> Recognition | None:
    """Recognises a person's TOP POSTS: the same posts side by side, by engagements and by impressions."""
    if table.names.count(_URL) == 2 and {"engagements", "impressions"} <= set(table.names):
        return Recognition(0.96, "two tables side by side: Engagements and Impressions")
    return None


def read_top_posts(table: Table, notes: Notes) -> list[Part]:
    second = table.names.index(_URL, table.names.index(_URL) + 1)
    halves = [_columns(table, slice(0, second)), _columns(table, slice(second, None))]
    parts = [part for half in halves for part in read_posts(half, FAMILY, notes)]
    posts: dict[str, Post] = {}
    for post in (post for part in parts for post in part.posts):
        before = posts.get(post.external_id)
        posts[post.external_id] = post if before is None else _joined(before, post)
    return [Part(parts[0].channel, list(posts.values()))]


def _columns(table: Table, place: slice) -> Table:
    return Table(table.titles[place], table.columns[place], table.rows)


def _joined(one: Post, other: Post) -> Post:
    counts: dict[str, Any] = {
        name: getattr(one, name) if getattr(one, name) is not None else getattr(other, name)
        for name in COUNTERS
    }
    return one._replace(**counts)


FORMAT = Format("linkedin_posts", "table", recognise, read)
TOP_POSTS = Format("linkedin_top_posts", "table", recognise_top_posts, read_top_posts)
DAILY = Format("linkedin_daily", "table", recognise_daily, read_daily)
