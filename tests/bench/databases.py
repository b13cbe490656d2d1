"""A private PostgreSQL server for tests and benchmarks, from the binaries that Debian installs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Where Debian puts the server's programs, newest version last.
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


def has_postgres() -> bool:
    return bool(PROGRAMS)


@contextmanager
def private_postgres(*options: str) -> Iterator[str]:
    """The address of a server on a unix socket of its own, gone afterwards with all it held."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # the server refuses to run as root
    account = "postgres" if os.geteuid() == 0 else None
    try:
        if account:
            shutil.chown(folder, account)
        programs = PROGRAMS[-1].parent
        _run([programs / "initdb", "-D", folder / "db", "-A", "trust", "-U", "bot", "-E", "UTF8",
              "--locale=C", "--no-sync"], account)  # fmt: skip
        server = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", *options]
        _run([programs / "pg_ctl", "-D", folder / "db", "-l", folder / "log", "-w", "-t", "60",
              "-o", " ".join(server), "start"], account)  # fmt: skip
        try:
            yield f"postgresql://bot@/postgres?host={folder}"
        finally:
            _run([programs / "pg_ctl", "-D", folder / "db", "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[object], account: str | None) -> None:
    subprocess.run(
        [str(word) for word in command],
        user=account,
        cwd="/",
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LC_ALL": "C"},
    )


@contextmanager
def databases() -> Iterator[list[str]]:
    """Addresses of an empty SQLite file and, where it is installed, a PostgreSQL server."""
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{Path(folder) / 'bot.db'}"]
        if not has_postgres():
            yield urls
            return
        with private_postgres() as server:
            yield [*urls, server]
