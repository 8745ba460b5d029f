"""An import is begun once, stored once, and taken back exactly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.posts import AudienceReading
from storage.engine import ConflictError
from storage.upload_steps import Step
from storage.workspace import audience, channels, imports, posts, workspaces
from tests.kit.examples import examples
from tests.storage.places import NOW, a_post, everything, settle, undo

KNOWN = {"requested_by": 5, "chat_id": 10, "file_ids": ["f"], "file_names": ["stats.csv"]}


async def _workspace(conn, chat_id=10):
    made = await workspaces.ensure(
        conn, chat_id=chat_id, kind="group", title=None, language="ru", zone="UTC", now=1
    )
    return made.id


async def _begin(conn, workspace_id, message_id, **other):
    return await imports.begin(conn, workspace_id, message_id=message_id, now=NOW, **{**KNOWN, **other})


async def _finish(conn, workspace_id, import_id, sha256):
    await imports.finish(
        conn, workspace_id, import_id, sha256=sha256, format="tgstat", understood={"posts": 2}, now=NOW + 1
    )


async def test_an_update_run_again_finds_its_import(conn):
    workspace_id = await _workspace(conn)
    begun = await _begin(conn, workspace_id, 1, file_names=["пост №1.csv"])
    assert begun.state == "reading"
    assert begun.file_names == ("пост №1.csv",)
    await imports.set_status_message(conn, workspace_id, begun.id, 2)
    again = await _begin(conn, workspace_id, 1)
    assert (again.id, again.status_message_id) == (begun.id, 2)
    assert (await _begin(conn, workspace_id, 3)).id != begun.id


async def test_files_of_the_same_message_that_come_late_join_what_is_being_read_and_nothing_else(conn):
    workspace_id = await _workspace(conn)
    begun = await _begin(conn, workspace_id, 1)
    more = {"file_ids": ["f", "g"], "file_names": ["stats.csv", "ещё.csv"]}
    joined = await _begin(conn, workspace_id, 1, **more)
    assert joined == await imports.get(conn, workspace_id, begun.id)
    assert (joined.id, joined.file_ids, joined.file_names) == (begun.id, ("f", "g"), ("stats.csv", "ещё.csv"))
    await _finish(conn, workspace_id, begun.id, "one")
    assert (await _begin(conn, workspace_id, 1)).file_ids == ("f", "g")


async def test_what_is_stored_stays_so_whatever_fails_in_telling_it(conn):
    workspace_id = await _workspace(conn)
    begun = await _begin(conn, workspace_id, 1)
    await _finish(conn, workspace_id, begun.id, "one")
    await imports.fail(conn, workspace_id, begun.id, now=NOW + 2)
    assert (await imports.get(conn, workspace_id, begun.id)).state == "done"
    assert await imports.reopen(conn, workspace_id, begun.id, {})
    again = await imports.get(conn, workspace_id, begun.id)
    assert (again.state, again.understood) == ("reading", None)


async def test_the_states_an_import_goes_through(conn):
    workspace_id = await _workspace(conn)
    begun = await _begin(conn, workspace_id, 1)
    assert await imports.move(conn, workspace_id, begun.id, Step.WHOSE, dialogue={"канал": None})
    asked = await imports.get(conn, workspace_id, begun.id)
    assert (asked.state, asked.dialogue) == (Step.WHOSE, {"канал": None})
    assert not await imports.move(conn, workspace_id, begun.id, Step.DONE)  # without an answer
    assert await imports.move(conn, workspace_id, begun.id, Step.READING, came_from={Step.WHOSE})
    assert await imports.find_same(conn, workspace_id, "abc") is None
    await _finish(conn, workspace_id, begun.id, "abc")
    done = await imports.find_same(conn, workspace_id, "abc")
    assert (done.id, done.state, done.finished_at, done.understood) == (
        begun.id,
        "done",
        NOW + 1,
        {"posts": 2},
    )
    failed = await _begin(conn, workspace_id, 2)
    await imports.fail(conn, workspace_id, failed.id, now=NOW)
    assert (await imports.get(conn, workspace_id, failed.id)).state == "failed"


async def test_the_same_content_is_stored_once_and_again_after_it_was_undone(database):
    async with database.begin() as conn:
        workspace_id = await _workspace(conn)
        first, second = [(await _begin(conn, workspace_id, number)).id for number in (1, 2)]
        await _finish(conn, workspace_id, first, "abc")
    with pytest.raises(ConflictError):
        async with database.begin() as conn:
            await _finish(conn, workspace_id, second, "abc")
    async with database.begin() as conn:
        assert await undo(conn, workspace_id, first, NOW) is not None
        assert await undo(conn, workspace_id, first, NOW) is None
        await _finish(conn, workspace_id, second, "abc")
        assert (await imports.find_same(conn, workspace_id, "abc")).id == second


async def test_undoing_the_first_import_takes_its_channel_back(conn):
    workspace_id = await _workspace(conn)
    begun = await _begin(conn, workspace_id, 1)
    before = (await everything(conn))["channel"]
    found = await channels.add(
        conn, workspace_id, platform="vk", title="Из файла", import_id=begun.id, now=NOW
    )
    rows = [a_post("1"), a_post("2")]
    await posts.store(conn, workspace_id, found.id, rows, import_id=begun.id, source="file", now=NOW)
    readings = [AudienceReading(NOW, 500, 0)]
    await audience.store(conn, workspace_id, found.id, readings, import_id=begun.id, source="file", now=NOW)
    await _finish(conn, workspace_id, begun.id, "abc")
    assert await undo(conn, workspace_id, begun.id, NOW) == imports.Undone(2, 0, 1, (found.id,))
    left = await everything(conn)
    assert left["channel"] == before
    assert left["post"] == left["reading"] == left["audience"] == []


async def test_a_channel_that_holds_more_outlives_the_import_that_added_it(conn):
    workspace_id = await _workspace(conn)
    begun = await _begin(conn, workspace_id, 1)
    found = await channels.add(
        conn, workspace_id, platform="vk", title="Из файла", import_id=begun.id, now=NOW
    )
    await posts.store(conn, workspace_id, found.id, [a_post("1")], import_id=begun.id, source="file", now=NOW)
    await audience.store(
        conn, workspace_id, found.id, [AudienceReading(NOW, 500, 0)], source="person", now=NOW
    )
    await _finish(conn, workspace_id, begun.id, "abc")
    assert (await undo(conn, workspace_id, begun.id, NOW)).channels == ()
    assert await channels.get(conn, workspace_id, found.id)


async def test_a_channel_removed_frees_its_files_to_be_sent_again(conn):
    place = await settle(conn, chat_id=10, word="наш", number=1)
    assert await imports.find_same(conn, place.workspace_id, "same")
    assert await channels.remove(conn, place.workspace_id, place.channel_id)
    assert await imports.find_same(conn, place.workspace_id, "same") is None


rows = st.lists(
    st.builds(
        a_post,
        st.sampled_from("123"),
        observed_at=st.integers(NOW - 2, NOW),
        views=st.none() | st.integers(95, 105),
        comments=st.none() | st.integers(0, 3),
        steps=st.sampled_from([None, "views:10"]),
        title=st.sampled_from([None, "а", "б"]),
        published_at=st.integers(1, 2),
    ),
    min_size=1,
    max_size=4,
)
histories = st.lists(st.tuples(rows, st.booleans(), st.integers(0, 3)), min_size=1, max_size=4)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
async def test_what_was_undone_might_as_well_never_have_been(database, history):
    """Imports one after another, some of them undone, each after a few others: against the rest of them alone."""
    async with database.begin() as conn:
        lived = await _live(conn, history)
        spared = await _live(conn, [(stated, False, 0) for stated, undone, _ in history if not undone])
        assert lived == spared
        await conn.rollback()


async def _live(conn, history):
    """What is left of it all in a channel of its own."""
    chat_id = len((await everything(conn))["workspace"]) + 100
    workspace_id = await _workspace(conn, chat_id)
    channel = await channels.add(conn, workspace_id, platform="vk", title="канал", now=NOW)
    undo_after: dict[int, list[int]] = {}
    for number, (stated, undone, wait) in enumerate(history):
        begun = await _begin(conn, workspace_id, number, chat_id=chat_id)
        origin = {"import_id": begun.id, "source": "file", "now": NOW}
        await posts.store(conn, workspace_id, channel.id, stated, **origin)
        seen = [AudienceReading(row.observed_at, row.published_at, 0) for row in stated]
        await audience.store(conn, workspace_id, channel.id, seen, **origin)
        await _finish(conn, workspace_id, begun.id, str(number))
        if undone:
            undo_after.setdefault(min(number + wait, len(history) - 1), []).append(begun.id)
        for import_id in undo_after.get(number, []):
            await undo(conn, workspace_id, import_id, NOW)
    left = await channels.get(conn, workspace_id, channel.id)
    return (
        sorted(await posts.window(conn, workspace_id, channel.id, 0, NOW)),
        await posts.span(conn, workspace_id, channel.id),
        await audience.window(conn, workspace_id, channel.id, 0, NOW),
        (left.posts, left.observed_at),
    )
