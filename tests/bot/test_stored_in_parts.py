"""What breaks: a file's rows on their way into and out of the tables, cut short between any two transactions."""

from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from bot.core.clock import SystemClock
from bot.features.uploads import portions, taking_back
from bot.features.uploads.answers import Answers
from bot.features.uploads.keeping import store
from bot.features.uploads.portions import FEWEST_ROWS, FIRST_ROWS, MOST_ROWS, TRANSACTION_S, Portions
from storage.engine import ConflictError, Database, open_database
from storage.files.upload.spool import spool_upload
from storage.workspace import audience, channels, imports, post_pages, workspaces
from tests.kit.databases import copy_of_database

AT_ONCE, ROWS = 10, 60
NOW = 1_790_000_000


class CutShortError(BaseException):
    """Stands for the end of the process: nobody catches it."""


class Watched(Database):
    """A database that counts the rows each transaction changes, and dies before it commits the one it is told."""

    def __init__(self, inner, cut_at=None):
        self._inner = inner
        self._cut_at = cut_at
        self.changed = []

    @asynccontextmanager
    async def begin(self):
        async with self._inner.begin() as conn:
            before = await _rows(conn)
            yield conn
            self.changed.append(abs(await _rows(conn) - before))
            if len(self.changed) == self._cut_at:
                raise CutShortError

    def read(self):
        return self._inner.read()


async def _rows(conn):
    counted = [await conn.exec_driver_sql(f"SELECT count(*) FROM {name}") for name in ("reading", "audience")]
    return sum(rows.scalar_one() for rows in counted)


@pytest_asyncio.fixture
async def database(migrated, tmp_path):
    database = open_database(copy_of_database(migrated, tmp_path))
    yield database
    await database.close()


@pytest.fixture
def taking_in(tmp_path, monkeypatch):
    """One file of two channels, as anybody's import: each call goes on with what the last one left."""
    for bound in ("FEWEST_ROWS", "FIRST_ROWS", "MOST_ROWS"):
        monkeypatch.setattr(portions, bound, AT_ONCE)
    file = tmp_path / "posts.csv"
    lines = [
        f"{n},2026-01-{n % 28 + 1:02}T10:00:00+00:00,{'AB'[n % 2]},{n * 10}\n" for n in range(1, ROWS + 1)
    ]
    file.write_text("id,date,channel,views\n" + "".join(lines), "utf-8")
    understood = spool_upload([("posts.csv", file)], tmp_path / "spool", "UTC", NOW)

    async def take_in(database, workspace, upload):
        spool = tmp_path / "spool"
        return await store(database, SystemClock(), workspace, upload, understood, spool, "digest", Answers())

    return take_in


async def _begun(database, number):
    async with database.begin() as conn:
        workspace = await workspaces.ensure(
            conn, chat_id=10, kind="private", title=None, language="ru", zone="UTC", now=NOW
        )
        upload = await imports.begin(
            conn,
            workspace.id,
            requested_by=10,
            chat_id=10,
            message_id=number,
            file_ids=["file"],
            file_names=["posts.csv"],
            now=NOW,
        )
    return workspace, upload


async def _kept(database, workspace):
    async with database.read() as conn:
        shown = await channels.visible(conn, workspace.id)
        return {
            one.title: (
                one.posts,
                one.observed_at,
                await _readings(conn, workspace, one),
                await audience.window(conn, workspace.id, one.id, 0, NOW),
            )
            for one in shown
        }


async def _readings(conn, workspace, channel):
    found = await post_pages.of_readings(conn, workspace.id, channel.id, after=None, limit=1000)
    return [post.external_id for post in found.rows]


async def _until_uncut(step, database, cut_at):
    """How often it was cut short; each run comes a transaction further than the last."""
    for cuts in range(100):
        try:
            return cuts, await step(Watched(database, cut_at))
        except CutShortError:
            continue
    raise AssertionError("it comes no further")


async def test_an_import_cut_between_any_two_transactions_ends_as_one_that_was_not(database, taking_in):
    workspace, upload = await _begun(database, 1)
    whole = await taking_in(database, workspace, upload)
    expected = await _kept(database, workspace)
    await taking_back.undo(database, workspace.id, upload.id, NOW)
    _, again = await _begun(database, 2)
    cuts, stored = await _until_uncut(lambda watched: taking_in(watched, workspace, again), database, 2)
    assert cuts >= ROWS // AT_ONCE
    assert (stored.new, stored.updated) == (whole.new, whole.updated) == (ROWS, 0)
    assert await _kept(database, workspace) == expected
    async with database.read() as conn:
        done = await imports.get(conn, workspace.id, again.id)
    assert (done.state, done.progress, done.understood["new"]) == ("done", None, ROWS)


async def test_no_transaction_stores_or_takes_back_more_rows_than_one_may(database, taking_in):
    workspace, upload = await _begun(database, 1)
    watched = Watched(database)
    await taking_in(watched, workspace, upload)
    await taking_back.undo(watched, workspace.id, upload.id, NOW)
    assert max(watched.changed) == AT_ONCE
    assert sum(watched.changed) == 2 * ROWS


async def test_an_undo_cut_between_any_two_transactions_takes_everything_back(database, taking_in):
    workspace, upload = await _begun(database, 1)
    await taking_in(database, workspace, upload)

    async def undo(watched):
        return await taking_back.undo(watched, workspace.id, upload.id, NOW)

    cuts, undone = await _until_uncut(undo, database, 4)  # its last three only end it
    assert cuts >= ROWS // AT_ONCE // 2
    assert undone is not None
    assert await _kept(database, workspace) == {}
    assert await undo(database) is None
    async with database.read() as conn:
        assert await _rows(conn) == 0


async def test_an_import_that_fails_half_way_leaves_nothing(database, taking_in):
    workspace, upload = await _begun(database, 1)
    with pytest.raises(CutShortError):
        await taking_in(Watched(database, 4), workspace, upload)
    assert await _kept(database, workspace) != {}
    await taking_back.fail(database, workspace.id, upload.id, NOW)
    assert await _kept(database, workspace) == {}
    async with database.read() as conn:
        assert (await imports.get(conn, workspace.id, upload.id)).state == "failed"


async def test_the_same_content_stored_twice_at_once_stands_once(database, taking_in):
    workspace, first = await _begun(database, 1)
    _, second = await _begun(database, 2)
    await taking_in(database, workspace, first)
    expected = await _kept(database, workspace)
    with pytest.raises(ConflictError):
        await taking_in(database, workspace, second)
    await taking_back.fail(database, workspace.id, second.id, NOW)
    assert await _kept(database, workspace) == expected


class Clock:
    """Seconds that pass as they are told to."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize("row_s", [1e-6, 0.0001, 0.0005, 0.001, 0.002, 0.1])
def test_a_transaction_takes_as_many_rows_as_fit_its_time_however_dear_a_row_is(row_s):
    clock = Clock()
    portions = Portions(clock)
    for _ in range(20):
        with portions.timed():
            clock.now += portions.rows * row_s
    fitting = TRANSACTION_S / row_s
    assert portions.rows == pytest.approx(min(max(fitting, FEWEST_ROWS), MOST_ROWS), abs=1)


@pytest.mark.parametrize("row_s", [0.0001, 0.0005])
def test_rows_that_become_four_times_as_dear_never_make_a_transaction_of_a_fifth_of_a_second(row_s):
    clock = Clock()
    portions, longest_s = Portions(clock), 0.0
    for number in range(30):
        began = clock.now
        with portions.timed():
            clock.now += portions.rows * row_s * (1 if number < 15 else 3.9)
        longest_s = max(longest_s, clock.now - began)
    assert longest_s < 0.2
    assert FIRST_ROWS * row_s < 0.2
