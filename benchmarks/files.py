"""From a file to rows of posts, beside its bare parser, and what a worker needs of memory meanwhile.

Everything runs in a worker as the bot starts it. What a channel's history costs must grow as its rows do.
"""

import asyncio
import gc
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from benchmarks import written
from benchmarks.channel import write_csv
from benchmarks.measure import Measurement, cpu_ms, in_turns_ms, median
from bot.core.settings import WorkerSettings
from bot.core.workers import Workers
from storage.files.upload.spool import spool_upload

ROWS = 10_000
MANY_ROWS = 200_000
MOST_ROWS = 1_000_000
REPEATS = 7
REPEATS_OF_MANY = 3
GROWTH_AT_MOST = 1.3
KILOBYTES_IN_MB = 1024
STATUS = Path("/proc/self/status")  # Linux only; getrusage would tell the parent's peak too


def _bare_csv(file: Path) -> None:
    pd.read_csv(file)


def _bare_xlsx(file: Path) -> None:
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def _bare_json(file: Path) -> None:
    with file.open(encoding="utf-8") as text:
        json.load(text)


def _bare_html(file: Path) -> None:
    LexborHTMLParser(file.read_bytes())


@dataclass(frozen=True, slots=True)
class Kind:
    """`at_most_ratio` bounds reading / bare parsing."""

    name: str
    suffix: str
    write: written.Writer
    bare: Callable[[Path], None]
    at_most_ratio: float
    many_rows: int = MANY_ROWS  # as far as the 50 MB that are read of a file go


KINDS = (
    Kind("CSV", ".csv", write_csv, _bare_csv, 6),
    Kind("XLSX", ".xlsx", written.write_xlsx, _bare_xlsx, 3, 100_000),
    Kind("JSON of objects", ".json", written.write_objects, _bare_json, 3),
    Kind("JSON of Telegram Desktop", ".json", written.write_desktop_json, _bare_json, 3, 100_000),
    Kind("HTML of Telegram Desktop", ".html", written.write_desktop_html, _bare_html, 3, 50_000),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading a file took a worker: milliseconds of the processor each time, those of the bare parser, and memory at its highest."""

    taken_ms: list[float]
    bare_ms: list[float]
    idle_mb: float
    peak_mb: float

    @property
    def memory(self) -> str:
        return f"{self.peak_mb:.0f} MB, of which {self.idle_mb:.0f} idle"


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        for kind in KINDS:
            file = kind.write(Path(name) / f"few{kind.suffix}", ROWS)
            cost = _cost(kind, file, ROWS, REPEATS)
            yield _beside_bare(kind, cost)
            many = kind.write(Path(name) / f"many{kind.suffix}", kind.many_rows)
            yield _growth(kind, cost, kind.many_rows, _cost(kind, many, kind.many_rows, REPEATS_OF_MANY))


def measure_most() -> Iterator[Measurement]:
    """Measures most: a million rows fit into 50 MB only as a narrow CSV."""
    kind = Kind("narrow CSV", ".csv", written.write_narrow_csv, _bare_csv, 6)
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        few = _cost(kind, kind.write(Path(name) / "few.csv", ROWS), ROWS, REPEATS)
        yield _beside_bare(kind, few)
        for rows in (MANY_ROWS, MOST_ROWS):
            file = kind.write(Path(name) / f"{rows}.csv", rows)
            yield _growth(kind, few, rows, _cost(kind, file, rows, REPEATS_OF_MANY))


def _beside_bare(kind: Kind, cost: Cost) -> Measurement:
    taken_ms = median(cost.taken_ms)
    return Measurement(
        f"{ROWS} rows of {kind.name} read",
        taken_ms,
        "ms",
        floor=median(cost.bare_ms),
        at_most_ratio=kind.at_most_ratio,
        beside=f"{ROWS / taken_ms * 1000:.0f} rows a second, {cost.memory}",
    )


def _growth(kind: Kind, few: Cost, rows: int, many: Cost) -> Measurement:
    """Measures a row beside one in a file of ROWS, dearer by as much as the bare parser's.

    Caches hold less of a large file.
    """
    of_few, of_many = median(few.taken_ms) / ROWS, median(many.taken_ms) / rows
    bare_growth = median(many.bare_ms) / rows / (median(few.bare_ms) / ROWS)
    return Measurement(
        f"a row of {rows} rows of {kind.name} read",
        of_many * 1000,
        "us",
        floor=of_few * max(1.0, bare_growth) * 1000,
        at_most_ratio=GROWTH_AT_MOST,
        beside=f"{median(many.taken_ms):.0f} ms, {of_many / of_few:.2f} of a row in {ROWS}, bare {bare_growth:.2f}, {many.memory}",
    )


def _cost(kind: Kind, file: Path, rows: int, repeats: int) -> Cost:
    return asyncio.run(_in_a_worker(kind, file, rows, repeats))


async def _in_a_worker(kind: Kind, file: Path, rows: int, repeats: int) -> Cost:
    workers = Workers(count=1, timeout_s=600, memory_mb=WorkerSettings().worker_memory_mb)
    try:
        return await workers.run(read_in_turns, kind.bare, file, rows, repeats)
    finally:
        await workers.close(timeout_s=10)


def read_in_turns(bare: Callable[[Path], None], file: Path, rows: int, repeats: int) -> Cost:
    """Reads in the worker. The first reading warms it and shows what memory it takes at most."""
    idle_mb = _peak_mb()
    _read(file, rows)
    peak_mb = _peak_mb()
    bare(file)
    gc.disable()  # as reading does by itself: the bare parser shall not pay for what else lives in a worker
    taken_ms, bare_ms = in_turns_ms(
        partial(_read, file, rows), partial(bare, file), repeats=repeats, clock=cpu_ms
    )
    gc.enable()
    return Cost(taken_ms, bare_ms, idle_mb, peak_mb)


def _read(file: Path, rows: int) -> None:
    """Does what the bot has a worker do: from the file to rows that wait on disk to be stored."""
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        understood = spool_upload([(file.name, file)], Path(name) / "spool", "UTC", None)
    if understood.channels[0].posts != rows:
        raise RuntimeError(f"{file.name}: {understood.channels[0].posts} posts of {rows}")


def _peak_mb() -> float:
    """Returns the peak of this process since it began; 0 where the system does not tell."""
    if not STATUS.exists():
        return 0.0
    peak = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / KILOBYTES_IN_MB
