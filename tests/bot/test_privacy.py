"""What breaks: something that stays after «delete everything», or somebody else who presses it."""

import sqlite3
from contextlib import closing

import pytest

CHANGES_BY_ITSELF = {"quota", "inbox", "tick", "sqlite_sequence", "lease"}


def _rows(path) -> dict[str, set[tuple]]:
    with closing(sqlite3.connect(path)) as conn:
        tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: set(conn.execute(f'SELECT * FROM "{table}"')) for table in tables}


async def _use(person, handle: str) -> None:
    """Leave as much behind as a conversation of a minute does."""
    await person.start()
    await person.wait_for_answer()
    await person.send(f"/add @{handle}")
    await person.wait_for_answer()
    await person.send("/subs 12 500")
    await person.wait_for_answer()


async def _ask_to_delete(here):
    await here.send("/privacy")
    told = await here.wait_for("What I keep")
    await here.press(told, "Delete everything")
    return await here.wait_for("can’t be undone")


@pytest.fixture
async def people(box):
    ann, bob = await box.person("Ann", language="en"), await box.person("Bob", language="en")
    await box.channel("Coffee", owner=ann, username="coffee", subscribers=700)
    await box.channel("Tea", owner=bob, username="teahouse", subscribers=300)
    return ann, bob


async def test_after_deletion_it_is_as_if_the_chat_had_never_been(running, people, tmp_path):
    ann, bob = people
    await _use(bob, "teahouse")
    before = _rows(tmp_path / "otklik.db")
    await _use(ann, "coffee")
    between = _rows(tmp_path / "otklik.db")
    asked = await _ask_to_delete(ann)
    press = await asked.press("Yes")
    assert "deleted" in (await press.edited()).text
    await running.end()
    after = _rows(tmp_path / "otklik.db")
    assert {table for table in before if between[table] != before[table]} >= {
        "workspace",
        "channel",
        "audience",
    }
    assert {table: after[table] - before[table] for table in after if table not in CHANGES_BY_ITSELF} == {
        table: set() for table in after if table not in CHANGES_BY_ITSELF
    }
    assert before["channel"] == after["channel"]
    assert not any(str(ann.id) in str(row) for row in after["inbox"])


@pytest.mark.usefixtures("running")
async def test_keeping_deletes_nothing(people, tmp_path):
    ann, _ = people
    await _use(ann, "coffee")
    before = _rows(tmp_path / "otklik.db")
    asked = await _ask_to_delete(ann)
    assert "Nothing" in (await (await asked.press("Keep")).edited()).text
    after = _rows(tmp_path / "otklik.db")
    assert after["channel"] == before["channel"]


@pytest.mark.usefixtures("running")
async def test_in_a_group_only_the_admin_who_asked_can_confirm(box, people, tmp_path):
    ann, bob = people
    eve = await box.person("Eve", language="en")
    group = await box.group("Team", owner=ann, members=[bob, eve])
    await group.add(bob, admin=True)
    asked = await _ask_to_delete(ann.at(group))
    by_member = await (await eve.at(group).press(asked, "Yes")).answer()
    by_other_admin = await (await bob.at(group).press(asked, "Yes")).answer()
    assert by_member.is_alert
    assert "Only the person" in by_other_admin.text
    forged = await eve.at(group).press(asked, data=f"wipe:confirm:{eve.id}")
    assert "admins" in (await forged.answer()).text
    assert group.id in {row[1] for row in _rows(tmp_path / "otklik.db")["workspace"]}
    await (await ann.at(group).press(asked, "Yes")).edited()
    assert group.id not in {row[1] for row in _rows(tmp_path / "otklik.db")["workspace"]}


@pytest.mark.usefixtures("running")
async def test_a_member_of_a_group_cannot_even_ask(box, people):
    ann, bob = people
    group = await box.group("Team", owner=ann, members=[bob])
    await bob.at(group).send("/privacy")
    told = await bob.at(group).wait_for("What I keep")
    refused = await (await bob.at(group).press(told, "Delete everything")).answer()
    assert refused.is_alert
