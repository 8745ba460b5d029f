"""A file as sent -> what it holds: tables, a JSON value or a page, each with the name it came under."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from selectolax.lexbor import LexborHTMLParser

from metrics.errors import DomainError
from storage.files.decode import archive, workbooks
from storage.files.decode.column_rows import Row
from storage.files.decode.delimited import read_rows
from storage.files.decode.documents import Document, is_word, read_document
from storage.files.decode.markup import check_markup
from storage.files.decode.reader import decode
from storage.files.decode.web_tables import (
    has_tables,
    is_spreadsheet_xml,
    page_of_archive,
    read_page_tables,
    read_spreadsheet_xml,
)
from storage.files.tables.columns import known_titles
from storage.files.tables.lines_of_posts import rows_of_lines
from storage.files.tables.table import Table, find_table
from storage.files.tables.tables_below import parts_of_sheet
from storage.files.upload.limits import MAX_BYTES, MAX_MEGABYTES

Kind = Literal["table", "json", "html"]
_HTML_STARTS = ("<!doctype", "<html", "<head", "<body", "<div", "<?xml", "<!--", "<section")
_TABLE_STARTS = ("<table", "<meta", "<style")
_GAP_CHARS = 16  # looked at between two objects, and at an end
_HEX_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9a-fA-F]{2})")
_LEAST_LISTS = 2
_TABLE_NAMES = (".csv", ".tsv", ".txt")
# `window.YTD.tweets.part0 = [`: how X's archive and other sites wrap JSON into a script.
_SCRIPT_START = re.compile(r"\ufeff?\s*(?:(?:var|let|const)\s+|window\.)[\w.$]+\s*=\s*(?=[\[{])")


class Page:
    """A page as text, where a word is found fast, and as a tree, which is made when it is asked for."""

    def __init__(self, text: str, source: str | bytes | None = None) -> None:
        self.text = text
        self._source = text if source is None else source

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self._source)


@dataclass(slots=True)
class Content:
    name: str
    kind: Kind
    value: Any  # Table, JSON value or Page
    of_sheet: str | None = None
    is_hidden: bool = False  # a sheet that its owner has put out of sight


def open_file(name: str, path: Path) -> Iterator[tuple[str, bytes, int | None]]:
    """Yields (name, bytes, when it was packed) of the file, or of a ZIP's members as `archive.zip/member`.

    Raises DomainError.
    """
    if path.stat().st_size > MAX_BYTES:
        raise DomainError("file.too_large", max_megabytes=MAX_MEGABYTES)
    data = path.read_bytes()
    if data.startswith(archive.GZIP_START):
        name, data = name.removesuffix(".gz"), archive.unpack_gzip(data)
    if data.startswith(workbooks.ZIP_START) and not _is_one_file(archive.member_names(data)):
        for member, unpacked, packed_at in archive.read_members(data):
            yield f"{name}/{member}", unpacked, packed_at
    else:
        yield name, data, None


def _is_one_file(names: list[str]) -> bool:
    return workbooks.is_workbook(names) or is_word(names)


def read_contents(name: str, data: bytes) -> list[Content]:
    """Returns what a file holds. Raises DomainError for what is no table, JSON or page at all."""
    if data.startswith((workbooks.ZIP_START, workbooks.OLE_START)):
        document = read_document(data) if data.startswith(workbooks.ZIP_START) else None
        return _of_workbook(name, data) if document is None else _of_document(name, document)
    data = page_of_archive(data) or data
    text, encoding = decode(data)
    if script := _SCRIPT_START.match(text):
        text = text[script.end() :].rstrip().rstrip(";")
    start = text[:200].lstrip("\ufeff \t\r\n")
    if start.startswith("{\\rtf"):
        raise DomainError("file.other_document")
    if is_spreadsheet_xml(text):
        return _sheets(name, read_spreadsheet_xml(text))
    if start.casefold().startswith(_HTML_STARTS + _TABLE_STARTS):
        check_markup(text)
        tables = read_page_tables(text) if has_tables(text) else []
        if tables:
            return _sheets(name, tables)
        # The parser takes bytes as UTF-8 whatever they are; others, and those cut inside a character, are decoded by us.
        whole = encoding == "utf-8" and data.endswith(text[-_GAP_CHARS:].encode())
        return [Content(name, "html", Page(text, data if whole else text))]
    if start.startswith(("{", "[")):
        value = _read_json(name, text)
        if value is not None:
            rows = _rows_of(value)
            return _tables_of(name, rows) if rows else [Content(name, "json", value)]
    listed = rows_of_lines(text)
    return _tables_of(name, read_rows(text) if listed is None else listed)


def _of_workbook(name: str, data: bytes) -> list[Content]:
    sheets = workbooks.read_sheets(data)
    contents = _sheets(name, [(sheet.name, sheet.rows) for sheet in sheets])
    hidden = {sheet.name for sheet in sheets if sheet.is_hidden}
    for content in contents:
        content.is_hidden = content.of_sheet in hidden
    return sorted(contents, key=lambda content: content.is_hidden)


def _of_document(name: str, document: Document) -> list[Content]:
    """Returns the tables of a text document; without any, the posts that its text lists."""
    if document.tables:
        return _sheets(name, document.tables)
    listed = rows_of_lines(document.text)
    if listed is None:
        raise DomainError("file.other_document")
    return _tables_of(name, listed)


def _sheets(name: str, sheets: Sequence[tuple[str, Sequence[Row]]]) -> list[Content]:
    return [
        content
        for sheet, rows in sheets
        for content in _tables_of(name if len(sheets) == 1 else f"{name}: {sheet}", rows, sheet)
    ]


def _tables_of(name: str, grid: Sequence[Row], sheet: str | None = None) -> list[Content]:
    """Returns the tables of a sheet: one, or several below one another, called by the headings above them."""
    contents = []
    for part in parts_of_sheet(grid):
        called = part.heading if part.is_channel else sheet
        found = find_table(part.rows, called)  # a table of titles alone is one, and has no length
        table = Table([], [], (), grid=part.rows, sheet=called) if found is None else found
        if part.start:
            table.move_down(part.start)
        part_name = f"{name}: {part.heading}" if part.start and part.heading else name
        contents.append(Content(part_name, "table", table, sheet))
    return contents


def _read_json(name: str, text: str) -> Any:
    """Returns the JSON value of a text; None for a table whose first cell happens to start with a bracket."""
    try:
        return _unpacked(_loads(text))
    except RecursionError as error:
        raise DomainError("file.too_deep") from error
    except json.JSONDecodeError as error:
        lines = _read_json_lines(text) or _read_json_in_a_row(text)
        if lines is not None:
            return lines
        if name.casefold().endswith(_TABLE_NAMES):
            return None
        if error.pos >= len(text.rstrip()) - 1 or not text.rstrip().endswith(("}", "]")):
            raise DomainError("file.truncated") from error
        raise DomainError("file.broken_json", line=error.lineno) from error
    except ValueError as error:  # a number of thousands of digits
        raise DomainError("file.broken_json", line=1) from error


def _rows_of(value: Any) -> list[Row] | None:
    """Returns a table written as lists of cells, titles first; None for other JSON."""
    rows = value.get("values") if isinstance(value, dict) else value  # as the API of Google Sheets answers
    if (
        not isinstance(rows, list)
        or len(rows) < _LEAST_LISTS
        or not all(isinstance(row, list) for row in rows)
    ):
        return None
    if (
        not rows[0]
        or not all(isinstance(title, str) for title in rows[0])
        or known_titles(rows[0]) < _LEAST_LISTS
    ):
        return None
    return [["" if cell is None or isinstance(cell, dict | list) else cell for cell in row] for row in rows]


def _loads(text: str) -> Any:
    r"""Returns JSON, and what Telegram Desktop writes that is none: bare control characters, and `\x0b`."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if not error.msg.startswith(("Invalid control", "Invalid \\escape")):
            raise
        return json.loads(_HEX_ESCAPE.sub(r"\1\\u00\2", text), strict=False)


def _unpacked(value: Any) -> Any:
    """Returns the value; a list of messages that are each a JSON text of their own is unpacked."""
    if (
        isinstance(value, list)
        and value
        and all(isinstance(item, str) and item.startswith("{") for item in value)
    ):
        return list(map(json.loads, value))
    return value


def _read_json_in_a_row(text: str) -> list[Any] | None:
    """Returns objects printed one after another, each over several lines; the last may be cut off.

    None: others.
    """
    decoder, values, at = json.JSONDecoder(), [], 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError):
            break
        values.append(value)
        at += len(text[at : at + _GAP_CHARS]) - len(text[at : at + _GAP_CHARS].lstrip(" \t\r\n,"))
    return values if len(values) > 1 and all(isinstance(value, dict) for value in values) else None


def _read_json_lines(text: str) -> list[Any] | None:
    """Returns JSON Lines, every filled line an object; the last may be cut off.

    None: the text is something else.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.startswith("{") for line in lines[:3]):
        return None
    try:
        values = [json.loads(line) for line in lines[:-1]]
    except (json.JSONDecodeError, RecursionError):
        return None
    try:
        values.append(json.loads(lines[-1]))
    except json.JSONDecodeError:
        return values
    return values
