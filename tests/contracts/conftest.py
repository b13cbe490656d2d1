"""Stores of every kind, empty, for one suite over all of them."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.store.port import Store
from bot.store.schema import migrate
from bot.store.sql import open_store
from bot.testing import MemoryStore, Tables
from tests.bench.databases import has_postgres, private_postgres

OpenStore = Callable[[], Store]
#: The migrated database of a server, by the server's address.
_TEMPLATES: dict[str, str] = {}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private server."""
    if not has_postgres():
        pytest.skip("no PostgreSQL server installed")
    with private_postgres("-c fsync=off") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Awaitable[str]]:
    """Makes a database without tables; gives its address."""
    if request.param == "sqlite":
        return lambda: _sqlite(tmp_path)
    server = request.getfixturevalue("postgres")
    return lambda: _fresh(server)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def open_another(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[OpenStore]:
    """Opens stores on one and the same database, each as a process of its own would."""
    opened: list[Store] = []
    if request.param == "memory":
        tables = Tables()

        def connect() -> Store:
            return MemoryStore(tables)

    else:
        if request.param == "sqlite":
            url = await _sqlite(tmp_path)
            await migrate(url)
        else:
            url = await _migrated(request.getfixturevalue("postgres"))

        def connect() -> Store:
            return open_store(url)

    def another() -> Store:
        opened.append(connect())
        return opened[-1]

    yield another
    for store in opened:
        await store.close()


@pytest.fixture
def store(open_another: OpenStore) -> Store:
    return open_another()


async def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'bot.db'}"


async def _fresh(server: str, template: str = "template1") -> str:
    """A database of its own on the server."""
    name = f"t{uuid.uuid4().hex}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    await connection.close()
    return server.replace("/postgres?", f"/{name}?")


async def _migrated(server: str) -> str:
    """A database with tables: a copy of the first one, which is migrated once."""
    if server not in _TEMPLATES:
        await migrate(url := await _fresh(server))
        _TEMPLATES[server] = make_url(url).database or ""
    return await _fresh(server, _TEMPLATES[server])
