"""The tables' version: bring a database up to date, and tell whether it is.

Migrations lie beside this file and ship with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import SchemaOutdated
from bot.store.database import Database, name_place, read_url

_MIGRATIONS: Final = Path(__file__).with_name("migrations")
#: Any number that nobody else locks: two `briefbot migrate` at once take turns.
_LOCK: Final = 4_207_311


def newest_version() -> str:
    """The version that this program needs."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""


async def migrate(url: str) -> str:
    """Bring the tables up to date, or create them; the version reached. Raises StoreError."""
    database = Database(url)
    try:
        async with database.writes() as connection:
            if not database.is_sqlite:
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            await connection.run_sync(_upgrade)
    finally:
        await database.close()
    return newest_version()


async def schema_version(url: str) -> str | None:
    """The version of the tables; None where there are none, and none are made. StoreError."""
    database = Database(url)
    database.check_folder()
    if database.is_absent:
        return None
    try:
        async with database.reads() as connection:
            return await connection.run_sync(
                lambda sync: MigrationContext.configure(sync).get_current_revision()
            )
    finally:
        await database.close()


async def check_schema(url: str) -> None:
    """Raise SchemaOutdated unless the tables are of the version that this program needs."""
    found, needed = await schema_version(url), newest_version()
    if found != needed:
        raise SchemaOutdated(
            name_place(read_url(url)), f"its tables are {found or 'missing'}, needed is {needed}"
        )


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
