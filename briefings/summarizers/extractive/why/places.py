"""Names the places where rules stand, so that a reason leads to the function or the word list.

A function is named from itself and a word list is looked up, so neither name can grow old unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from briefings.evidence import Span
from briefings.explanation import Reason
from briefings.language import lexicon


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of `lexicons/<file>.toml` by its path, such as `say.state` or `cues[3]`."""

    file: str
    path: str


#: Where a rule stands: a public function or class, or an entry of a lexicon.
Place = Callable[..., Any] | Entry


def reason(
    about: str,
    rule: str,
    *where: Place,
    words: Iterable[Span] = (),
    weight: float | None = None,
) -> Reason:
    """A reason whose places are given as the functions and entries themselves.

    KeyError or IndexError where a lexicon has no such entry.
    """
    return Reason(
        about=about,
        rule=rule,
        where=tuple(dict.fromkeys(map(name_place, where))),
        words=tuple(dict.fromkeys(words)),
        weight=None if weight is None else round(weight, 2),
    )


def name_place(place: Place) -> str:
    """As in "extractive/cues.py: verb_cue" or "lexicons/cues.toml: say.state"."""
    if isinstance(place, Entry):
        _look_up(place)
        return f"lexicons/{place.file}.toml: {place.path}"
    folder, module = place.__module__.split(".")[-2:]
    return f"{folder}/{module}.py: {place.__qualname__}"


def _look_up(entry: Entry) -> None:
    found: Any = lexicon.load(entry.file)
    for step in entry.path.replace("[", ".").replace("]", "").split("."):
        found = found[int(step)] if step.isdigit() else found[step]
