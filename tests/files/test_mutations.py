"""Damaged files end in rows or in a listed refusal: never in a traceback, a hang or a worker over its cap."""

import asyncio
import os
import random
from pathlib import Path

import pytest

from bot.core.settings import WorkerSettings
from bot.core.workers import Workers
from metrics.errors import DomainError
from storage.files.upload.codes import REFUSALS
from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink
from storage.files.upload.spool import spool_upload
from tests.files.conftest import as_bytes
from tests.files.examples import EXAMPLES
from tests.files.mutations import mutate

# A parser that broke ends in `file.unreadable` as well, which no known damage may do.
EXPECTED = {None, *REFUSALS} - {"file.unreadable"}
TIMES_EACH = 12
SOAKED = 10_000
HANG_S = 10
MEMORY_MB = WorkerSettings.model_fields["worker_memory_mb"].default


def outcome(path) -> str | None:
    """The refusal's code; None if rows came out."""
    try:
        read_upload([("x.csv", path)], zone="Europe/Moscow", as_of=None, sink=MemorySink())
    except DomainError as error:
        return error.code
    return None


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_example_is_read_while_it_is_whole(kind, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(as_bytes(EXAMPLES[kind]))
    assert outcome(path) is None


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_damaged_example_ends_in_rows_or_in_a_sentence(kind, tmp_path, caplog):
    chance = random.Random(kind)
    data, path = as_bytes(EXAMPLES[kind]), tmp_path / "x"
    for _ in range(TIMES_EACH):
        path.write_bytes(mutate(data, chance))
        assert outcome(path) in EXPECTED
    assert caplog.records == []


TABLES = sorted(
    kind
    for kind, content in EXAMPLES.items()
    if isinstance(content, str) and "{" not in content[:1] and "<" not in content[:1]
)


@pytest.mark.parametrize("kind", TABLES)
def test_titles_alone_are_refused_in_a_sentence(kind, tmp_path, caplog):
    head, _, _ = EXAMPLES[kind].partition("\n" if not EXAMPLES[kind].startswith("sep=") else '"Primary"')
    path = tmp_path / "x"
    path.write_text(head + "\n", "utf-8")
    assert outcome(path) in EXPECTED - {None}
    assert caplog.records == []


def originals() -> list[bytes]:
    """Real files where there are some, and the examples."""
    samples = os.environ.get("OTKLIK_SAMPLES")
    real = [path for path in sorted(Path(samples).rglob("*")) if path.is_file()] if samples else []
    return [*(as_bytes(content) for content in EXAMPLES.values()), *(path.read_bytes() for path in real)]


@pytest.mark.soak
async def test_ten_thousand_damaged_files_leave_the_workers_alive(tmp_path):
    workers = Workers(count=2, timeout_s=HANG_S, memory_mb=MEMORY_MB)
    workers.start()
    chance, sources, outcomes = random.Random(2026), originals(), set[str | None]()

    async def soak(name: str) -> None:
        path = tmp_path / name
        for _ in range(SOAKED // 2):
            path.write_bytes(mutate(chance.choice(sources), chance))
            try:
                await workers.run(
                    spool_upload, [("x.csv", path)], tmp_path / f"{name}.rows", "Europe/Moscow", None
                )
                outcomes.add(None)
            except DomainError as error:
                outcomes.add(error.code)

    try:
        await asyncio.gather(soak("one"), soak("two"))
    finally:
        workers.end(timeout_s=0)
    assert outcomes <= EXPECTED
