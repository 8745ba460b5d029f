"""Two workspaces with the same channel never see or change each other's rows.

Every storage function that takes a workspace has a case here; one without a case fails the first test.
"""

import importlib
import inspect
import pkgutil
from typing import Any

import pytest
from sqlalchemy import event

from metrics.errors import DomainError
from storage import workspace
from storage.engine import ConflictError, Connection
from storage.workspace import channels, posts
from tests.storage.cases import CASES
from tests.storage.places import (
    MARK,
    NOW,
    PUBLISHED,
    SECRET,
    Place,
    rows_of,
)

# Modules whose functions are called after somebody else asked whose rows they are.
INSIDES = {"absences", "access", "exact_channels", "live_posts", "readings", "undoing"}
# Lead from a chat, or from a person whom Telegram is asked about, to workspaces.
BY_CHAT = {"workspaces.ensure", "workspaces.find", "workspaces.groups_for"}


def _functions() -> dict[str, Any]:
    found = {}
    for module_info in pkgutil.iter_modules(workspace.__path__):
        if module_info.name in INSIDES:
            continue
        module = importlib.import_module(f"storage.workspace.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{module_info.name}.{name}"] = function
    return found


def test_every_function_takes_a_workspace_and_has_a_case():
    functions = _functions()
    takes = {
        name
        for name, function in functions.items()
        if "workspace_id" in inspect.signature(function).parameters
    }
    assert takes == set(CASES)
    assert set(functions) - takes == BY_CHAT


def _tells(result: object) -> bool:
    return SECRET in repr(result) or str(MARK) in repr(result)


async def _try_every(conn: Connection, ours: Place, of: Place, theirs: Place) -> None:
    """Each case in a savepoint of its own, rolled back; their rows are looked at after whatever was no mere SELECT."""
    before, written = await rows_of(conn, theirs), []

    def note(_conn, _cursor, statement, *_how):
        if not statement.lstrip().startswith(("SELECT", "SAVEPOINT", "ROLLBACK")):
            written.append(statement)

    event.listen(conn.sync_connection, "before_cursor_execute", note)
    for name, case in CASES.items():
        savepoint = await conn.begin_nested()
        written.clear()
        try:
            result = await case(conn, ours.workspace_id, of)
        except (DomainError, ConflictError) as refused:
            result = refused
        assert not _tells(result), name
        assert not written or await rows_of(conn, theirs) == before, name
        await savepoint.rollback()
    assert await rows_of(conn, theirs) == before


async def test_what_one_does_with_its_own_leaves_the_other_alone(conn, two):
    ours, theirs = two
    await _try_every(conn, ours, ours, theirs)


async def test_the_ids_of_the_other_open_nothing(conn, two):
    ours, theirs = two
    await _try_every(conn, ours, theirs, theirs)


async def test_the_words_that_tell_do_tell(conn, two):
    """The two tests above would pass on anything if what they look for were not there."""
    _, theirs = two
    for name in (
        "channels.get",
        "posts.window",
        "posts.latest",
        "audience.newest",
        "imports.get",
        "questions.pending",
        "column_choices.recall",
        "schedules.get",
        "schedules.muted",
        "deliveries.fold",
        "posts.early_readings",
        "post_pages.of_posts",
        "post_pages.of_readings",
        "episodes.tracks",
        "episodes.tracked",
        "episodes.get",
        "episodes.opened",
        "placements.get",
        "placements.all_of",
        "placements.readings",
        "keys.get",
        "reposts.window",
        "reposts.of_posts",
        "tgstat_channels.of_workspace",
    ):
        assert _tells(await CASES[name](conn, theirs.workspace_id, theirs))
    rows = await rows_of(conn, theirs)
    assert all(rows.values())


async def test_a_reader_sees_what_it_was_granted_and_changes_nothing(conn, two):
    ours, theirs = two
    assert await channels.grant(
        conn, theirs.workspace_id, theirs.channel_id, reader_workspace_id=ours.workspace_id
    )
    before = await rows_of(conn, theirs)
    for name in ("channels.get", "posts.window", "posts.latest", "audience.newest", "audience.window"):
        assert _tells(await CASES[name](conn, ours.workspace_id, theirs))
    shown = await posts.window(conn, ours.workspace_id, theirs.channel_id, PUBLISHED, PUBLISHED + 1)
    assert shown == await posts.window(conn, theirs.workspace_id, theirs.channel_id, PUBLISHED, PUBLISHED + 1)
    for name in ("posts.store", "audience.store"):
        with pytest.raises(DomainError, match=r"channel\.gone"):
            await CASES[name](conn, ours.workspace_id, theirs)
    for name in (
        "channels.remove",
        "channels.rename",
        "channels.set_admin",
        "imports.get",
        "imports.begin_undo",
    ):
        await CASES[name](conn, ours.workspace_id, theirs)
    assert await rows_of(conn, theirs) == before


async def test_a_grant_ends_from_either_side(conn, two):
    ours, theirs = two
    for end in (
        lambda: channels.revoke(conn, ours.workspace_id, theirs.channel_id),
        lambda: channels.withdraw(
            conn, theirs.workspace_id, theirs.channel_id, reader_workspace_id=ours.workspace_id
        ),
    ):
        await channels.grant(
            conn, theirs.workspace_id, theirs.channel_id, reader_workspace_id=ours.workspace_id
        )
        assert await channels.get(conn, ours.workspace_id, theirs.channel_id)
        assert await end()
        assert await channels.get(conn, ours.workspace_id, theirs.channel_id) is None
        assert await posts.window(conn, ours.workspace_id, theirs.channel_id, 0, NOW) == []


async def test_an_owner_can_not_revoke_its_own_channel(conn, two):
    ours, _ = two
    assert not await channels.revoke(conn, ours.workspace_id, ours.channel_id)
    assert await channels.get(conn, ours.workspace_id, ours.channel_id)
