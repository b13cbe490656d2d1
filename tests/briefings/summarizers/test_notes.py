"""Notes are taken where somebody listens, and cost nothing where nobody does."""

import asyncio

import pytest

from briefings.explanation import LeftOut, Reason
from briefings.summarizers.notes import (
    is_anybody_listening,
    note,
    note_left_out,
    noted,
    take_notes,
)


def reason(rule: str) -> Reason:
    return Reason(about="line", rule=rule, where=("rules.py: find",))


def why(rule: str, *, calls: list[str] | None = None) -> list[Reason]:
    if calls is not None:
        calls.append(rule)
    return [reason(rule)]


def lose(text: str) -> LeftOut:
    return LeftOut(section="claims", text=text, reasons=(reason("too long"),))


def test_nothing_is_worked_out_where_nobody_listens():
    """A reason is not even made unless somebody takes notes."""
    calls: list[str] = []
    note("draft", why, "a cue", calls=calls)
    note_left_out(pytest.fail, "called")
    assert not is_anybody_listening()
    assert calls == []
    assert noted("draft") == ()


def test_reasons_are_kept_for_the_very_draft():
    """Two drafts that are equal have each their own reasons, in the order of noting."""
    first, second = [1], [1]
    with take_notes() as notes:
        note(first, why, "a cue")
        note(second, why, "a name")
        note(first, why, "a verb")
        assert noted(first) == (reason("a cue"), reason("a verb"))
    assert notes.reasons_for(second) == (reason("a name"),)
    assert notes.reasons_for([1]) == ()


def test_the_same_reason_is_told_once():
    """What two rules note alike stands once in the explanation."""
    with take_notes() as notes:
        note("draft", why, "a cue")
        note("draft", why, "a cue")
    assert notes.reasons_for("draft") == (reason("a cue"),)


def test_what_was_left_out_is_kept_in_order():
    """Lines that were left out are told in the order in which they went."""
    with take_notes() as notes:
        note_left_out(lose, "first")
        note_left_out(lose, "second")
    assert [lost.text for lost in notes.left_out] == ["first", "second"]


def test_listening_ends_with_its_block():
    """After the block nobody listens any more, whether it failed or not."""
    with pytest.raises(KeyError), take_notes():
        raise KeyError
    assert not is_anybody_listening()


async def test_each_task_listens_for_itself():
    """A briefing made beside an explained one leaves no notes in its explanation."""

    async def brief(name: str, *, is_explained: bool) -> list[Reason]:
        if not is_explained:
            await asyncio.sleep(0)
            note("draft", why, name)
            return []
        with take_notes() as notes:
            await asyncio.sleep(0)
            note("draft", why, name)
            await asyncio.sleep(0)
        return list(notes.reasons_for("draft"))

    found = await asyncio.gather(
        brief("one", is_explained=True),
        brief("two", is_explained=False),
        brief("three", is_explained=True),
    )
    assert found == [[reason("one")], [], [reason("three")]]
