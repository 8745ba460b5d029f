"""The common cases at numpy's speed: a column that writes every date as `2025-08-06 21:16:00` or `06.08.2025 21:16:00`,
with or without an offset.
"""

import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from storage.files.upload.limits import LATEST

_DOTTED = re.compile(
    r"\d{2}\.\d{2}\.\d{4}(?: \d{2}:\d{2}:\d{2}(?: UTC[+-]\d{2}:\d{2})?)?$"
)  # always day first
_HEAD = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$")
_TAIL = re.compile(r"(?:\.\d+)?(?:(Z)|([+-])(\d{2}):?(\d{2})?)?$")
_HEAD_CHARS = 19
_HOUR, _DAY = 3600, 86_400
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone either


def read_iso_column(texts: Sequence[str], zone: ZoneInfo) -> tuple[list[int | None], bool, bool] | None:
    """Returns unix seconds, whether times were naive, whether hours are known.

    None: not every filled cell is of this kind.
    """
    if texts and _DOTTED.match(texts[0]):
        texts = [
            f"{text[6:10]}-{text[3:5]}-{text[:2]}{text[10:19]}{text[19:].removeprefix(' UTC')}"
            if text
            else ""
            for text in texts
        ]
    filled = [text for text in texts if text]
    if not filled or not _HEAD.match(filled[0][:_HEAD_CHARS]):
        return None
    offsets = _offsets([text[_HEAD_CHARS:] for text in filled])
    if offsets is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of a zone inside the head
            seconds = np.array([text[:_HEAD_CHARS] for text in filled], dtype="datetime64[s]").astype(
                np.int64
            )
    except (ValueError, UserWarning):
        return None
    # numpy reads "NaT" as the smallest number there is, and years of five digits as such.
    if seconds.min() < -LATEST or seconds.max() > 2 * LATEST:
        return None
    naive = isinstance(offsets, str)
    known = len(filled[0]) > 10
    values: list[int | None] = (
        localise(seconds, zone) if isinstance(offsets, str) else (seconds - offsets).tolist()
    )
    if len(filled) < len(texts):
        following = iter(values)
        values = [next(following) if text else None for text in texts]
    return values, naive and known, known


def read_datetimes(cells: Sequence[datetime], zone: ZoneInfo) -> list[int | None] | None:
    """Returns the unix seconds of a workbook's times, which have no zone. None: some have one."""
    if any(cell.tzinfo for cell in cells):
        return None
    since = [cell - _EPOCH for cell in cells]
    return localise([passed.days * _DAY + passed.seconds for passed in since], zone)


def _offsets(tails: list[str]) -> npt.NDArray[np.int64] | Literal["naive"] | None:
    """Returns seconds east of UTC, one for all where they are the same.

    None for a mixture or a strange tail.
    """
    distinct = {tail: _offset(tail) for tail in set(tails)}
    known = [offset for offset in distinct.values() if isinstance(offset, int)]
    if not known:
        return None if "strange" in distinct.values() else "naive"
    if len(known) < len(distinct):
        return None
    return np.array(known if len(set(known)) == 1 else [distinct[tail] for tail in tails], dtype=np.int64)


def _offset(tail: str) -> int | str | None:
    found = _TAIL.match(tail)
    if not found:
        return "strange"
    utc, sign, hours, minutes = found.groups()
    if utc:
        return 0
    if not sign:
        return None
    return (1 if sign == "+" else -1) * (int(hours) * _HOUR + int(minutes or 0) * 60)


def localise(wall_seconds: Sequence[int] | npt.NDArray[np.int64], zone: ZoneInfo) -> list[Any]:
    """Returns unix seconds of wall-clock seconds (as if UTC). The zone is asked once per distinct hour."""
    walls = np.asarray(wall_seconds, dtype=np.int64)
    if not len(walls) or zone.key == "UTC":
        return list(walls.tolist())
    hours, where = np.unique(walls // _HOUR, return_inverse=True)
    offsets = np.array([_zone_offset(int(hour) * _HOUR, zone) for hour in hours], dtype=np.int64)
    return list((walls - offsets[where]).tolist())


def _zone_offset(wall: int, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(wall, UTC).replace(tzinfo=zone)
    offset = local.utcoffset()
    return int(offset.total_seconds()) if offset else 0
