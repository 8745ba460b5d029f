"""Tables that services save as a web page or as XML of 2003 and call .xls: rows of cells, sheet by sheet."""

import re
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser, LexborNode

from metrics.errors import DomainError
from storage.files.decode.column_rows import Row
from storage.files.upload.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_NS = f"{{{_SPREADSHEET}}}"
_TELEGRAM = ('class="message ', "tgme_", 'class="page_wrap')
_DEFINITIONS = re.compile(r"<!(?:doctype|entity)", re.IGNORECASE)
_TABLE = re.compile("<table", re.IGNORECASE)
_HEAD_CHARS = 4096
_LEAST_ROWS = 2


def is_spreadsheet_xml(text: str) -> bool:
    return _SPREADSHEET in text[:_HEAD_CHARS] and "<html" not in text[:_HEAD_CHARS].casefold()


def has_tables(text: str) -> bool:
    """Tells whether a page holds tables and is none of Telegram's, which are read as pages."""
    return not any(mark in text for mark in _TELEGRAM) and _TABLE.search(text) is not None


def read_spreadsheet_xml(text: str) -> list[tuple[str, list[Row]]]:
    """Returns (sheet, rows) of XML of 2003.

    Raises DomainError: file.unsafe_xml for definitions, file.broken_archive for what is no XML, the caps of
    tables.
    """
    if _DEFINITIONS.search(text):
        raise DomainError("file.unsafe_xml")
    try:
        root = ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))  # noqa: S314 - no definitions, see above
    except ET.ParseError as error:
        raise DomainError("file.broken_archive") from error
    sheets = [
        (sheet.get(f"{_NS}Name") or "", [_xml_row(row) for row in sheet.iter(f"{_NS}Row")])
        for sheet in root.iter(f"{_NS}Worksheet")
    ]
    return [(name, _checked(rows)) for name, rows in sheets if rows]


def _xml_row(row: ET.Element) -> Row:
    cells: list[str] = []
    for cell in row.iter(f"{_NS}Cell"):
        index = cell.get(f"{_NS}Index") or ""
        if index.isdigit() and len(index) < 4:
            cells.extend([""] * (int(index) - 1 - len(cells)))
        data = cell.find(f"{_NS}Data")
        text = "" if data is None else "".join(data.itertext()).strip()
        if data is not None and data.get(f"{_NS}Type") == "Number":
            text = text.removesuffix(".0")
        cells.append(text)
        merged = cell.get(f"{_NS}MergeAcross") or ""
        if merged.isdigit() and len(merged) < 4:
            cells.extend([""] * int(merged))
    return cells


def read_page_tables(text: str) -> list[tuple[str, list[Row]]]:
    """Returns every table of a page that has rows and holds no other table.

    Raises DomainError for the caps of tables.
    """
    tables = [node for node in LexborHTMLParser(text).css("table") if node.css_first("table table") is None]
    found = [_checked([_html_row(row) for row in table.css("tr")]) for table in tables]
    kept = [rows for rows in found if len(rows) >= _LEAST_ROWS]
    return [(f"№ {number}", rows) for number, rows in enumerate(kept, 1)]


def _html_row(row: LexborNode) -> Row:
    cells: list[str] = []
    for cell in row.css("td, th"):
        cells.append(" ".join(cell.text().split()))
        span = cell.attributes.get("colspan") or ""
        if span.isdigit() and len(span) < 4:
            cells.extend([""] * (int(span) - 1))
    return cells


def _checked(rows: list[Row]) -> list[Row]:
    if len(rows) > MAX_ROWS:
        raise DomainError("file.too_many_rows", max_rows=MAX_ROWS)
    if rows and max(map(len, rows)) > MAX_COLUMNS:
        raise DomainError("file.too_many_columns", max_columns=MAX_COLUMNS)
    if any(len(cell) > MAX_CELL_CHARS for row in rows for cell in row):
        raise DomainError("file.cell_too_long", max_chars=MAX_CELL_CHARS)
    return rows
