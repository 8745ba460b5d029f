"""Every revision goes up, down and up again on both engines, and ends where the models are."""

import asyncio
import subprocess
import sys
from types import SimpleNamespace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, select, text, update

from storage.engine import BadAddressError, StorageError, open_database
from storage.migrations.__main__ import oldest_program, to_head
from storage.migrations.runner import run
from storage.tables import metadata, schema_window
from storage.upgrade import (
    VERSIONS,
    NewerDatabaseError,
    UpgradeError,
    current_revision,
    head_revision,
    is_current,
    upgrade,
)


def _stairway(config: Config) -> None:
    for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, script.revision)
        command.downgrade(config, str(script.down_revision or "base"))
        command.upgrade(config, script.revision)


def _down(config: Config) -> None:
    command.downgrade(config, "base")


async def test_stairway(empty_url):
    await run(empty_url, _stairway)
    database = open_database(empty_url)
    assert await current_revision(database) == head_revision()
    await database.close()


async def test_the_way_down_leaves_no_table(empty_url):
    await run(empty_url, to_head)
    await run(empty_url, _down)
    database = open_database(empty_url)
    async with database.read() as conn:
        assert await conn.run_sync(lambda sync: inspect(sync).get_table_names()) == ["alembic_version"]
    await database.close()


async def test_models_and_migrations_agree(database):
    async with database.read() as conn:
        differences = await conn.run_sync(
            lambda sync: compare_metadata(
                MigrationContext.configure(sync, opts={"compare_type": True, "compare_server_default": True}),
                metadata,
            )
        )
    assert differences == []


async def test_checks_and_cascades_agree(database):
    """What Alembic doesn't compare."""
    async with database.read() as conn:
        found = await conn.run_sync(_constraints)
    declared = {
        table.name: (
            {
                str(constraint.name)
                for constraint in table.constraints
                if type(constraint).__name__ == "CheckConstraint"
            },
            {(str(key.parent.name), key.column.table.name, key.ondelete) for key in table.foreign_keys},
        )
        for table in metadata.sorted_tables
    }
    assert found == declared


def _constraints(sync):
    inspector = inspect(sync)
    return {
        table.name: (
            {check["name"] for check in inspector.get_check_constraints(table.name)},
            {
                (key["constrained_columns"][0], key["referred_table"], key["options"].get("ondelete"))
                for key in inspector.get_foreign_keys(table.name)
            },
        )
        for table in metadata.sorted_tables
    }


async def test_a_fresh_database_has_no_revision_and_an_upgrade_may_be_repeated(empty_url):
    database = open_database(empty_url)
    assert await current_revision(database) is None
    upgrade(empty_url)
    upgrade(empty_url)
    assert await current_revision(database) == head_revision()
    await database.close()


def test_file_names_number_the_revisions():
    scripts = list(ScriptDirectory(str(VERSIONS.parent)).walk_revisions())
    assert scripts[0].revision == head_revision()
    for script in scripts:
        assert script.path.rsplit("/", 1)[-1].startswith(f"{script.revision}_")


async def test_a_failing_step_leaves_nothing(empty_url):
    def fail(config: Config) -> None:
        command.upgrade(config, "head")
        raise StorageError("the power went")

    with pytest.raises(StorageError, match="the power went"):
        await run(empty_url, fail)
    database = open_database(empty_url)
    assert await current_revision(database) is None
    await database.close()


def test_an_upgrade_that_fails_says_why_without_the_password(tmp_path):
    with pytest.raises(UpgradeError) as failed:
        upgrade(f"postgresql+asyncpg://somebody:hunter2@/none?host={tmp_path}")
    assert "hunter2" not in str(failed.value)
    assert str(failed.value)


@pytest.mark.parametrize(
    "address", ["", "otklik.db", "mysql://me:hunter2@host/db", "sqlite://", "sqlite:///:memory:"]
)
def test_an_address_of_no_database_of_ours(address):
    with pytest.raises(BadAddressError) as refused:
        upgrade(address)
    assert "hunter2" not in str(refused.value)


def test_storage_stays_light():
    """The bot's process holds storage all day: no migrations, no tables of numbers, no second driver in it."""
    code = """
import pkgutil, sys
from importlib import import_module
import storage.system, storage.workspace, storage.upgrade
for room in (storage.system, storage.workspace):
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        import_module(module.name)
print(*sys.modules)
"""
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"alembic", "pandas", "numpy", "asyncpg", "aiogram", "matplotlib"}.isdisjoint(loaded)


async def test_an_older_program_starts_over_a_newer_schema_only_where_that_says_so(empty_url):
    """While processes are replaced one after another, an older one may have to start again."""
    await asyncio.to_thread(upgrade, empty_url)
    database = open_database(empty_url)
    assert await is_current(database)
    async with database.begin() as conn:
        assert (await conn.execute(select(schema_window.c.oldest))).scalar_one() <= head_revision()
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await conn.execute(update(schema_window).values(oldest=head_revision()))
    assert await is_current(database)
    for change in (update(schema_window).values(oldest="9998"), delete(schema_window)):
        async with database.begin() as conn:
            await conn.execute(change)
        with pytest.raises(NewerDatabaseError):
            await is_current(database)
    await database.close()


def test_a_revision_that_older_code_survives_leaves_it_be():
    """The others shut it out."""

    def revision(number: str, **said: str):
        return SimpleNamespace(revision=number, module=SimpleNamespace(**said))

    kept = [revision("0001"), revision("0002"), revision("0003", SURVIVED_BY="0002")]
    assert oldest_program(SimpleNamespace(walk_revisions=lambda: kept)) == "0002"
    kept.append(revision("0004"))
    assert oldest_program(SimpleNamespace(walk_revisions=lambda: kept)) == "0004"
