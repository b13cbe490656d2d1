"""Whose words a line tells: found by order, body, running quotation; and what colours them."""

from datetime import UTC, date, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import read
from briefings.verification.checks import check_lines
from briefings.verification.ground import Ground
from briefings.verification.line import Line

PARAGRAPHS = (
    # 1
    (
        "A study published in March by researchers at Ostby University estimated that fares would"
        " rise by 3 percent."
    ),
    # 2 and 3
    (
        "“The ferry is ours,” said Greta Holm, the mayor of Arle. “Nobody asked the island before"
        " it was sold to strangers.”"
    ),
    # 4
    "Three men are believed by the prosecutor to have set the old ferry on fire.",
    # 5
    "Neither the crew nor Holm would answer questions about the Ostby offer for the ferry.",
    # 6
    "It was not immediately clear whether the ferry was insured, the police told reporters.",
    # 7
    "Her lawyers filed a complaint on Friday.",
    # 8
    "Erik Dahl, who has lived in Oslo since 2019, sank the ferry himself, said his brother.",
)  # fmt: skip


@pytest.fixture(scope="module")
def ground():
    return Ground(
        read(
            Article.compose(
                "Island fights for its ferry",
                list(PARAGRAPHS),
                retrieved_at=datetime(2025, 4, 16, 12, tzinfo=UTC),
                published=date(2025, 4, 16),
            )
        )
    )


HOLDING = {
    "people at a body speak for it": Line(
        "claims[0]", "fares would rise by 3 percent", (1,), speaker="Ostby University"
    ),
    "a quotation goes on": Line(
        "claims[0]",
        "“Nobody asked the island before it was sold to strangers.”",
        (3,),
        speaker="Greta Holm",
    ),
    "a claim's verb carries its doubt": Line(
        "claims[0]",
        "Three men … to have set the old ferry on fire",
        (4,),
        speaker="the prosecutor",
        verb="believed",
    ),
    "what is not known is nobody's assertion": Line(
        "unknowns[0]", "It was not immediately clear whether the ferry was insured.", (6,)
    ),
    "the writer's aside is no part of what is said": Line(
        "timeline[0]", "Erik Dahl has lived in Oslo since 2019.", (8,)
    ),
}
STOPPED = {
    "others at another body": (
        Line("claims[0]", "fares would rise by 3 percent", (1,), speaker="Greta Holm"),
        "speaker",
    ),
    "a quotation of somebody else's": (
        Line(
            "claims[0]",
            "“Nobody asked the island before it was sold to strangers.”",
            (3,),
            speaker="Erik Dahl",
        ),
        "speaker",
    ),
    "doubt that no verb tells": (
        Line(
            "claims[0]",
            "Three men … to have set the old ferry on fire",
            (4,),
            speaker="the prosecutor",
            verb="said",
        ),
        "modality",
    ),
    "names the other way round": (
        Line(
            "unknowns[0]",
            "Neither the crew nor Ostby would answer questions about the Holm offer for the ferry.",
            (5,),
        ),
        "direction",
    ),
    "what is said of him beside the aside": (
        Line("timeline[0]", "Erik Dahl sank the ferry himself.", (8,)),
        "voice",
    ),
}


@pytest.mark.parametrize("line", HOLDING.values(), ids=HOLDING.keys())
def test_true_lines_hold(ground, line):
    """What the article says in its own order or through somebody's body is not stopped."""
    assert check_lines([line], ground) == [None]


@pytest.mark.parametrize(("line", "reason"), STOPPED.values(), ids=STOPPED.keys())
def test_false_lines_are_stopped(ground, line, reason):
    """The nearest false line to each of the true ones falls, for its own reason."""
    assert check_lines([line], ground) == [reason]
