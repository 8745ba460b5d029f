"""What breaks: a tick that gets slower as more is kept. What every tick asks finds its rows by an index, whatever the tables hold."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from bot.collection.counting import Counting
from bot.core.clock import SystemClock
from bot.notifications.housekeeping import keep_house
from storage.system import collection, condition, due, follows, outbox, rights

NOW = 1_700_000_000
GROWING = {
    *(
        "audience",
        "channel",
        "channel_access",
        "comment",
        "delivery",
        "follow",
        "gap",
        "inbox",
        "live_message",
    ),
    *("member_event", "picture", "post", "proof", "reading", "schedule", "thinning", "workspace"),
}
NEWEST_FIRST = "ORDER BY channel.id DESC\n LIMIT"  # ends at the first that was ever looked at
WHOLE = re.compile(r"SCAN (\w+)$")


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # which tells its plan by the schema alone


@contextmanager
def _whole_tables(database) -> Iterator[set[str]]:
    """Statements within the block that read a growing table from end to end, without any index."""
    found: set[str] = set()

    def explain(conn, _cursor, statement, values, _context, many) -> None:
        if many or not statement.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        plan = conn.connection.cursor()
        plan.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        for *_, step in plan.fetchall():
            scanned = WHOLE.match(step)
            if scanned and scanned[1] in GROWING and NEWEST_FIRST not in statement:
                found.add(statement)

    engines = {database._writers.sync_engine, database._readers.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", explain)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", explain)


async def test_no_tick_reads_a_growing_table_from_end_to_end(database):
    counting = Counting(SimpleNamespace(), database, SystemClock())
    with _whole_tables(database) as found:
        await keep_house(database, SystemClock())
        await counting.count_due()
        await counting.read_at_age()
        await counting.forget_persons()
        async with database.begin() as conn:
            await collection.forget_persons(conn, NOW)
            await outbox.reclaim(conn)
            await outbox.take(conn, NOW, 48)
            await follows.claim_due(conn, NOW, held_until=NOW)
            await rights.claim_proof(conn, NOW)
            await rights.claim_grant(conn, NOW)
            await due.due_schedules(conn, NOW, 1_000)
            await condition.read_condition(conn, NOW)
    assert found == set()
