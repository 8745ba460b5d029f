"""Text documents (DOCX, ODT): their tables as rows of cells, and what stands outside of them as lines."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from metrics.errors import DomainError
from storage.files.decode.column_rows import Row
from storage.files.decode.workbooks import check_parts
from storage.files.upload.limits import MAX_COLUMNS, MAX_MEGABYTES

_WORD_PART, _ODF_PART, _ODF_KIND = "word/document.xml", "content.xml", "mimetype"
_ODF_TEXT = b"application/vnd.oasis.opendocument.text"
_LONGEST_XML = 16 * 1024 * 1024  # a tree of it takes ten times as much memory
_LEAST_ROWS = 2
_LONGEST_HEADING = 60
_LONGEST_KIND = 256


class Document(NamedTuple):
    """`tables`: each called by the line above it."""

    tables: list[tuple[str, list[Row]]]
    text: str  # a paragraph a line, those outside of tables


class _Names(NamedTuple):
    """Local names of the elements, and the attributes that say how many columns a cell takes."""

    table: str
    row: str
    cells: tuple[str, ...]
    paragraphs: tuple[str, ...]
    span: str
    repeat: str


_WORD = _Names("tbl", "tr", ("tc",), ("p",), "gridSpan", "")
_ODF = _Names(
    "table", "table-row", ("table-cell", "covered-table-cell"), ("p", "h"), "", "number-columns-repeated"
)


def is_word(names: list[str]) -> bool:
    return _WORD_PART in names


def read_document(data: bytes) -> Document | None:
    """Returns what a text document holds; None for every other ZIP.

    Raises DomainError: file.too_large, file.unsafe_xml, file.broken_archive, file.other_document, and the caps of `archive`.
    """
    found = _part_of(data)
    if found is None:
        return None
    part, names = found
    try:
        root = ET.fromstring(part)  # noqa: S314 - definitions were refused by check_parts
    except ET.ParseError as error:
        raise DomainError("file.other_document") from error
    called, lines = list[tuple[str, list[Row]]](), list[str]()
    heading = ""
    for node in _within(root, lambda node: _is_paragraph(node, names) or _is_table(node, names)):
        if _is_paragraph(node, names):
            lines.append(_text(node))
            heading = lines[-1] or heading
            continue
        rows = [_row(row, names) for row in _within(node, lambda node: _local(node) == names.row)]
        if len(rows) >= _LEAST_ROWS:
            name = heading if 0 < len(heading) <= _LONGEST_HEADING else f"№ {len(called) + 1}"
            called.append((name, rows))
        heading = ""
    return Document(called, "\n".join(lines))


def _within(node: ET.Element, is_wanted: Callable[[ET.Element], bool]) -> Iterator[ET.Element]:
    """Yields what is wanted in the order of the document, and looks no deeper where it has found it."""
    open_ones = [iter(node)]
    while open_ones:
        child = next(open_ones[-1], None)
        if child is None:
            open_ones.pop()
        elif is_wanted(child):
            yield child
        else:
            open_ones.append(iter(child))


def _part_of(data: bytes) -> tuple[bytes, _Names] | None:
    """Returns the part of a text document that holds its text; None for another file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
            is_odf = _ODF_KIND in members and archive.open(_ODF_KIND).read(_LONGEST_KIND).startswith(
                _ODF_TEXT
            )
            if not is_odf and not is_word(members):
                return None
            check_parts(archive)
            info = archive.getinfo(_ODF_PART if is_odf else _WORD_PART)
            if info.file_size > _LONGEST_XML:
                raise DomainError("file.too_large", max_megabytes=MAX_MEGABYTES)
            return archive.read(info), _ODF if is_odf else _WORD
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise DomainError("file.broken_archive") from error


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _is_paragraph(node: ET.Element, names: _Names) -> bool:
    return _local(node) in names.paragraphs


def _is_table(node: ET.Element, names: _Names) -> bool:
    """Tells whether an element is a table that holds no other one."""
    return _local(node) == names.table and not any(
        other is not node and _local(other) == names.table for other in node.iter()
    )


def _row(row: ET.Element, names: _Names) -> Row:
    cells: list[str] = []
    for cell in _within(row, lambda node: _local(node) in names.cells):
        paragraphs = _within(cell, lambda node: _is_paragraph(node, names))
        text = " ".join(" ".join(map(_text, paragraphs)).split())
        times, width = _number(cell, names.repeat), _span(cell, names)
        cells.extend([text] * times + [""] * (width - 1))
        if len(cells) > MAX_COLUMNS:
            raise DomainError("file.too_many_columns", max_columns=MAX_COLUMNS)
    return cells


def _span(cell: ET.Element, names: _Names) -> int:
    """Returns how many columns a cell of Word takes; cells that ODF covers stand in the file themselves."""
    if not names.span:
        return 1
    return next((_number(node, "val") for node in cell.iter() if _local(node) == names.span), 1)


def _number(node: ET.Element, attribute: str) -> int:
    value = next((value for name, value in node.items() if name.rpartition("}")[2] == attribute), "")
    return min(int(value), MAX_COLUMNS + 1) if value.isdigit() and len(value) < 6 and int(value) else 1


def _text(paragraph: ET.Element) -> str:
    """Returns the words of a paragraph; a tab or a line break in it is a blank, what was struck out is nothing."""
    pieces: list[str] = []
    for node in paragraph.iter():
        name = _local(node)
        if name in ("tab", "br", "s", "line-break"):
            pieces.append(" ")
        if name not in ("instrText", "delText"):
            pieces.append(node.text or "")
        if node is not paragraph:
            pieces.append(node.tail or "")
    return "".join(pieces).strip()
