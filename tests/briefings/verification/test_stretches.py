"""Lines cut out of their evidence: found word for word, or not at all."""

import pytest

from briefings.verification.stretches import cut_out

# Sentence 2 of the article: “We did not spill a single drop, and we will prove it in court,” said
# Jonas Kvist, the line's owner.
CUT_OUT = {
    "a stretch": ("we will prove it in court", "we will prove it in court"),
    "a capital and a point of its own": (
        "Did not spill a single drop.",
        "did not spill a single drop",
    ),
    "two stretches": (
        "We did not spill a single drop … we will prove it in court",
        "We did not spill a single drop we will prove it in court",
    ),
}
NOT_CUT_OUT = {
    "another word": "We did not spill a single barrel",
    "another order": "prove it in court, and we will spill a single drop",
    "part of a word": "id not spill a single dro",
    "words picked singly": "We will prove … Jonas Kvist",
    "a word in other capitals": "we will prove it in Court",
    "a word too many": "We did not spill a single drop, and we will never prove it in court",
}


@pytest.mark.parametrize(("text", "words"), CUT_OUT.values(), ids=CUT_OUT.keys())
def test_a_line_in_the_words_of_its_evidence_is_found_there(ground, text, words):
    """Every word comes back as the article's own, in order; marks between stretches do not."""
    assert [word.text for word in cut_out(text, (2,), ground)] == words.split()


@pytest.mark.parametrize("text", NOT_CUT_OUT.values(), ids=NOT_CUT_OUT.keys())
def test_other_words_make_another_line(ground, text):
    """What is not the evidence's, word for word in its order, is no part of it."""
    assert cut_out(text, (2,), ground) == []


def test_a_label_may_take_its_words_singly(ground):
    """It says nothing of one another that picking words could change."""
    words = cut_out("Bay; oil", (1,), ground, is_label=True)
    assert words == []  # the oil comes before the bay
    words = cut_out("oil; Bay of Arle", (1,), ground, is_label=True)
    assert [w.text for w in words] == ["oil", "Bay", "of", "Arle"]
