"""Every channel of a large workspace as a row of a workbook. Runs in workers."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from bot.locales import Translator
from bot.reports.digest.figures import HEADLINE, REACH, Figures
from bot.reports.digest.request import DigestRequest

COLUMNS = (
    "channel",
    "posts",
    "views",
    "er",
    "er_low",
    "er_high",
    "view_rate",
    "subscribers",
    "gained",
    "change",
    "change_low",
    "change_high",
    "best",
    "drops",
)
WIDTHS = {"channel": 34, "best": 34, "drops": 34}
# What strangers wrote stays text: a title that begins with «=» is no formula, an address is no link to click.
TEXTS_STAY_TEXTS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Cell = str | float | None


def workbook(told: Sequence[Figures], request: DigestRequest, t: Translator) -> tuple[str, bytes]:
    """Name and content of an XLSX file."""
    file = io.BytesIO()
    with Workbook(file, TEXTS_STAY_TEXTS) as book:
        sheet = book.add_worksheet(t.plain("digest.table.sheet"))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for column, code in enumerate(COLUMNS):
            sheet.set_column(column, column, WIDTHS.get(code, 13))
            sheet.write_string(0, column, t.plain(f"digest.table.{code}"), bold)
        for row, one in enumerate(told, start=1):
            for column, cell in enumerate(_cells(one, t)):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(told), len(COLUMNS) - 1)
    return f"{t.plain('digest.table.file')}-{request.first:%Y-%m-%d}.xlsx", file.getvalue()


def _cells(one: Figures, t: Translator) -> list[Cell]:
    """In the order of COLUMNS; percent as numbers of percent."""
    summary, change = one.summary, one.change
    rate, reach = summary.rates[HEADLINE], summary.rates[REACH]
    drops = "; ".join(
        t.plain("digest.table.drop", metric=t.plain(f"replay.metric.{drop.metric}"), since=drop.since)
        for drop in one.channel.drops
    )
    counted = [
        summary.posts.used,
        summary.totals.get("views"),
        _rounded(rate.value),
        _rounded(rate.low),
        _rounded(rate.high),
        _rounded(reach.value),
    ]
    return [
        one.channel.title,
        *([0, *[None] * 5] if one.is_silent else counted),
        summary.subscribers.value if summary.subscribers else None,
        one.gained,
        *([_rounded(change.percent), _rounded(change.low), _rounded(change.high)] if change else [None] * 3),
        (one.best.post.link or one.best.post.title) if one.best else None,
        drops or None,
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
