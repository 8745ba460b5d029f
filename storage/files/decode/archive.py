"""A ZIP's members, and what gzip has packed, guarded: declared sizes summed before anything unpacks, read up to the declared size, never onto disk."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from metrics.errors import DomainError
from storage.files.upload.limits import MAX_BYTES, MAX_MEGABYTES, MAX_MEMBERS

READABLE = frozenset(
    {
        ".csv",
        ".tsv",
        ".txt",
        ".json",
        ".jsonl",
        ".ndjson",
        ".html",
        ".htm",
        ".xlsx",
        ".xls",
        ".xlsm",
        ".xlsb",
        ".ods",
    }
)
NESTED = frozenset({".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
_DOCUMENT_FOLDERS = ("word/", "ppt/", "Index/Document", "Index/Tables/")
GZIP_START = b"\x1f\x8b"
_GZIP_WINDOW = 31  # tells zlib to expect the head of gzip
_FIRST_YEAR = 2000
_ENCRYPTED_FLAG = 0x1


def check_members(members: Sequence[zipfile.ZipInfo]) -> None:
    """Raises DomainError: file.too_many_members, file.too_large, file.encrypted, file.nested_archive."""
    if len(members) > MAX_MEMBERS:
        raise DomainError("file.too_many_members", max_members=MAX_MEMBERS)
    if sum(member.file_size for member in members) > MAX_BYTES:
        raise DomainError("file.too_large", max_megabytes=MAX_MEGABYTES)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise DomainError("file.encrypted")
    if any(_suffix(member) in NESTED for member in members):
        raise DomainError("file.nested_archive")


def member_names(data: bytes) -> list[str]:
    """Returns the names of a ZIP's members. Raises DomainError("file.broken_archive")."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DomainError("file.broken_archive") from error


def read_members(data: bytes) -> Iterator[tuple[str, bytes, int | None]]:
    """Yields (name, bytes, unix seconds of its packing) of the members that may hold statistics.

    Pictures, styles and scripts stay packed. Raises DomainError: those of `check_members`,
    file.broken_archive, file.archive_without_statistics, file.other_document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # A Telegram export brings thousands of pictures along; only what would be read is counted.
            wanted = [member for member in archive.infolist() if _is_wanted(member)]
            if not wanted and _is_document(archive.namelist()):
                raise DomainError("file.other_document")
            check_members([*wanted, *(m for m in archive.infolist() if _suffix(m) in NESTED)])
            if not wanted:
                raise DomainError("file.archive_without_statistics")
            for member in wanted:
                yield member.filename, _read_member(archive, member), _packed_at(member)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise DomainError("file.broken_archive") from error


def _is_document(names: Sequence[str]) -> bool:
    """Tells whether an archive is a document of Numbers, Pages, Word or PowerPoint: its maker sees no archive."""
    return any(name == "Index.zip" or name.startswith(_DOCUMENT_FOLDERS) for name in names)


def _packed_at(member: zipfile.ZipInfo) -> int | None:
    """Returns when a member was packed, in unix seconds; None for the date of a packer without a clock.

    A ZIP writes the clock of its maker without a zone: right to half a day.
    """
    if member.date_time[0] < _FIRST_YEAR:
        return None
    try:
        return int(datetime(*member.date_time, tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Returns a member's bytes; one that unpacks to more than it declared is stopped there."""
    with archive.open(member) as packed:
        data = packed.read(member.file_size + 1)
    if len(data) > member.file_size:
        raise DomainError("file.broken_archive")
    if data.startswith(b"PK\x03\x04") and _suffix(member) not in _WORKBOOKS:
        raise DomainError("file.nested_archive")
    return data


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.casefold()


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    hidden = member.filename.startswith("__MACOSX/") or PurePosixPath(member.filename).name.startswith(".")
    return not member.is_dir() and not hidden and _suffix(member) in READABLE


def unpack_gzip(data: bytes) -> bytes:
    """Returns what gzip has packed. Raises DomainError: file.too_large, file.broken_archive."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = unpacker.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise DomainError("file.broken_archive") from error
    if len(unpacked) > MAX_BYTES:
        raise DomainError("file.too_large", max_megabytes=MAX_MEGABYTES)
    if not unpacker.eof:
        raise DomainError("file.truncated")
    return unpacked
