"""Where names begin and end, and what sort of thing they name."""

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.names import find_names
from briefings.language.reading import read


def names(*paragraphs: str) -> dict[str, str]:
    """The kind of every name by its text."""
    article = Article.compose("Talks go on", list(paragraphs), retrieved_at=datetime.now(UTC))
    return {name.text: name.kind for name in find_names(read(article))}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param(
            "The League of Harbours for Safety and Answers (LIGA) said so.",
            "League of Harbours for Safety and Answers",
            "organization",
            id="a long name that an acronym follows",
        ),
        pytest.param(
            "Credit Suisse said it was seeing a slowdown.",
            "Credit Suisse",
            "organization",
            id="a listed name whose first word else opens a credit",
        ),
        pytest.param(
            "The Standard & Poor's 500-stock index fell.",
            "Standard & Poor's",
            "organization",
            id="a listed name that ends as a possessive",
        ),
        pytest.param(
            "Samiullah Orvani, a television journalist, spoke. Orvani ran for the council.",
            "Samiullah Orvani",
            "unknown",
            id="a given name that no list has",
        ),
        pytest.param(
            "Claims arose from hurricanes Irma, Maria and Harvey, the firm said.",
            "Harvey",
            "thing",
            id="a row of storms",
        ),
        pytest.param(
            "She gave it to the Portuguese Lusa News Agency.",
            "Portuguese Lusa News Agency",
            "media",
            id="a news agency",
        ),
        pytest.param(
            "The deal will allow Baker Orvex to drill in the Gulf, the firm said.",
            "Baker Orvex",
            "unknown",
            id="a trade with a capital is a family name",
        ),
        pytest.param(
            "First her chief Orvex minister David Davis resigned.",
            "Orvex",
            "unknown",
            id="a name before an office is no bearer of a title",
        ),
    ],
)
def test_takes_a_name_whole(text: str, name: str, kind: str) -> None:
    """A name is taken whole, for what it names."""
    found = names(text)
    assert found.get(name) == kind, found


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param(
            "He dealt with 27 European Union Governments.", "Union Governments", id="many"
        ),
        pytest.param("Two Secretaries of State have resigned.", "Secretaries", id="offices"),
        pytest.param("He spoke to MPs in the house.", "MPs", id="initials in the plural"),
    ],
)
def test_holders_of_an_office_are_no_name(text: str, absent: str) -> None:
    """Capitalised plurals of offices and bodies are nobody's name."""
    assert absent not in names(text)
