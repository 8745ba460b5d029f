"""Tables as files: a workbook of several sheets, or CSV. What strangers wrote stays text."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.core.locales import Translator

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | datetime | date | None

# A title that begins with «=» is no formula, an address is no link to click, a number in quotes is what was written.
TEXTS_STAY_TEXTS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COUNT, PERCENT = "#,##0", "0.00"  # how Excel shows a number; it takes the signs from its own language
ROWS_AT_MOST = 1_048_575  # of a sheet of Excel, below its header
_USUAL_WIDTH = 13
_HEADER_HEIGHT = 32  # two lines: a phone does not make the row as high as its words need
_NAME_CHARS = 31  # a sheet's name; more is refused by Excel
_EXACT_DIGITS = 15  # of a number that a spreadsheet keeps; it rounds longer ones
_EVERYWHERE = "A1:XFD1048576"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # OWASP: how a cell begins that a spreadsheet computes
_MARK = "\ufeff"  # without it Excel reads CSV in the machine's own code page


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows`: cells in the order of `titles`, which may be read only once; datetimes are local and have no zone.

    By column number: `widths` in characters, `formats` as Excel writes them. `ids`: columns of names made of digits.
    """

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: dict[int, int] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    ids: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How the spreadsheets of a language write: what parts cells of CSV, decimals, dates as `strftime` and as Excel has it."""

    delimiter: str
    decimal: str
    day: str
    day_format: str
    yes: str
    no: str

    @property
    def moment(self) -> str:
        return f"{self.day} %H:%M:%S"

    @property
    def moment_format(self) -> str:
        return f"{self.day_format} hh:mm"


def style_of(t: Translator) -> Style:
    words = (t.plain("sheets.yes"), t.plain("sheets.no"))
    if t.language == "ru":
        return Style(";", ",", "%d.%m.%Y", "dd.mm.yyyy", *words)
    return Style(",", ".", "%Y-%m-%d", "yyyy-mm-dd", *words)


def workbook(sheets: Iterable[Sheet], style: Style) -> bytes:
    """Returns a small workbook, made in memory."""
    file = io.BytesIO()
    _write_book(file, sheets, style, {"in_memory": True})
    return file.getvalue()


def write_workbook(path: Path, sheets: Iterable[Sheet], style: Style) -> None:
    """Writes a workbook with one row in memory at a time; what is written in between lies beside `path`."""
    _write_book(str(path), sheets, style, {"constant_memory": True, "tmpdir": str(path.parent)})


def csv_file(sheet: Sheet, style: Style) -> bytes:
    """Returns UTF-8 with its mark, a dangerous beginning of a text defused by an apostrophe."""
    text = io.StringIO(newline="")
    _write_csv(text, sheet, style)
    return text.getvalue().encode()


def write_csv(path: Path, sheet: Sheet, style: Style) -> None:
    """Writes the same as `csv_file`, one row in memory at a time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        _write_csv(file, sheet, style)


def _write_csv(file: IO[str], sheet: Sheet, style: Style) -> None:
    file.write(_MARK)
    writer = csv.writer(file, delimiter=style.delimiter)
    writer.writerow(sheet.titles)
    writer.writerows(
        [_id(cell) if place in sheet.ids else _plain(cell, style) for place, cell in enumerate(row)]
        for row in sheet.rows
    )


def _plain(cell: Cell, style: Style) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return style.yes if cell else style.no
    if isinstance(cell, datetime):
        return cell.strftime(style.moment)
    if isinstance(cell, date):
        return cell.strftime(style.day)
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".replace(".", style.decimal)
    return _defused(cell) if isinstance(cell, str) else cell


def _defused(text: str) -> str:
    """Returns a text with one apostrophe more than it has before what a spreadsheet would compute.

    Whoever takes one off has the text.
    """
    return f"'{text}" if text.lstrip("'").startswith(_DANGEROUS) else text


def _id(cell: Cell) -> str:
    """Returns an id, behind a tab where a spreadsheet would take it for another number or a date.

    Readers of tables strip the tab.
    """
    text = str(cell)
    is_kept = text.isascii() and text.isdigit() and len(text) <= _EXACT_DIGITS and text == str(int(text))
    return text if is_kept else f"\t{text}" if text == _defused(text) else _defused(text)


def _write_book(file: str | io.BytesIO, sheets: Iterable[Sheet], style: Style, how: dict[str, Any]) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - the bot's own process writes small tables as CSV

    with Workbook(file, {**TEXTS_STAY_TEXTS, **how}) as book:
        writer = _Writer(book, style)
        for sheet in sheets:
            writer.add(sheet)


class _Writer:
    """Sheets of one workbook; a format is a thing of the workbook and made once."""

    def __init__(self, book: "Workbook", style: Style) -> None:
        self._book = book
        self._style = style
        self._header = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._formats: dict[str | None, Format | None] = {None: None}

    def add(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name[:_NAME_CHARS])
        page.set_row(0, _HEADER_HEIGHT)
        for column, title in enumerate(sheet.titles):
            page.set_column(column, column, sheet.widths.get(column, _USUAL_WIDTH))
            page.write_string(0, column, title, self._header)
        last = 0
        for last, row in enumerate(sheet.rows, start=1):
            self._write(page, last, row, sheet.formats)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(1, last), len(sheet.titles) - 1)
        page.ignore_errors({"number_stored_as_text": _EVERYWHERE})

    def _write(self, page: "Worksheet", number: int, row: Sequence[Cell], formats: dict[int, str]) -> None:
        for column, cell in enumerate(row):
            shown = formats.get(column)
            if isinstance(cell, str):
                page.write_string(number, column, cell)
            elif isinstance(cell, datetime):
                page.write_datetime(number, column, cell, self._format(shown or self._style.moment_format))
            elif isinstance(cell, date):
                page.write_datetime(number, column, cell, self._format(shown or self._style.day_format))
            elif isinstance(cell, bool):
                page.write_string(number, column, self._style.yes if cell else self._style.no)
            elif cell is not None:
                page.write_number(number, column, cell, self._format(shown))

    def _format(self, shown: str | None) -> "Format | None":
        if shown not in self._formats:
            self._formats[shown] = self._book.add_format({"num_format": shown})
        return self._formats[shown]
