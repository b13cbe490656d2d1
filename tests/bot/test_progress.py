"""What somebody who waits can see, and what a pipe does not get."""

import subprocess
import sys

import pytest

CODE = r"""
from datetime import UTC, datetime
from bot.progress import Progress
from briefings.article import Article

now = datetime.now(UTC)
article = Article.compose("Talks stall", ["A text."], retrieved_at=now, remarks=("cut",))
with Progress() as progress:
    progress.on_reading("https://news.example/[bold]\x1b[31m")
"""
SECOND_STEP = """
    progress.on_summarizing(article)
assert progress.remarks == ("cut",)
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        pytest.param(CODE, "Reading https://news.example/[bold]", id="reading"),
        pytest.param(CODE + SECOND_STEP, "“Talks stall”", id="summarizing"),
    ],
)
def test_a_terminal_shows_each_step(child_environment, read_terminal, code, told):
    """On a terminal each step is named, a stranger's text in it obeys nobody, and it goes away."""
    shown = read_terminal([sys.executable, "-c", code], {**child_environment, "TERM": "xterm"})
    assert told in shown
    assert "\x1b[31m" not in shown
    assert shown.endswith("\x1b[2K")


def test_a_pipe_gets_nothing(child_environment):
    """Without a terminal on standard error, nothing is shown."""
    done = subprocess.run(
        [sys.executable, "-c", CODE + SECOND_STEP],
        env=child_environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == (b"", b"")
