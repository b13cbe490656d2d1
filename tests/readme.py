"""Renew what README.md shows of the command, or with --check say what has grown old.

Between `<!-- shows: COMMAND -->` and `<!-- end -->` stands what that command prints, run from the
top of the project; it runs nothing but briefbot.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import re
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from bot.app import build_app
from bot.cli import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"<!-- shows: briefbot (?P<arguments>[^\n]*) -->\n.*?<!-- end -->", re.DOTALL)


class Morning:
    """When the README's briefing was made, for ever."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def renew(text: str) -> str:
    """The README with every block as the command prints it today."""
    return BLOCK.sub(_renew_block, text)


def _renew_block(block: re.Match[str]) -> str:
    arguments = block["arguments"]
    shown = f"$ briefbot {arguments}\n{_run(shlex.split(arguments))}"
    return f"<!-- shows: briefbot {arguments} -->\n\n```text\n{shown}\n```\n\n<!-- end -->"


def _run(arguments: list[str]) -> str:
    app = dataclasses.replace(build_app(Settings()), clock=Morning())
    runner = CliRunner(env={"COLUMNS": "88"})
    with contextlib.chdir(ROOT):
        result = runner.invoke(cli, arguments, obj=app, prog_name="briefbot")
    if result.exit_code or result.stderr:
        sys.exit(f"briefbot {shlex.join(arguments)} ended {result.exit_code}: {result.output}")
    return result.stdout.rstrip()


def main() -> None:
    """Exit 1 with the difference under --check; else write the README anew."""
    before = README.read_text(encoding="utf-8")
    after = renew(before)
    if "--check" not in sys.argv:
        README.write_text(after, encoding="utf-8")
    elif before != after:
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), "README.md", "today", lineterm=""
        )
        sys.exit("\n".join([*lines, "Renew it with: uv run poe readme"]))


if __name__ == "__main__":
    main()
