"""The main job, as a newcomer does it: the command on the sample articles, in a process of its own.

No key, no network, no settings.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "tests/data/articles").glob("*.txt"))


def run_briefbot(*arguments: str, hash_seed: int = 0) -> str:
    """What the command prints; a failure or a word on standard error fails the test."""
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
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


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_becomes_the_same_briefing_every_time(sample):
    """The same article gives the same JSON byte by byte, but for when it was read."""
    briefings = []
    for hash_seed in (1, 2, 3):
        briefing = json.loads(
            run_briefbot("brief", str(sample), "--format", "json", hash_seed=hash_seed)
        )
        del briefing["source"]["retrieved"]
        briefings.append(json.dumps(briefing))
    assert briefings[0] == briefings[1] == briefings[2]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_every_quotation_of_a_sample_stands_in_the_article(sample):
    """Each span's quotation is the article's text between its offsets, letter for letter."""
    briefing = json.loads(run_briefbot("brief", str(sample), "--format", "json"))
    spans = list(find_spans(briefing))
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
