"""Tables as files: a workbook of several sheets, or CSV. What strangers wrote stays text."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | datetime | None

# A title that begins with «=» is no formula, an address is no link to click, a number in quotes is what was written.
TEXTS_STAY_TEXTS = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_USUAL_WIDTH = 13
_NAME_CHARS = 31  # a sheet's name; more is refused by Excel
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # OWASP: how a cell begins that a spreadsheet computes
_MARK = "\ufeff"  # without it Excel reads CSV in the machine's own code page


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows`: cells in the order of `titles`; datetimes are local and have no zone. `widths` by column number."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: dict[int, int] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - the bot's own process writes small tables as CSV

    file = io.BytesIO()
    with Workbook(file, {**TEXTS_STAY_TEXTS, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:_NAME_CHARS])
            for column, title in enumerate(sheet.titles):
                page.set_column(column, column, sheet.widths.get(column, _USUAL_WIDTH))
                page.write_string(0, column, title, bold)
            for number, row in enumerate(sheet.rows, start=1):
                _write(page, number, row)
            page.freeze_panes(1, 1)
            page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.titles) - 1)
    return file.getvalue()


def csv_file(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, comma, a dangerous beginning of a text defused by an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.titles)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return (_MARK + text.getvalue()).encode()


def _write(page: "Worksheet", number: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(number, column, cell)
        elif isinstance(cell, datetime):
            page.write_datetime(number, column, cell)
        elif isinstance(cell, bool):
            page.write_boolean(number, column, cell)
        elif cell is not None:
            page.write_number(number, column, cell)


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, str) and cell.startswith(_DANGEROUS):
        return f"'{cell}"
    return cell
