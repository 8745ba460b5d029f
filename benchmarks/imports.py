"""A statistics file from upload to stored rows, and what the event loop feels of it meanwhile."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd

from benchmarks.channel import write_csv
from benchmarks.measure import Measurement, median, percentile, time_ms
from benchmarks.stage import Stage, open_stage

ROWS = 10_000
ROWS_OF_A_LARGE_FILE = 50_000
REPEATS = 7
SAMPLE_EVERY_S = 0.001


def measure() -> Iterator[Measurement]:
    yield asyncio.run(_reading_and_storing())
    yield asyncio.run(_loop_delay())


async def _reading_and_storing() -> Measurement:
    async with open_stage() as stage:
        file = write_csv(stage.folder / "channel.csv", ROWS)
        await stage.take_in(file)
        taken, floors = [], []
        for turn in range(REPEATS):
            taken.append(await _time_taking_in(stage, file))
            floors.append(time_ms(partial(_bare, file, stage.folder / f"bare-{turn}.db")))
    return Measurement(
        f"{ROWS} rows of CSV read and stored", median(taken), "ms", floor=median(floors), at_most_ratio=4
    )


async def _time_taking_in(stage: Stage, file: Path) -> float:
    start = time.perf_counter()
    outcome = await stage.take_in(file)
    taken_ms = (time.perf_counter() - start) * 1000
    if outcome.stored is None or outcome.stored.new != ROWS:
        raise RuntimeError(f"not stored: {outcome}")
    return taken_ms


def _bare(file: Path, database: Path) -> None:
    """Does the least that reading and storing takes: cells as they stand, no dates, no doubts, no keys."""
    table = pd.read_csv(file)
    with sqlite3.connect(database) as conn:
        conn.execute(f"CREATE TABLE post ({', '.join(table.columns)})")
        marks = ", ".join("?" * len(table.columns))
        conn.executemany(f"INSERT INTO post VALUES ({marks})", table.itertuples(index=False, name=None))
    conn.close()


async def _loop_delay() -> Measurement:
    async with open_stage() as stage:
        file = write_csv(stage.folder / "large.csv", ROWS_OF_A_LARGE_FILE)
        importing = asyncio.ensure_future(stage.take_in(file))
        delays_ms = []
        while not importing.done():
            start = time.perf_counter()
            await asyncio.sleep(SAMPLE_EVERY_S)
            delays_ms.append((time.perf_counter() - start - SAMPLE_EVERY_S) * 1000)
        await importing
    name = f"event-loop delay p99 during an import of {ROWS_OF_A_LARGE_FILE} rows"
    return Measurement(name, percentile(delays_ms, 99), "ms", at_most=50)
