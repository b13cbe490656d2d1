"""The main job, as a newcomer does it: the command on the sample articles, in a process of its own.

No key, no network, no settings.
"""

import functools
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "tests/data/articles").glob("*.txt"))
DISPUTE = "tests/data/articles/river-dam.txt"
DISASTER = "tests/data/articles/flood.txt"
COMMAND = "from bot.cli import main; main()"
#: Tells on standard error when the summarizer is loaded; a shell starts what it puts in the
#: background with Ctrl-C ignored, and the test with it.
WATCHED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
told = []
def tell(event, arguments):
    if event == "import" and arguments[0].endswith("extractive.compose") and not told:
        told.append(print("begun", file=sys.stderr, flush=True))
sys.addaudithook(tell)
"""


@functools.cache
def brief(sample: str, *, hash_seed: int) -> str:
    """The JSON that the command prints; a failure or a word on standard error fails the test."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "brief", sample, "--format", "json"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": "/", "PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == b""
    return done.stdout.decode()


def test_there_are_samples_of_our_own():
    """At least three articles come with the project."""
    assert len(SAMPLES) >= 3


def test_a_sample_becomes_the_same_briefing_every_time():
    """The same article gives the same JSON byte by byte, but for when it was read."""
    briefings = [
        re.sub(r'"retrieved": ?"[^"]*"', "", brief(DISPUTE, hash_seed=seed)) for seed in (1, 2, 3)
    ]
    assert len(set(briefings)) == 1


@pytest.mark.parametrize(("sample", "contested"), [(DISPUTE, True), (DISASTER, False)])
def test_every_quotation_of_a_sample_stands_in_the_article(sample, contested):
    """A dispute is told from a disaster, and each span's quotation is the article's own text."""
    briefing = json.loads(brief(sample, hash_seed=1))
    assert briefing["contested"] is contested
    spans = find_spans(briefing)
    assert spans
    for span in spans:
        assert briefing["text"][span["start"] : span["end"]] == span["quote"]


def find_spans(part: object) -> list[dict]:
    """Every span in a JSON value."""
    if isinstance(part, list):
        return [span for child in part for span in find_spans(child)]
    if isinstance(part, dict):
        if part.keys() == {"start", "end", "quote"}:
            return [part]
        return find_spans(list(part.values()))
    return []


def test_one_ctrl_c_ends_an_analysis(tmp_path):
    """However long the article, one Ctrl-C ends the command at once, and leaves no file."""
    paragraphs = [sample.read_text().partition("\n\n")[2].strip() for sample in SAMPLES]
    # It would take far longer than the wait below, however quick the machine.
    repeats = 140_000 // len(" ".join(paragraphs).split()) + 1
    long = tmp_path / "long.txt"
    long.write_text("Talks go on\n\n" + "\n\n".join(paragraphs * repeats))
    with subprocess.Popen(
        [sys.executable, "-c", WATCHED + COMMAND, "brief", long, "--output", tmp_path / "out.txt"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stderr.readline() == b"begun\n"
        time.sleep(4)
        assert child.poll() is None
        child.send_signal(signal.SIGINT)
        try:
            assert child.communicate(timeout=15) == (b"", b"")
        finally:
            child.kill()
        assert child.returncode == 130
    assert list(tmp_path.iterdir()) == [long]
