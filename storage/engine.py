"""The database: opened by URL, entered through `begin` (write) or `read`. Nobody else makes connections."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.observing import Observer, observe

Connection = AsyncConnection

BUSY_TIMEOUT_S = 30
SQLITE_READERS = 4
POSTGRES_CONNECTIONS = 8
WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-8000",
    "wal_autocheckpoint=4000",
)
READER_PRAGMAS = ("query_only=ON",)
MIGRATION_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=OFF",
)  # a rebuilt table must not cascade
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class StorageError(Exception):
    """Something storage could not do."""


class BadAddressError(StorageError):
    """The database URL is not one of SQLite or PostgreSQL."""


class ConflictError(StorageError):
    """A row of the same key came first; the transaction was rolled back and may be tried again from its start."""


class UnavailableError(StorageError):
    """The database can't be reached, is locked for longer than `BUSY_TIMEOUT_S`, or has no disk left."""


class Database:
    """`begin` is a write transaction, committed when its block ends without an exception; `read` can't write.

    On SQLite writers wait for each other in the order they came (see `begin`), readers for nobody. A `begin` inside a `begin`
    of the same task waits for itself and fails as `UnavailableError`.
    """

    def __init__(
        self,
        writers: AsyncEngine,
        readers: AsyncEngine,
        *,
        writes_at_once: int,
        observer: Observer | None = None,
    ) -> None:
        self._writers = writers
        self._readers = readers
        self._turns = Turns(writes_at_once)
        self._observer = observer
        if observer is not None:
            observe(writers, observer)
            if readers.pool is not writers.pool:
                observe(readers, observer)

    @asynccontextmanager
    async def begin(self, *, at_once: bool = False) -> AsyncIterator[Connection]:
        """Opens a transaction that writes.

        `at_once`: before all others that wait, for an answer that can't wait.
        """
        async with (
            self._turn(at_once=at_once),
            self._timed("write"),
            _connection(self._writers) as conn,
            conn.begin(),
        ):
            yield conn

    @asynccontextmanager
    async def _turn(self, *, at_once: bool) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(BUSY_TIMEOUT_S), self._timed("turn"):
                await self._turns.take(at_once=at_once)
        except TimeoutError as error:
            raise UnavailableError(f"no turn to write within {BUSY_TIMEOUT_S} s") from error
        try:
            yield
        finally:
            self._turns.give_back()

    @asynccontextmanager
    async def _timed(self, operation: str) -> AsyncIterator[None]:
        if self._observer is None:
            yield
            return
        began = time.perf_counter()
        try:
            yield
        finally:
            self._observer.database_took(operation, time.perf_counter() - began)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """Opens a transaction that reads: one snapshot for every statement of the block."""
        async with _connection(self._readers) as conn, conn.begin():
            yield conn

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writers.dispose()


def open_database(url: str, observer: Observer | None = None) -> Database:
    """Returns a database that connects lazily, at the first transaction. Raises `BadAddressError`."""
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        return Database(
            _sqlite(address, WRITER_PRAGMAS, "BEGIN IMMEDIATE", pool_size=1),
            _sqlite(address, READER_PRAGMAS, "BEGIN", pool_size=SQLITE_READERS),
            writes_at_once=1,
            observer=observer,
        )
    writers = _postgresql(address)
    return Database(
        writers,
        writers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        writes_at_once=POSTGRES_CONNECTIONS,
        observer=observer,
    )


def migration_engine(url: str) -> AsyncEngine:
    """Returns an engine of one connection that may rebuild tables: SQLite's foreign keys are off in it."""
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, MIGRATION_PRAGMAS, "BEGIN IMMEDIATE", pool_size=1)
    return _postgresql(address)


def parse_url(url: str) -> URL:
    """Returns the parsed URL.

    Raises `BadAddressError`; its text never repeats the URL, which may hold a password.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise BadAddressError("not a database URL") from None
    driver = DRIVERS.get(address.drivername)
    if driver is None:
        raise BadAddressError(
            f"no support for {address.drivername}: use sqlite+aiosqlite or postgresql+asyncpg"
        )
    if driver.startswith("sqlite") and address.database in (None, "", ":memory:"):
        raise BadAddressError("SQLite needs a file: sqlite+aiosqlite:///path/to/otklik.db")
    if driver.startswith("sqlite") and Path(str(address.database)).is_dir():
        raise BadAddressError("SQLite needs a file, and this is a folder")
    return address.set(drivername=driver)


def database_file(url: str) -> Path | None:
    """Returns where SQLite keeps the database; None for PostgreSQL. Raises `BadAddressError`."""
    address = parse_url(url)
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None


def _sqlite(address: URL, pragmas: tuple[str, ...], begin: str, *, pool_size: int) -> AsyncEngine:
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        address,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT_S,
        pool_use_lifo=True,
        # No implicit BEGIN of the driver's own: a transaction that reads first and writes later could not be upgraded.
        connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(dbapi_connection: Any, _record: object) -> None:
        cursor = dbapi_connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(conn: Any) -> None:
        conn.exec_driver_sql(begin)

    return engine


def _postgresql(address: URL) -> AsyncEngine:
    return create_async_engine(
        address,
        hide_parameters=True,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT_S,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args={
            "timeout": BUSY_TIMEOUT_S,
            "server_settings": {"application_name": "otklik", "jit": "off"},
        },
    )


@asynccontextmanager
async def _connection(engine: AsyncEngine) -> AsyncIterator[Connection]:
    with _told_as_storage_errors():
        try:
            conn = await engine.connect()
        except OSError as error:
            raise UnavailableError(str(error)) from error
        try:
            yield conn
        finally:
            await conn.close()


@contextmanager
def _told_as_storage_errors() -> Iterator[None]:
    """Raises the driver's errors of the block as `StorageError`.

    Callers outside `storage` may not import SQLAlchemy; what they can act on reaches them as `StorageError`.
    """
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(_first_line(error)) from error
    except (OperationalError, PoolTimeoutError) as error:
        raise UnavailableError(_first_line(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise UnavailableError(_first_line(error)) from error
        raise StorageError(_first_line(error)) from error


def _first_line(error: SQLAlchemyError) -> str:
    return str(error).splitlines()[0]


class Turns:
    """`await take()`, then `give_back()`; at most `at_once` are out at a time."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._waiting_first: deque[asyncio.Future[None]] = deque()

    async def take(self, *, at_once: bool = False) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        (self._waiting_first if at_once else self._waiting).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came in the same moment
                self.give_back()
            raise

    def give_back(self) -> None:
        """Gives the turn to whoever waits; who gave up waiting takes none."""
        for waiting in (self._waiting_first, self._waiting):
            while waiting:
                turn = waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1
