"""Files as a person sent them -> rows in a sink, and an account of what was understood.

Nothing but DomainError leaves `read_upload`: a parser's own failure on a stranger's file is logged and becomes
`file.unreadable`.
"""

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from metrics.durations import DAY_S
from metrics.errors import DomainError
from storage.files.decode.contents import Content, open_file, read_contents
from storage.files.decode.workbooks import moment_of_workbook
from storage.files.formats.kinds import Format, Part
from storage.files.formats.registry import FORMATS, READ
from storage.files.tables.headers import read_as_told
from storage.files.tables.named_moments import moment_named
from storage.files.upload.assemble import (
    Sheet,
    hand_on,
    hold_same_posts,
    merge_parts,
    name_by_files,
    name_channels_of_sheets,
)
from storage.files.upload.codes import SEVERAL_CHATS
from storage.files.upload.limits import check_channels
from storage.files.upload.notes import Hints, Notes
from storage.files.upload.panels import join_panel
from storage.files.upload.understood import ReadFile, Sink, Understood

log = logging.getLogger(__name__)
T = TypeVar("T")

# Said only if nothing better can be: a ZIP's stray members and a workbook's other sheets end in these.
_WEAK_REFUSALS = ("file.not_statistics", "file.header_unknown", "file.empty", "file.unreadable")

# Pages an export brings along in its archive, with lists of chats and nothing to read: not worth a word.
_EXPECTED_IN_EXPORTS = ("file.no_posts", "file.unknown_page")


class FormatChoice(NamedTuple):
    format: Format
    why: str


def read_upload(
    files: Sequence[tuple[str, Path]],
    *,
    zone: str,
    as_of: int | None,
    sink: Sink,
    hints: Hints | None = None,
    is_own_machine: bool = False,
) -> Understood:
    """Reads one upload, (name as sent, path on disk) each, as one import.

    `zone` is the IANA zone naive times are read in; `as_of` (unix seconds) dates counters where a file does not.
    On one's own machine several files may bring more channels together than one alone.
    A file that can't be read beside one that can is left out with the warning `left_out`.
    Raises DomainError with one of `codes.REFUSALS` when nothing could be read.
    """
    with _collector_paused():
        notes = Notes(ZoneInfo(zone), as_of, hints=hints or Hints())
        return _read_upload(files, notes, sink, is_own_machine=is_own_machine)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Stops the garbage collector for the block.

    Millions of small rows and no cycles among them: looking for garbage in between costs a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_upload(
    files: Sequence[tuple[str, Path]], notes: Notes, sink: Sink, *, is_own_machine: bool
) -> Understood:
    understood = Understood()
    parts: list[Part] = []
    refused: list[tuple[str, DomainError]] = []
    for number, (name, path) in enumerate(files):
        found = _read_file(name, path, notes, understood, refused)
        for part in found:
            part.file = number
        parts.extend(found)
    if not parts:
        raise _worst(refused)
    for name, error in refused:
        if not ("/" in name and error.code in _EXPECTED_IN_EXPORTS):
            why = {key: one if isinstance(one, str) else int(one) for key, one in error.params.items()}
            notes.warn("left_out", **{**why, "name": name, "refusal": error.code})
    joined = join_panel(parts, notes)
    if notes.hints.apart and len(files) > 1:
        name_by_files(joined)
    merged = merge_parts(joined)
    if not is_own_machine and not any(warned.code == SEVERAL_CHATS for warned in notes.warned):
        check_channels(merged)
    for part in merged:
        understood.channels.append(hand_on(part, notes, sink))
    understood.skipped, understood.warnings = notes.skipped, notes.warned
    understood.columns = list(notes.columns.values())
    return understood


def _worst(refused: list[tuple[str, DomainError]]) -> DomainError:
    """Returns the most telling of the refusals."""
    if not refused:
        return DomainError("file.empty")
    return min((error for _, error in refused), key=lambda error: error.code in _WEAK_REFUSALS)


def _read_file(
    name: str, path: Path, notes: Notes, understood: Understood, refused: list[tuple[str, DomainError]]
) -> list[Part]:
    """Returns the parts of one file; refusals of it, or of members and sheets of it, go to `refused`."""
    parts: list[Part] = []
    sheets: list[Sheet] = []
    members: list[Sheet] = []
    for member, data, packed_at in _guarded(name, refused, partial(_open, name, path, notes)) or []:
        notes.moment = moment_of_workbook(data) or packed_at or moment_named(member, notes.modified)
        read_before = len(parts)
        is_table = False
        for content in _guarded(member, refused, partial(read_contents, member, data)) or []:
            if content.is_hidden and len(parts) > read_before:
                if _holds_statistics(content):
                    refused.append((content.name, DomainError("file.hidden_sheet")))
                continue
            found = _guarded(content.name, refused, partial(_read_content, content, notes))
            if found:
                chosen, read = found
                understood.files.append(
                    ReadFile(member, chosen.format.code, chosen.why, _moment_of(read, notes))
                )
                parts.extend(read)
                is_table = content.kind == "table"
                if is_table and content.value.sheet:
                    sheets.append(Sheet(content.value.sheet, read))
        if is_table and "/" in member:
            members.append(Sheet(PurePosixPath(member).stem, parts[read_before:]))
    name_channels_of_sheets(sheets, notes)
    if not hold_same_posts(members):
        name_channels_of_sheets(members, notes)
    return parts


def _moment_of(parts: Sequence[Part], notes: Notes) -> int | None:
    """Returns when counters were read: as the format, the file or its archive says, or a series' last day.

    None where nothing tells.
    """
    told = {exact for part in parts for exact in part.moments()}
    if told:
        return max(told)
    days = [part.days[1] for part in parts if part.days and not len(part.columns)]
    if days:
        return max(days) + DAY_S
    if notes.moment is None:
        return None
    newest = max((at for part in parts for at in part.columns.column("published_at") if at), default=0)
    return notes.moment if notes.moment >= newest else None


def _open(name: str, path: Path, notes: Notes) -> list[tuple[str, bytes, int | None]]:
    notes.modified = int(path.stat().st_mtime)
    return list(open_file(name, path))


def _guarded(name: str, refused: list[tuple[str, DomainError]], work: Callable[[], T]) -> T | None:
    try:
        return work()
    except DomainError as error:
        refused.append((name, error))
    except MemoryError:
        raise
    except Exception:  # a stranger's bytes can break a parser in any way
        log.exception("a file could not be read")
        refused.append((name, DomainError("file.unreadable")))
    return None


def _read_content(content: Content, notes: Notes) -> tuple[FormatChoice, list[Part]]:
    notes.name = content.name
    with read_as_told(content, notes):
        chosen = choose_format(content)
        if chosen is None:
            raise DomainError("file.unknown_page" if content.kind == "html" else "file.not_statistics")
        parts = chosen.format.read(content.value, notes)
    if content.kind == "table":
        content.value.tell_skipped(notes)
    return chosen, parts


def _holds_statistics(content: Content) -> bool:
    chosen = choose_format(content)
    return chosen is not None and chosen.format in READ


def choose_format(content: Content) -> FormatChoice | None:
    """Returns the surest format of the registry, of equally sure ones the first; None if none knows it."""
    best, sure = None, 0.0
    for candidate in FORMATS:
        if candidate.kind != content.kind:
            continue
        recognition = candidate.recognise(content.value)
        if recognition and recognition.sure > sure:
            best, sure = FormatChoice(candidate, recognition.why), recognition.sure
            log.debug("%s: %.2f, %s", candidate.code, recognition.sure, recognition.why)
    return best
