"""A request -> files. Runs in workers."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.locales import Translator, translator
from bot.reports.export.months import months
from bot.reports.export.request import Export, ExportRequest
from bot.reports.sheets import Cell, Sheet, csv_file, workbook
from metrics.posts import COUNTERS, Post

_TITLE_WIDTH = 40
_UNFIT = re.compile(r"[^\w.-]+")
_NAME_CHARS = 40


def build_export(request: ExportRequest) -> Export:
    t = translator(request.language)
    sheets = [_posts(request, t), _readings(request, t), _audience(request, t), months(request, t)]
    filled = [sheet for sheet in sheets if sheet.rows]
    name = _file_name(request)
    if request.format == "xlsx":
        files = [(f"{name}.xlsx", workbook(filled))]
    else:
        files = [(f"{name}-{sheet.name}.csv", csv_file(sheet)) for sheet in filled]
    return Export(_words(request, t), tuple(files))


def _words(request: ExportRequest, t: Translator) -> str:
    key = "export.done" if request.all_readings <= len(request.readings) else "export.done_newest"
    return t(
        key,
        channel=request.title,
        posts=t.plural("er.posts", len(request.posts)),
        readings=t.number(len(request.readings)),
        zone=request.zone,
    )


def _posts(request: ExportRequest, t: Translator) -> Sheet:
    counters = _given(request.posts)
    facts = ("id", "date", "title", "link", "format", "is_ad", "is_forwarded")
    rows = [
        [
            post.external_id,
            _moment(post.published_at, request),
            post.title,
            post.link,
            post.format,
            post.is_ad,
            post.is_forwarded,
            *(getattr(post, name) for name in counters),
            _moment(post.observed_at, request),
            post.steps,
        ]
        for post in request.posts
    ]
    titles = [*(t.plain(f"export.column.{name}") for name in facts), *_names(counters, t)]
    titles += [t.plain("export.column.observed_at"), t.plain("export.column.steps")]
    widths = {1: 18, 2: _TITLE_WIDTH, 3: _TITLE_WIDTH}
    return Sheet(t.plain("export.sheet.posts"), titles, rows, widths)


def _readings(request: ExportRequest, t: Translator) -> Sheet:
    counters = _given(request.readings)
    rows = [
        [
            reading.external_id,
            _moment(reading.observed_at, request),
            *(getattr(reading, name) for name in counters),
        ]
        for reading in request.readings
    ]
    titles = [t.plain("export.column.post_id"), t.plain("export.column.observed_at"), *_names(counters, t)]
    return Sheet(t.plain("export.sheet.readings"), titles, rows, {1: 18})


def _audience(request: ExportRequest, t: Translator) -> Sheet:
    rows = [[_moment(one.observed_at, request), one.subscribers] for one in request.audience]
    titles = [t.plain("export.column.date"), t.plain("field.subscribers")]
    return Sheet(t.plain("export.sheet.audience"), titles, rows, {0: 18})


def _given(rows: Sequence[Post]) -> list[str]:
    """The counters that at least one of them has."""
    return [name for name in COUNTERS if any(getattr(row, name) is not None for row in rows)]


def _names(counters: Sequence[str], t: Translator) -> list[str]:
    return [t.plain(f"field.{name}") for name in counters]


def _moment(at: int, request: ExportRequest) -> Cell:
    """A spreadsheet's date has no zone; a text may tell its own."""
    local = datetime.fromtimestamp(at, ZoneInfo(request.zone))
    if request.format == "xlsx":
        return local.replace(tzinfo=None)
    return local.isoformat(sep=" ", timespec="seconds")


def _file_name(request: ExportRequest) -> str:
    made = datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone))
    title = _UNFIT.sub("-", request.title).strip("-.")[:_NAME_CHARS] or "otklik"
    return f"{title}-{made:%Y-%m-%d}"
