"""Tables that are told apart only to be refused in a sentence that says what they are."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from metrics.errors import DomainError
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.columns import COUNTER_MEANINGS, normalise
from storage.files.tables.meanings import columns_of
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_POST_COUNTERS = tuple(
    name for name in COUNTER_MEANINGS if name != "reach"
)  # lists of channels give an average reach
_BREAKDOWNS = frozenset({
    "viewer age", "viewer gender", "traffic source", "device type", "operating system", "subscription status", "playback location",
    "traffic source type", "playlist", "video type", "content type", "cities", "subtitles and cc", "subtitles", "translation use",
    "viewer type", "audience type", "new and returning viewers", "end screen element type", "card type", "youtube product", "device",
    "возраст зрителя", "пол зрителя", "плейлист", "тип контента", "тип видео", "города", "тип источника трафика", "продукт youtube",
    "tipo de conteúdo", "tipo de dispositivo", "gênero do espectador", "alter der zuschauer", "geschlecht der zuschauer",
    "zugriffsquelle", "gerätetyp", "возраст зрителей", "пол зрителей", "источник трафика", "тип устройства", "idade do espectador", "origem do tráfego", "city", "город",
})  # fmt: skip
_PLACES = frozenset(
    {
        "geography",
        "country",
        "география",
        "страна",
        "geografia",
        "geografie",
        "top territories",
        "region",
        "страны",
        "countries",
        "territory",
        "location",
        "регион",
    }
)
# Titles of the blocks in Meta's `Audience.csv`, which has no days.
_AUDIENCE_BLOCKS = (
    "age & gender",
    "gender and age",
    "age and gender",
    "top cities",
    "top towns",
    "top countries",
    "top pages",
    "возраст и пол",
)
_KINDS_OF_POSTS = frozenset(
    {"reels", "multi-photo", "photos", "links", "stories", "videos", "text", "others"}
)
_ENOUGH_KINDS = 3
_BLOCK_ROWS = 20
_SAMPLE = 50
_PLANS = ("начальная дата", "конечная дата", "start date", "end date")


def recognise_channel_list(table: Table) -> Recognition | None:
    """A row is a channel: an audience or a similarity beside a link or a name, and no counter of posts."""
    where = columns_of(table)
    named = where.keys() & {"channel_handle", "channel_name", "link", "text"}
    audience = "subscribers" in where or any(
        name in ("степень схожести", "релевантность, %") for name in table.names
    )
    listed = audience and named and "id" not in where
    directory = {"channel_handle", "channel_name"} <= where.keys() and "text" not in where
    if not any(name in where for name in _POST_COUNTERS) and (listed or directory):
        return Recognition(0.8, "channels with their audience, no counters of posts")
    return None


def recognise_planning_sheet(table: Table) -> Recognition | None:
    where = columns_of(table)
    planned = any(name.startswith(_PLANS) for name in table.names)
    if planned and not any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.85, "a start and an end, no counters")
    return None


def recognise_geography(table: Table) -> Recognition | None:
    return (
        Recognition(0.9, "the first column is a place")
        if table.names[:1] and table.names[0] in _PLACES
        else None
    )


def recognise_breakdown(table: Table) -> Recognition | None:
    if table.names[:1] and table.names[0] in _BREAKDOWNS and "date" not in columns_of(table):
        return Recognition(0.9, "the first column is no post")
    if len(set(table.names) & _KINDS_OF_POSTS) >= _ENOUGH_KINDS:
        return Recognition(0.9, "a column for each kind of post")
    heads = [normalise(str(row[0])) for row in table.grid[:_BLOCK_ROWS] if row]
    if any(block in head for head in heads for block in _AUDIENCE_BLOCKS):
        return Recognition(0.9, "an audience by age, sex and place")
    return None


def recognise_undated(table: Table) -> Recognition | None:
    """Counters of posts without a date of any kind, such as Facebook's old research table."""
    where = columns_of(table)
    if "date" not in where and len(where) > 1 and any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.3, "counters without dates")
    return None


def recognise_dates_only(table: Table) -> Recognition | None:
    where = columns_of(table)
    if "date" in where and len(where) > 1 and not any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.3, "dates without counters")
    return None


def recognise_unknown_header(table: Table) -> Recognition | None:
    if len(table.titles) > 1 and any(_holds_figures(column[:_SAMPLE]) for column in table.columns):
        return Recognition(0.1, "a table with titles nobody knows")
    return None


def _holds_figures(cells: Sequence[Any]) -> bool:
    return any(str(cell)[:1].isdigit() for cell in cells)


def _refusal(code: str) -> Callable[[Table, Notes], list[Part]]:
    def refuse(table: Table, notes: Notes) -> NoReturn:  # noqa: ARG001 - the shape of every reader
        raise DomainError(code, found=", ".join(table.titles[:6])[:200])

    return refuse


REFUSED = tuple(
    Format(code, "table", recognise, _refusal(f"file.{code}"))
    for code, recognise in (
        ("channel_list", recognise_channel_list),
        ("planning_sheet", recognise_planning_sheet),
        ("geography", recognise_geography),
        ("breakdown", recognise_breakdown),
        ("posts_without_dates", recognise_undated),
        ("no_counters", recognise_dates_only),
        ("header_unknown", recognise_unknown_header),
    )
)
