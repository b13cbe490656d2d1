"""Tables and their versions, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from bot.errors import SchemaOutdated, StoreError, StoreUnavailable
from bot.messages import explain
from bot.store.database import Database
from bot.store.schema import _MIGRATIONS, check_schema, migrate, newest_version, schema_version
from bot.store.sql import open_store
from bot.store.tables import metadata


async def test_migrating_brings_the_tables_that_the_program_has(empty_database):
    """After all migrations nothing differs between the database and bot.store.tables."""
    url = await empty_database()
    assert await migrate(url) == newest_version()
    database = Database(url)
    async with database.reads() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    await database.close()
    assert not differences


async def test_migrating_twice_changes_nothing(empty_database):
    """Whoever is not sure may migrate again."""
    url = await empty_database()
    await migrate(url)
    await migrate(url)
    assert await schema_version(url) == newest_version()
    await check_schema(url)


async def test_a_database_without_tables_is_refused(empty_database):
    """The program does not start on tables that are missing, and says how to make them."""
    url = await empty_database()
    assert await schema_version(url) is None
    with pytest.raises(SchemaOutdated) as caught:
        await check_schema(url)
    assert "briefbot migrate" in explain(caught.value)


UNREACHABLE = {
    "no server": ("postgresql://bot:hunter2@127.0.0.1:1/bot", "127.0.0.1:1/bot"),
    "no folder": ("sqlite:////nowhere/at/all/bot.db", "/nowhere/at/all/bot.db"),
}


@pytest.mark.parametrize(("url", "place"), UNREACHABLE.values(), ids=UNREACHABLE)
async def test_a_database_that_does_not_answer_is_named(url, place):
    """The error names the database without its password."""
    store = open_store(url)
    with pytest.raises(StoreUnavailable) as caught:
        await store.ping()
    await store.close()
    sentence = explain(caught.value)
    assert place in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize("url", ["mysql://u:hunter2@h/d", "bot.db", ""])
def test_other_databases_are_refused(url):
    """Only SQLite and PostgreSQL can be named, and a refusal shows no password."""
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert "hunter2" not in explain(caught.value)


async def test_schedules_of_an_older_version_are_kept(empty_database):
    """A schedule made before engines could be chosen chooses none."""
    url = await empty_database()
    database = Database(url)
    async with database.writes() as connection:
        await connection.run_sync(_upgrade_to, "0001")
        await connection.execute(text(_OLD_SCHEDULE))
    await database.close()
    await migrate(url)
    store = open_store(url)
    found = await store.find_schedule("k3m9")
    await store.close()
    assert (found.times, found.engine, found.language) == ("daily 09:00", "", "")


def _upgrade_to(connection, version):
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


_OLD_SCHEDULE = """
INSERT INTO schedules (id, platform, tenant_id, channel_id, name, feeds, times, zone, created_by,
    created_at, filter, at_most, mode, catch_up_seconds, is_paused, paused_because)
VALUES ('k3m9', 'slack', 'T1', 'C1', '', '[]', 'daily 09:00', 'UTC', 'U1', '2026-03-02 08:00:00',
    '{"any_of": [], "all_of": [], "none_of": [], "pattern": null}', 3, 'each', 21600, false, '')
"""
