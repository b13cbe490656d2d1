"""Notes that an engine takes while it works: why a draft was made, what was left out and why.

As with logging, whoever works only writes down, and nothing is worked out unless somebody listens:
no function gives notes back or takes them as a parameter, and no rule may read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec

from briefings.briefing import Briefing
from briefings.explanation import ExplainedLine, Explanation, LeftOut, Reason, lines_of

P = ParamSpec("P")


class Notes:
    """What was written down: reasons by the draft they are for, and what was left out."""

    def __init__(self) -> None:
        # Drafts are kept with their reasons: an object that is gone gives its id away.
        self._by_draft: dict[object, tuple[object, list[Reason]]] = {}
        self.left_out: list[LeftOut] = []

    def add(self, draft: object, reasons: Iterable[Reason]) -> None:
        """Add reasons for a draft: that very object, or whatever has that name if it is a str."""
        self._by_draft.setdefault(_key(draft), (draft, []))[1].extend(reasons)

    def reasons_for(self, draft: object) -> tuple[Reason, ...]:
        """What was written down for a draft, in that order, each reason once."""
        return tuple(dict.fromkeys(self._by_draft.get(_key(draft), (draft, ()))[1]))

    def explain(self, briefing: Briefing) -> Explanation:
        """The explanation of a briefing whose parts are the drafts themselves.

        A decision that there is no line is noted under the path of the line, such as "dispute".
        """
        lines = [(path, self.reasons_for(part)) for path, part in lines_of(briefing)]
        if briefing.dispute is None:
            lines.insert(1, ("dispute", self.reasons_for("dispute")))
        return Explanation(
            lines=tuple(ExplainedLine(part=path, reasons=why) for path, why in lines if why),
            left_out=tuple(dict.fromkeys(self.left_out)),
        )


_listening: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def take_notes() -> Iterator[Notes]:
    """Listen to everything that is done inside, in this task alone."""
    notes = Notes()
    token = _listening.set(notes)
    try:
        yield notes
    finally:
        _listening.reset(token)


def is_anybody_listening() -> bool:
    """Whether notes are taken, for work that would be done for them alone."""
    return _listening.get() is not None


def note(
    draft: object, why: Callable[P, Iterable[Reason]], /, *args: P.args, **kwargs: P.kwargs
) -> None:
    """Write down why a draft was made; `why` is called only where somebody listens."""
    notes = _listening.get()
    if notes is not None:
        notes.add(draft, why(*args, **kwargs))


def note_left_out(why: Callable[P, LeftOut], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Write down what was left out; `why` is called only where somebody listens."""
    notes = _listening.get()
    if notes is not None:
        notes.left_out.append(why(*args, **kwargs))


def noted(draft: object) -> tuple[Reason, ...]:
    """What was written down so far for a draft: for the reasons of what is made of it."""
    notes = _listening.get()
    return notes.reasons_for(draft) if notes is not None else ()


def _key(draft: object) -> object:
    return draft if isinstance(draft, str) else id(draft)
