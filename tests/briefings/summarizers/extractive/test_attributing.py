"""Who is the source of which words, where sentences are long, split or turned round."""

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import read
from briefings.summarizers.extractive.attributing import find_attributions
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import content_text


def found(*paragraphs: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of every attribution, in the article's words."""
    article = Article.compose("Talks go on", list(paragraphs), retrieved_at=datetime.now(UTC))
    reading = read(article)
    return [
        (reading.span(*a.source).quote, reading.span(*a.cue).quote, content_text(reading, a))
        for a in find_attributions(reading, Cast(reading))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "According to Ilena Dorvath, a colleague of Tovan Irsek, the gates had been shut.",
            ("Ilena Dorvath", "According to", "the gates had been shut"),
            id="according to, with an apposition",
        ),
        pytest.param(
            "Organizations that defend the press said the arrests broke the law.",
            ("Organizations", "said", "the arrests broke the law"),
            id="a relative clause before the verb",
        ),
        pytest.param(
            "A Kessaran source at the mission denied that Irsek had been held there and said in a "
            "statement that the charges were baseless.",
            ("A Kessaran source at the mission", "said", "the charges were baseless"),
            id="two verbs, the second after what was denied",
        ),
        pytest.param(
            "“The deal helps the town,” Orlan Vesk, founder of the small non-profit sailing group "
            "Open Harbour, said on local radio on Monday.",
            ("Orlan Vesk", "said", "“The deal helps the town,”"),
            id="a long apposition between speaker and verb",
        ),
        pytest.param(
            "The port authority has closed the pier, but Dorvath said her clients would not leave.",
            ("Dorvath", "said", "her clients would not leave"),
            id="a second speaker behind but",
        ),
        pytest.param(
            "Palmer called on the council to stop the works.",
            ("Palmer", "called on", "the council to stop the works"),
            id="a past that looks like a participle",
        ),
        pytest.param(
            "The plan was rejected by the union.",
            ("the union", "rejected", "The plan"),
            id="a passive with its doer",
        ),
        pytest.param(
            "“The cabinet took a rare decision,” Dorvath told the lower house of Parliament.",
            ("Dorvath", "told", "“The cabinet took a rare decision,”"),
            id="a quotation told to somebody",
        ),
    ],
)
def test_the_source_is_who_said_it(text: str, expected: tuple[str, str, str]) -> None:
    """A source is neither somebody named beside it nor somebody in what was said."""
    assert expected in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Even if he had, Mr. Brand said, it would have been a waste of time.",
            "Even if he had … it would have been a waste of time",
            id="a condition before the attribution",
        ),
        pytest.param(
            "Officials asked the ministry if help was needed.",
            "if help was needed",
            id="a question keeps its if",
        ),
        pytest.param(
            "The union's members said they would strike, though few of them had voted.",
            "they would strike",
            id="what the writer adds",
        ),
        pytest.param(
            "The plan has been dropped, officials said on Monday, and a spokesman for the mayor "
            "said the works would stop.",
            "The plan has been dropped",
            id="up to the next speaker",
        ),
        pytest.param(
            "The minister said the budget was in “good shape” for the winter.",
            "the budget was in “good shape” for the winter",
            id="quoted words inside a clause",
        ),
    ],
)
def test_content_is_whole_and_ends_with_the_speaker(text: str, expected: str) -> None:
    """Content neither begins in mid-thought nor runs into another's words."""
    assert expected in [content for _, _, content in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Dorvath made the claim without offering any proof.", id="without"),
        pytest.param("The mediators did not say how they believed the dam broke.", id="how"),
        pytest.param("Not all members agree with the council's new plan.", id="not all"),
        pytest.param("Several senators could consider supporting an increase.", id="weighed"),
        pytest.param("German police have contended with them for years.", id="contend with"),
    ],
)
def test_what_nobody_said_is_no_attribution(text: str) -> None:
    """A cue that is denied, only weighed or means something else attributes nothing."""
    assert found(text) == []


def test_a_quotation_runs_on_where_a_paragraph_does_not_open_it_anew() -> None:
    """What stands between an opening mark and its closing one is one speaker's, on one line."""
    rows = found(
        "“We know that he travels.",
        "We do not know why,” Officer Dorvath said.",
        "He left on Monday.",
    )
    assert rows == [("Officer Dorvath", "said", "“We know that he travels. We do not know why,”")]


def test_a_sentence_that_only_attributes_takes_the_quotation_before_it() -> None:
    """A question in quotation marks ends its sentence; who asked it stands in the next."""
    assert found("“What do you want?”", "Mr. Dorvath said.") == [
        ("Mr. Dorvath", "said", "“What do you want?”")
    ]


def test_a_term_in_quotation_marks_is_not_taken_for_speech() -> None:
    """Only a sentence that is all quotation goes on from the speaker before it."""
    rows = found(
        "Dorvath said the gates were shut.",
        "Four of the men were known as “The Old River Men” because of their age.",
    )
    assert ("Dorvath", "said", "the gates were shut") in rows
