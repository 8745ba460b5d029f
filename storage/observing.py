"""What the database's work takes, told to whoever counts it. Nothing is measured where nobody does."""

import time
from typing import Any, Protocol

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

OPERATIONS = ("select", "insert", "update", "delete", "other", "turn", "write")
_STATEMENTS = frozenset(OPERATIONS[:4])
_OPTION = "otklik_observer"


class Observer(Protocol):
    def database_took(self, operation: str, seconds: float) -> None:
        """Notes what one of `OPERATIONS` took: a statement, the wait for a turn to write, a whole write transaction."""

    def readings_came(self, source: str, count: int) -> None:
        """Notes that so many readings were written."""


def observe(engine: AsyncEngine, observer: Observer) -> None:
    """Tells `observer` of every statement from here on."""

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def begin(_conn: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
        context.otklik_began = time.perf_counter()

    @event.listens_for(engine.sync_engine, "after_cursor_execute")
    def end(_conn: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        observer.database_took(_operation(statement), time.perf_counter() - context.otklik_began)

    engine.sync_engine.update_execution_options(**{_OPTION: observer})


def count_readings(conn: AsyncConnection, source: str, count: int) -> None:
    """Counts readings for the observer of the connection, where there is one."""
    assert conn.sync_connection is not None
    observer: Observer | None = conn.sync_connection.get_execution_options().get(_OPTION)
    if observer is not None and count:
        observer.readings_came(source, count)


def _operation(statement: str) -> str:
    word = statement.split(None, 1)[0].lower() if statement else ""
    return word if word in _STATEMENTS else "other"
