"""What breaks: a database whose slowness nobody sees, readings that come and are not counted."""

from collections import Counter

from storage.engine import open_database
from storage.system import everywhere
from storage.system.condition import read_condition
from storage.workspace import posts
from tests.storage.places import NOW, a_post, settle


class Notes:
    def __init__(self) -> None:
        self.operations: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()

    def database_took(self, operation: str, seconds: float) -> None:
        assert seconds >= 0
        self.operations[operation] += 1

    def readings_came(self, source: str, count: int) -> None:
        self.sources[source] += count


async def test_every_statement_wait_and_transaction_is_told_and_readings_by_their_source(url):
    notes = Notes()
    database = open_database(url, notes)
    try:
        async with database.begin() as conn:
            place = await settle(conn, chat_id=10, word="наш", number=1)
        before = notes.sources.copy()
        async with database.begin() as conn:
            rows = [a_post(str(number)) for number in (901, 902)]
            await posts.store(
                conn, place.workspace_id, place.channel_id, rows, import_id=None, source="page", now=NOW
            )
        assert notes.sources - before == Counter(page=2)
        notes.operations.clear()
        async with database.read() as conn:
            await everywhere.last_tick(conn)
        assert notes.operations["select"] == 1
        assert notes.operations["turn"] == notes.operations["write"] == 0
        async with database.begin() as conn:
            await everywhere.record_tick(conn, NOW)
        assert notes.operations["turn"] == notes.operations["write"] == 1
        assert notes.operations["update"] == 1
    finally:
        await database.close()


async def test_the_condition_tells_what_waits_and_since_when(database):
    async with database.begin() as conn:
        rows = [(number, 5, "{}") for number in (1, 2, 3)]
        await everywhere.keep_updates(conn, rows[:1], NOW - 70)
        await everywhere.keep_updates(conn, rows[1:], NOW - 30)
        await everywhere.finish_update(conn, 2)
    async with database.read() as conn:
        found = await read_condition(conn, NOW)
    assert (found.updates_waiting, found.oldest_update_at) == (2, NOW - 70)
    assert (found.outbox.waiting, found.outbox.oldest) == (0, None)
    assert (found.gaps, found.page_due_at, found.sender_until) == ({}, None, None)
