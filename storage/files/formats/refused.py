"""Tables that are told apart only to be refused in a sentence that says what they are."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from metrics.errors import DomainError
from storage.files.formats import lists, readings_over_time
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.columns import COUNTER_MEANINGS, normalise
from storage.files.tables.date_words import month_of
from storage.files.tables.meanings import columns_of, date_candidates
from storage.files.tables.posts import named, no_dates
from storage.files.tables.rows import what_rows_are
from storage.files.tables.table import Table
from storage.files.tables.title_words import words_of
from storage.files.upload.notes import Notes

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
_VK_CRITERIA = frozenset({
    "views", "visitors", "reach", "likes", "comments", "reposts", "subscribed", "unsubscribed", "subscribers", "members", "age", "sex", "sex_age",
    "countries", "cities", "country", "city", "reach_subscribers", "mobile", "просмотры", "посетители", "охват", "уникальные посетители", "подписки", "отписки",
})  # fmt: skip
_CRITERION_PLACES, _CRITERIA_LOOKED_AT = 3, 300
_PERIOD = re.compile(
    r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\s*[-–—]\s*\d{1,2}[./]\d{1,2}|(?:недел\w*|week|kw|q|квартал|w|semaine|semana)\s*\d|\d{1,2}(?:[- ]?я)?\s*(?:недел|week|кв)"
    r"|\d{4}[-./]\d{2}$|\d{2}[./]\d{4}$|[1-4iv]+\s*(?:кв|q)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"(?:[01]?\d|2[0-4])(?:[:.]00)?(?:\s*[-–—]\s*(?:[01]?\d|2[0-4])(?:[:.](?:00|59))?)?(?:\s*(?:ч|h)\.?)?$"
)
_HOUR_TITLE = re.compile(r"(?:час\w*|время|hours?|time|година|stunde|hora)$")
_WEEKDAY = re.compile(
    r"(?:пн|понедельник|вт|вторник|ср|среда|чт|четверг|пт|пятница|сб|суббота|вс|воскресенье|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)$"
)
_LEAST_HOURS = 5
_MOST_PERIODS = 0.9
_LONGEST_MONTH = 3


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


def recognise_breakdown_by_values(table: Table) -> Recognition | None:
    """Recognises few values that come back day after day: a source, a city, whatever the title is."""
    where = columns_of(table)
    if "date" not in where or not any(name in where for name in COUNTER_MEANINGS):
        return None
    rows = what_rows_are(table, where)
    if rows == "breakdown":
        return Recognition(0.6, "a date beside values that come back every day")
    if not where.keys() & {"id", "link", "text"} and any(
        name in _PLACES | _BREAKDOWNS - {"content type", "тип контента"} for name in table.names
    ):
        return Recognition(0.58, "a date beside a place or a kind of viewer, and nothing of a post")
    return None


def recognise_vk_statistics(table: Table) -> Recognition | None:
    """Recognises VK's own statistics: a date, a criterion, its value; a row for every figure of a day."""
    for place, cells in enumerate(table.columns[:_CRITERION_PLACES]):
        criteria = {str(cell).strip().casefold() for cell in cells[:_CRITERIA_LOOKED_AT]}
        if (
            len(criteria & _VK_CRITERIA) > 1
            and len(criteria) < len(cells[:_CRITERIA_LOOKED_AT])
            and date_candidates(table)
        ):
            return Recognition(0.92, f"column {place + 1} names figures of VK's statistics")
    return None


def recognise_totals(table: Table) -> Recognition | None:
    """Recognises a row a month, a week or a quarter, written as no date: «Сентябрь 2026», «01.09–07.09»."""
    where = columns_of(table)
    if (
        not table.columns
        or not any(name in where for name in COUNTER_MEANINGS)
        or where.keys() & {"date", "link", "id"}
    ):
        return None
    periods = [
        bool(_PERIOD.match(str(cell).strip()) or _is_month(str(cell)))
        for cell in table.columns[0]
        if cell not in ("", None)
    ]
    if periods and sum(periods) >= _MOST_PERIODS * len(periods):
        return Recognition(0.65, "a row for every month or week")
    return None


def _is_month(cell: str) -> bool:
    words = cell.replace(".", " ").replace(",", " ").split()
    return (
        0 < len(words) <= _LONGEST_MONTH
        and month_of(words[0]) is not None
        and all(word.isdigit() or word in ("г", "года") for word in words[1:])
    )


def recognise_empty(table: Table) -> Recognition | None:
    return Recognition(0.48, "titles without a row") if table.titles and not len(table) else None


def recognise_any_breakdown(table: Table) -> Recognition | None:
    return recognise_breakdown(table) or recognise_breakdown_by_values(table) or recognise_hours(table)


def recognise_hours(table: Table) -> Recognition | None:
    """Recognises a row for every hour or weekday: the first column names each once, and nothing is dated."""
    where = columns_of(table)
    if len(table) < _LEAST_HOURS or not any(name in where for name in COUNTER_MEANINGS):
        return None
    firsts = [str(cell).strip().casefold() for cell in table.columns[0]]
    if len(set(firsts)) < len(firsts) or where.keys() & {"id", "link", "text"}:
        return None
    titled = any(map(_HOUR_TITLE.match, words_of(table.titles[0])))
    hours = all(_HOUR.match(cell) for cell in firsts) and (titled or ":" in firsts[0])
    return (
        Recognition(0.9, "a row for every hour or weekday")
        if hours or all(map(_WEEKDAY.match, firsts))
        else None
    )


def recognise_undated(table: Table) -> Recognition | None:
    """Recognises counters of posts without a date of any kind, such as Facebook's old research table."""
    where = columns_of(table)
    if "date" not in where and len(where) > 1 and any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.3, "counters without dates")
    return None


def recognise_several_dates(table: Table) -> Recognition | None:
    where = columns_of(table)
    if (
        "date" not in where
        and len(date_candidates(table)) > 1
        and any(name in where for name in COUNTER_MEANINGS)
    ):
        return Recognition(0.35, "several columns of dates and no title that tells which")
    return None


def recognise_dates_only(table: Table) -> Recognition | None:
    where = columns_of(table)
    if "date" in where and len(where) > 1 and not any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.3, "dates without counters")
    return None


def recognise_absent_header(table: Table) -> Recognition | None:
    if table.columns and not any(table.titles):
        return Recognition(0.45, "rows of data from the first on, no titles")
    return None


def recognise_unknown_header(table: Table) -> Recognition | None:
    """Recognises dates under titles nobody knows; without dates it does not look like statistics."""
    if columns_of(table).keys() >= {"date", "views"} or not date_candidates(table):
        return None
    if len(table.titles) > 1 and any(_holds_figures(column[:_SAMPLE]) for column in table.columns):
        return Recognition(0.1, "a table with titles nobody knows")
    return None


def _holds_figures(cells: Sequence[Any]) -> bool:
    return any(str(cell)[:1].isdigit() for cell in cells)


def _refusal(code: str) -> Callable[[Table, Notes], list[Part]]:
    def refuse(table: Table, notes: Notes) -> NoReturn:  # noqa: ARG001 - the shape of every reader
        if code == "file.several_dates":
            raise no_dates(table)
        raise DomainError(code, found=named(table.titles))

    return refuse


REFUSED = tuple(
    Format(code, "table", recognise, _refusal(f"file.{code}"))
    for code, recognise in (
        ("channel_list", lists.recognise_channel_list),
        ("comment_list", lists.recognise_comment_list),
        ("ads_report", lists.recognise_ads_report),
        ("mailing", lists.recognise_mailing),
        ("site_visits", lists.recognise_site),
        ("chat_export", lists.recognise_chat),
        ("no_posts", recognise_empty),
        ("planning_sheet", lists.recognise_planning_sheet),
        ("geography", recognise_geography),
        ("breakdown", recognise_any_breakdown),
        ("vk_statistics", recognise_vk_statistics),
        ("growth", lists.recognise_growth),
        ("totals", recognise_totals),
        ("placements", lists.recognise_placements),
        ("posts_by_day", readings_over_time.recognise_by_day),
        ("several_dates", recognise_several_dates),
        ("posts_without_dates", recognise_undated),
        ("no_counters", recognise_dates_only),
        ("header_absent", recognise_absent_header),
        ("header_unknown", recognise_unknown_header),
    )
)
