"""X (Twitter): posts of 2025 and later in English and Japanese, tweets until 2023, and the overviews by day."""

from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.columns import IGNORED
from storage.files.tables.daily import daily_part
from storage.files.tables.meanings import columns_of
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.rows import says_posts
from storage.files.tables.shapes import is_export_of
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes


def _format_of(text: str) -> str:
    return "reply" if text.startswith("@") else "text"


# Shares (the share menu) are not reposts; engagements count clicks too and are no sum of interactions.
FAMILY = Family(
    "x",
    {
        **dict.fromkeys(
            (
                "shares",
                "共有された回数",
                "engagements",
                "エンゲージメント",
                "взаимодействия",
                "media views",
                "video views",
            ),
            IGNORED,
        ),
        "impressions": "views",
        "インプレッション数": "views",
        "replies": "comments",
        # Their name until 2015, and in programs until today.
        **dict.fromkeys(("favorites", "favorite_count", "favoritecount", "favourites_count"), "reactions"),
        "ответы": "comments",
        "url clicks": "clicks",
        "urlのクリック数": "clicks",
    },
    read_format=_format_of,
)
_POSTS = (
    {"post id", "post text", "impressions"},
    {"tweet id", "tweet text", "impressions"},
    {"ポストid", "ポスト本文", "インプレッション数"},
    {"идентификатор поста", "текст поста", "показы"},
)
_LEAST_WIDTH = 10
_DAYS = (
    {"date", "impressions", "create post"},
    {"date", "tweets published", "impressions"},
    {"date", "impressions", "unfollows"},
    {"日付", "インプレッション数", "エンゲージメント"},
)


def recognise(table: Table) -> Recognition | None:
    names = set(table.names)
    found = next((titles for titles in _POSTS if titles <= names), None)
    if found:
        return Recognition(0.95, ", ".join(sorted(found)))
    by_shape = len(table.titles) >= _LEAST_WIDTH and is_export_of(table, "x", with_id=True)
    return Recognition(0.9, "ids and addresses of posts on X") if by_shape else None


def read(table: Table, notes: Notes) -> list[Part]:
    return read_posts(table, FAMILY, notes)


def recognise_daily(table: Table) -> Recognition | None:
    names = set(table.names)
    found = next((titles for titles in _DAYS if titles <= names), None)
    if found is None or says_posts(table, columns_of(table)):
        return None
    return Recognition(0.9, ", ".join(sorted(found)))


def read_daily(table: Table, notes: Notes) -> list[Part]:
    return [daily_part(table, channel("x"), FAMILY.names, notes)]


FORMAT = Format("x_posts", "table", recognise, read)
DAILY = Format("x_daily", "table", recognise_daily, read_daily)
