"""Languages by the names that people give them."""

import re

import pytest

from briefings.languages import is_language, name_language, read_language, suggest_languages


@pytest.mark.parametrize(
    "text", ["de", "DE", "German", "deutsch", "de-AT", " de_CH "], ids=lambda text: text.strip()
)
def test_a_language_is_read_by_code_and_name(text):
    """By its English name, its own, or a code with a land behind it."""
    assert read_language(text) == "de"


@pytest.mark.parametrize("text", ["", "xx", "Elvish", "../en"])
def test_what_is_no_language_is_refused(text):
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=f"{re.escape(text)}$"):
        read_language(text)


def test_codes_have_names():
    """In English; what has none stays as it is."""
    assert (name_language("fr"), name_language("zz")) == ("French", "zz")
    assert is_language("fr")
    assert not is_language("zz")


def test_completions_begin_with_what_was_typed():
    """Then come those that hold it."""
    assert suggest_languages("ger", 3)[0] == "German"
    assert suggest_languages("qqq", 3) == ()
