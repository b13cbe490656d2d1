"""Renew what README.md shows of the command, or with --check say what has grown old.

Between `<!-- shows: COMMAND -->` and `<!-- end -->` stands what that command prints, run from the
top of the project; it runs nothing but briefbot.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"<!-- shows: briefbot (?P<arguments>.*) -->\n.*?<!-- end -->", re.DOTALL)


def renew(text: str) -> str:
    """The README with every block as the command prints it today."""
    return BLOCK.sub(_renew_block, text)


def _renew_block(block: re.Match[str]) -> str:
    arguments = block["arguments"]
    shown = f"$ briefbot {arguments}\n{_run(shlex.split(arguments))}"
    return f"<!-- shows: briefbot {arguments} -->\n\n```text\n{shown}\n```\n\n<!-- end -->"


def _run(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "88"},
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    return done.stdout.rstrip()


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
