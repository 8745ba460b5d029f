"""XLSX and XLS through calamine: values only, formulas never evaluated. Caps are checked before anything unpacks."""

import io
import re
import zipfile
import zlib
from datetime import datetime
from functools import lru_cache
from typing import IO, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from metrics.errors import DomainError
from storage.files.decode.archive import check_members
from storage.files.decode.column_rows import Row
from storage.files.upload.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.+-]{19,32}Z?)\s*<")
_LONGEST_PROPERTIES = 65_536
_DEFINITIONS = (b"<!DOCTYPE", b"<!ENTITY")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]{1,9})["']""")  # of a cell, or of a row
_LONGEST_PIECE = 64
_READ_BYTES = 1 << 20


_STREAMS_OF_DOCUMENTS = ("WordDocument", "PowerPoint Document")  # of Word and PowerPoint until 2007
_ODF_KIND, _ODF_TABLE = "mimetype", b"application/vnd.oasis.opendocument.spreadsheet"


def is_workbook(names: list[str]) -> bool:
    return "xl/workbook.xml" in names or "content.xml" in names or "xl/workbook.bin" in names


class SheetRows(NamedTuple):
    name: str
    rows: list[Row]
    is_hidden: bool


def read_sheets(data: bytes) -> list[SheetRows]:
    """Returns every sheet that has rows.

    Raises DomainError: file.encrypted, file.broken_archive, file.unsafe_xml, file.too_many_cells, and the caps of `archive`.
    """
    if data.startswith(ZIP_START):
        _check_parts(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            SheetRows(
                sheet.name,
                list(book.get_sheet_by_name(sheet.name).to_python()),
                sheet.visible != SheetVisibleEnum.Visible,
            )
            for sheet in book.sheets_metadata
        ]
    except CalamineError as error:
        if any(name.encode("utf-16-le") in data for name in _STREAMS_OF_DOCUMENTS):
            raise DomainError("file.other_document") from error
        encrypted = "password" in str(error).casefold() or "crypt" in str(error).casefold()
        raise DomainError(
            "file.encrypted" if encrypted or _is_encrypted(data) else "file.broken_archive"
        ) from error
    for _, rows, _ in sheets:
        if len(rows) > MAX_ROWS:
            raise DomainError("file.too_many_rows", max_rows=MAX_ROWS)
        if rows and len(rows[0]) > MAX_COLUMNS:
            raise DomainError("file.too_many_columns", max_columns=MAX_COLUMNS)
    return [sheet for sheet in sheets if sheet.rows]


def moment_of_workbook(data: bytes) -> int | None:
    """Returns when a workbook was last saved, by `docProps/core.xml`, in unix seconds.

    None for other files.
    """
    if not data.startswith(ZIP_START):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book, book.open(_PROPERTIES) as part:
            found = _MODIFIED.search(part.read(_LONGEST_PROPERTIES))
        return int(datetime.fromisoformat(found[1].decode()).timestamp()) if found else None
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        OSError,
        zlib.error,
        EOFError,
    ):
        return None  # what is wrong with it is said where it is read


def _is_encrypted(data: bytes) -> bool:
    """Tells whether the file is a protected workbook: an OLE file with this stream, its name in UTF-16."""
    return data.startswith(OLE_START) and "EncryptedPackage".encode("utf-16-le") in data


def _check_parts(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            check_parts(book)
            if _ODF_KIND in book.namelist() and not book.read(_ODF_KIND).startswith(_ODF_TABLE):
                raise DomainError("file.other_document")
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise DomainError("file.broken_archive") from error


def check_parts(book: zipfile.ZipFile) -> None:
    """Reads every part to its end, whatever its name: a sheet may have any.

    Raises DomainError: file.unsafe_xml, file.broken_archive, the caps of `archive` and of tables.
    """
    try:
        check_members(book.infolist())
        for info in book.infolist():
            with book.open(info) as part:
                _check_xml(part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise DomainError("file.broken_archive") from error


def _check_xml(part: IO[bytes]) -> None:
    """Reads a part to its end, where zipfile holds size and checksum to the declared.

    Raises DomainError for a definition, which may stand nowhere.
    """
    before = b""
    width = height = 1
    while chunk := part.read(_READ_BYTES):
        seen = before + chunk
        if any(word in seen for word in _DEFINITIONS):
            raise DomainError("file.unsafe_xml")
        if places := _PLACE.findall(seen):
            columns, rows = map(set, zip(*places, strict=True))  # each comes again and again
            width, height = max(width, *map(_number, columns)), max(height, *map(int, rows))
        before = chunk[-_LONGEST_PIECE:]
    _check_size(width, height)


def _check_size(width: int, height: int) -> None:
    """Raises DomainError for too large a sheet: the reader makes a whole rectangle up to the last cell."""
    if height > MAX_ROWS:
        raise DomainError("file.too_many_rows", max_rows=MAX_ROWS)
    if width > MAX_COLUMNS:
        raise DomainError("file.too_many_columns", max_columns=MAX_COLUMNS)
    if width * height > MAX_CELLS:
        raise DomainError("file.too_many_cells", max_cells=MAX_CELLS)


@lru_cache(maxsize=1024)
def _number(column: bytes) -> int:
    """Returns the number of a column, b"A" -> 1, b"XFD" -> 16384; of a row alone 0."""
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
