"""One database behind one interface: connections, transactions and their settings.

It knows no table.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    event,
    func,
    literal,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.errors import StoreError, StoreUnavailable

_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    # what PostgreSQL's own programs and hosting services write as well
    "postgres": "postgresql+asyncpg",
}
#: How long SQLite waits for another process that writes, in milliseconds.
_BUSY: Final = 15_000
#: FULL and not NORMAL, which is SQLite's usual companion of WAL: with NORMAL the last commits are
#: lost when the power fails, and a lost "sending" would be posted twice.
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={_BUSY}",
)


def read_url(url: str) -> URL:
    """The address with the driver that we use. Raises StoreError for any other database."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError("(unreadable)", "no database address") from error
    driver = _DRIVERS.get(address.drivername.partition("+")[0])
    if driver is None:
        raise StoreError(name_place(address), "neither sqlite nor postgresql")
    return address.set(drivername=driver)


def name_place(address: URL) -> str:
    """The address as a person may see it: no user, no password, no query."""
    backend = address.drivername.partition("+")[0]
    port = f":{address.port}" if address.port else ""
    return f"{backend}://{address.host or ''}{port}/{address.database or ''}"


class Database:
    """A pool of connections. Every transaction of ours either reads or writes from its start."""

    def __init__(self, url: str) -> None:
        address = read_url(url)
        self.place = name_place(address)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        path = address.database if self.is_sqlite else None
        self._file = Path(path).absolute() if path else None
        self._folder = self._file.parent if self._file else None
        self._engine = create_async_engine(address, **_pool(is_sqlite=self.is_sqlite))
        self._writer = self._engine.execution_options(
            is_writer=True, **_transactions(self.is_sqlite)
        )
        # One writer at a time in this process: SQLite's own waiting is a sleep of growing length.
        self._turn: asyncio.Lock | None = asyncio.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            event.listen(self._engine.sync_engine, "connect", _prepare)
            event.listen(self._engine.sync_engine, "begin", _begin)

    @asynccontextmanager
    async def reads(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes nothing. Raises StoreUnavailable."""
        self.check_folder()
        with self._explained():
            async with self._engine.connect() as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def writes(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at its end. Raises StoreUnavailable."""
        turn: AbstractAsyncContextManager[Any] = self._turn or nullcontext()
        self.check_folder()
        async with turn:
            with self._explained():
                async with self._writer.begin() as connection:
                    yield connection

    @property
    def is_absent(self) -> bool:
        """Whether it is a file that does not exist yet: to connect would make it."""
        return self._file is not None and not self._file.exists()

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """INSERT in the database's own dialect: both know ON CONFLICT, each by its own class."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def among(self, column: Column[str], texts: Sequence[str]) -> ColumnElement[bool]:
        """IN for many values, as one parameter: to write out and bind each costs more than asking.

        What SQLAlchemy makes of `in_` is a statement of its own for each count of values.
        """
        if not self.is_sqlite:
            return column == any_(literal(list(texts), postgresql.ARRAY(String)))
        each = func.json_each(json.dumps(texts)).table_valued("value")
        return column.in_(select(each.c.value))

    async def close(self) -> None:
        await self._engine.dispose()

    def check_folder(self) -> None:
        """Say early what SQLite's thread, which outlives a failed connection, may say too late."""
        if self._folder is None:
            return
        if not self._folder.is_dir():
            raise StoreUnavailable(self.place, f"there is no folder {self._folder}")
        if not os.access(self._folder, os.W_OK):
            raise StoreUnavailable(self.place, f"the folder {self._folder} can't be written to")
        self._folder = None

    def _explained(self) -> Unavailable:
        return Unavailable(self.place)


class Unavailable:
    """Turns what drivers raise when a database does not answer into our error."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OperationalError | InterfaceError):
            raise StoreUnavailable(self._place, _detail(error.orig)) from error
        if isinstance(error, OSError):
            raise StoreUnavailable(self._place, _detail(error)) from error


def _detail(error: BaseException | None) -> str:
    return str(error).splitlines()[0][:200] if error and str(error) else ""


def _pool(*, is_sqlite: bool) -> dict[str, Any]:
    if is_sqlite:
        return {"pool_size": 4, "max_overflow": 0}
    # A statement that only reads needs no transaction around it, and asking a connection whether it
    # is alive needs none either: two exchanges with the server in place of six for each reading.
    return {
        "pool_size": 8,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_timeout": 30,
        "isolation_level": "AUTOCOMMIT",
    }


def _transactions(is_sqlite: bool) -> dict[str, Any]:
    """How a writer's transactions are held apart, where that is not the connection's own way."""
    return {} if is_sqlite else {"isolation_level": "READ COMMITTED"}


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401, ARG001  # the library's
    """Set a new SQLite connection up; transactions are begun by us alone, see `_begin`."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """Who is going to write says so at once: a reader that turns writer can only be refused."""
    is_writer = connection.get_execution_options().get("is_writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")
