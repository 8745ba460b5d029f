"""Tables that services save as a web page or as XML of 2003 and call .xls: rows of cells, sheet by sheet; pages saved as MHTML."""

import email
import re
from email.message import Message
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
_HEAD_BYTES = 2048
_LEAST_ROWS = 2
_LONGEST_HEADING = 60
_SPAN_DIGITS = 4


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
    """Returns every table of a page that has rows and holds no other table, called by the heading above it.

    Raises DomainError for the caps of tables.
    """
    found: list[tuple[str, list[Row]]] = []
    heading = ""
    for node in LexborHTMLParser(text).css("h1, h2, h3, h4, h5, h6, table"):
        if node.tag != "table":
            heading = " ".join(node.text().split())
        elif node.css_first("table table") is None:
            rows = _checked(_html_rows(node))
            if len(rows) >= _LEAST_ROWS:
                caption = node.css_first("caption")
                called = heading if caption is None else " ".join(caption.text().split())
                found.append((called if 0 < len(called) <= _LONGEST_HEADING else f"№ {len(found) + 1}", rows))
            heading = ""
    return found


def _html_rows(table: LexborNode) -> list[Row]:
    """Returns the cells of a table's rows; a cell over several rows or columns leaves the others empty."""
    rows: list[Row] = []
    below: dict[int, int] = {}  # column -> how many more rows a cell above reaches down
    for row in table.css("tr"):
        cells: list[str] = []
        taken, below = below, {place: rest - 1 for place, rest in below.items() if rest > 1}
        for cell in row.css("td, th"):
            while len(cells) in taken:
                cells.append("")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                below.update(dict.fromkeys(range(len(cells), len(cells) + width), height - 1))
            cells.extend([" ".join(cell.text().split()), *[""] * (width - 1)])
        rows.append(cells)
    return rows


def _span(cell: LexborNode, name: str) -> int:
    span = cell.attributes.get(name) or ""
    return max(1, int(span)) if span.isdigit() and len(span) < _SPAN_DIGITS else 1


def _checked(rows: list[Row]) -> list[Row]:
    if len(rows) > MAX_ROWS:
        raise DomainError("file.too_many_rows", max_rows=MAX_ROWS)
    if rows and max(map(len, rows)) > MAX_COLUMNS:
        raise DomainError("file.too_many_columns", max_columns=MAX_COLUMNS)
    if any(len(cell) > MAX_CELL_CHARS for row in rows for cell in row):
        raise DomainError("file.cell_too_long", max_chars=MAX_CELL_CHARS)
    return rows


def page_of_archive(data: bytes) -> bytes | None:
    """Returns the page of a web archive, the first part of it that is one; None for another file."""
    head = data[:_HEAD_BYTES].lower()
    if b"mime-version:" not in head or b"multipart/related" not in head:
        return None
    parts = email.message_from_bytes(data).walk()
    return next((_content(part) for part in parts if part.get_content_type() == "text/html"), None)


def _content(part: Message) -> bytes:
    """Returns a page in UTF-8, whatever it came in."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    charset = part.get_content_charset()
    try:
        return content.decode(charset).encode() if charset else content
    except (LookupError, UnicodeDecodeError):
        return content
