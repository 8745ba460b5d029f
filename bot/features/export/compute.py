"""A request -> files on disk, none larger than may be sent. Runs in workers."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.answers.sheets import ROWS_AT_MOST, style_of, write_csv, write_workbook
from bot.core.locales import translator
from bot.core.parsing.zones import clock_name
from bot.features.export.contents import Contents, asked_period, open_contents
from bot.features.export.disk import spoken_faults
from bot.features.export.request import POSTS, ExportFile, ExportRequest
from bot.features.export.spooled import Slice, open_spooled
from metrics.errors import DomainError
from metrics.periods import Period, midnight

_UNFIT = re.compile(r"[^\w.-]+")
_NAME_CHARS = 40
_MEGABYTE = 1_000_000


def build_export(request: ExportRequest) -> list[ExportFile]:
    """Builds one file; where it would be too large one for each year of posts.

    Raises DomainError: ("er.no_data") where the posts went away meanwhile, ("export.nothing_then") for a period without a
    post, ("export.too_big") where a single year is too large, ("export.no_room").
    """
    if not request.posts:
        raise DomainError("er.no_data", title=request.title)
    t = translator(request.language)
    with spoken_faults():
        spooled = open_spooled(request)
        period = asked_period(request)
        whole = Slice(period.start_unix, period.end_unix) if period else Slice(-sys.maxsize, sys.maxsize)
        zone = ZoneInfo(request.zone)
        published = (row.published_at for row in spooled.rows(POSTS) if whole.holds(row))
        by_year = Counter(datetime.fromtimestamp(at, zone).year for at in published)
        if not by_year:
            raise DomainError("export.nothing_then")
        contents = open_contents(spooled, t)
        if by_year.total() <= ROWS_AT_MOST:
            made = _write(contents, whole, request.folder / "whole")
            if made.stat().st_size <= request.file_bytes:
                return [ExportFile(_file_name(request), made, _caption(contents, by_year.total(), period))]
            made.unlink()
        return list(_by_year(contents, whole, by_year))


def _by_year(contents: Contents, whole: Slice, by_year: Counter[int]) -> Iterator[ExportFile]:
    request, t = contents.request, contents.t
    zone = ZoneInfo(request.zone)
    for year, posts in sorted(by_year.items()):
        start, end = (int(midnight(date(one, 1, 1), zone).timestamp()) for one in (year, year + 1))
        part = Slice(max(start, whole.start), min(end, whole.end))
        made = _write(contents, part, request.folder / str(year))
        size = made.stat().st_size
        if size > request.file_bytes or posts > ROWS_AT_MOST:
            raise DomainError("export.too_big", year=year, mb=t.number(size / _MEGABYTE))
        caption = t("export.done_year", channel=request.title, year=year, posts=t.plural("er.posts", posts))
        yield ExportFile(_file_name(request, year), made, caption)


def _write(contents: Contents, part: Slice, path: Path) -> Path:
    style = style_of(contents.t)
    if contents.request.format == "xlsx":
        write_workbook(path, contents.sheets(part), style)
    else:
        write_csv(path, contents.posts(part), style)
    return path


def _caption(contents: Contents, posts: int, period: Period | None) -> str:
    """Says how many posts of which days: a file that was asked for under a week's card is of that week."""
    request, t = contents.request, contents.t
    counted = t.plural("er.posts", posts)
    if period is not None:
        this_year = datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone)).year
        counted += f", {t.days_of_month(period.first, period.last, year=period.first.year != this_year)}"
    return t(
        f"export.done_{request.format}",
        channel=request.title,
        posts=counted,
        zone=clock_name(request.zone, datetime.fromtimestamp(request.as_of, UTC), t.language),
    )


def _file_name(request: ExportRequest, year: int | None = None) -> str:
    made = datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone))
    title = _UNFIT.sub("-", request.title).strip("-.")[:_NAME_CHARS] or "otklik"
    of = f"-{year}" if year is not None else ""
    return f"{title}{of}-{made:%Y-%m-%d}.{request.format}"
