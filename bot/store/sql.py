"""The store over SQLite or PostgreSQL: its parts put together."""

from __future__ import annotations

from bot.store.claims import ClaimTable
from bot.store.database import Database
from bot.store.keepsakes import KeepsakeTables
from bot.store.ledger import LedgerTable
from bot.store.port import Store
from bot.store.schedules import ScheduleTable


class SqlStore(ScheduleTable, ClaimTable, LedgerTable, KeepsakeTables):
    """Implements bot.store.port.Store; open it with `open_store`."""

    def __init__(self, database: Database) -> None:
        ClaimTable.__init__(self, database)  # the other parts keep nothing but the database

    async def close(self) -> None:
        await self._database.close()


def open_store(url: str) -> Store:
    """A store at `url`, sqlite:///… or postgresql://…; its tables must be up to date.

    It connects with its first call. Raises StoreError for an address of any other kind.
    """
    return SqlStore(Database(url))
