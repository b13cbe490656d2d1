"""The figures, on briefings of a small article made by hand."""

import pytest

from briefings.briefing import Figure, Stake, Summary
from briefings.evidence import Span
from tests.quality.figures import FIGURES, f1, measure_case, touches
from tests.quality.gold import Passage
from tests.quality.lines import stands_alone

EMPTY = {
    "contested": False,
    "dispute": None,
    **dict.fromkeys(("actors", "claims", "stakes", "timeline", "unknowns"), ()),
}
#: What an empty briefing can't get wrong.
FREE = {"verbatim", "grounded", "standing", "brevity"}


def span(text, words):
    start = text.index(words)
    return Span(start=start, end=start + len(words), quote=words)


def test_the_briefing_an_editor_wishes_for_gets_full_marks(case):
    """A briefing that says what the annotation says scores 1 on every figure."""
    assert measure_case(case()) == dict.fromkeys(FIGURES, 1.0)


def test_an_empty_briefing_gets_none(case, article):
    """Silence about what the article gives scores 0, though nothing in it is wrong."""
    title = Summary(text=article.title, evidence=(span(article.text, article.title),))
    assert measure_case(case(**EMPTY, summary=title)) == {
        name: float(name in FREE) for name in FIGURES
    }


def test_silence_about_an_undisputed_article_is_not_measured(case, annotate):
    """Where nobody disputes anything, issue, sides and positions have no figure."""
    gold = annotate(contested=False, sides=[], issue=[])
    row = measure_case(case(contested=False, dispute=None)._replace(gold=gold))
    assert [name for name in FIGURES if row[name] is None] == ["issue", "sides", "positions"]
    assert row["contested"] == 1


def test_an_invented_dispute_is_counted(case, annotate):
    """A dispute where there is none is a wrong flag."""
    gold = annotate(contested=False, sides=[], issue=[])
    assert measure_case(case()._replace(gold=gold))["contested"] == 0


def test_swapped_speakers_lower_the_claims(case):
    """The right words in the wrong mouth are neither found nor right."""
    hask, union, brandt = case().briefing.claims
    swapped = (
        hask.model_copy(update={"speaker": union.speaker, "speaker_text": union.speaker_text}),
        union.model_copy(update={"speaker": hask.speaker, "speaker_text": hask.speaker_text}),
        brandt,
    )
    row = measure_case(case(claims=swapped))
    assert row["claims_recall"] == row["claims_precision"] == pytest.approx(1 / 3)


def test_a_pronoun_is_nobody(case):
    """A claim by "he" is found only through the actor it is joined to."""
    claims = tuple(
        claim.model_copy(update={"speaker": None, "speaker_text": "She"})
        for claim in case().briefing.claims
    )
    assert measure_case(case(claims=claims))["claims_recall"] == 0


def test_a_wrong_kind_is_counted(case):
    """An accusation given as a plain statement is found, as another kind."""
    hask, union, brandt = case().briefing.claims
    row = measure_case(case(claims=(hask, union.model_copy(update={"kind": "state"}), brandt)))
    assert row["claims_recall"] == 1
    assert row["kinds"] == pytest.approx(2 / 3)


def test_an_actor_given_twice_is_one_too_many(case):
    """Two of ours can't both be the same annotated actor."""
    actors = case().briefing.actors
    twice = actors[2].model_copy(update={"id": "chairwoman", "name": "Lena Brandt"})
    row = measure_case(case(actors=(*actors, twice)))
    assert row["actors_recall"] == 1
    assert row["actors_precision"] == 0.75


def test_a_role_beside_the_matter_is_counted(case):
    """A role must say one of the annotated keywords."""
    hask, *others = case().briefing.actors
    row = measure_case(case(actors=(hask.model_copy(update={"role": "Monday"}), *others)))
    assert row["roles"] == pytest.approx(2 / 3)


def test_both_parties_on_one_side_are_no_sides(case):
    """A side that holds as many of one party as of the other stands for neither."""
    dispute = case().briefing.dispute
    mixed = dispute.sides[0].model_copy(update={"actors": ("Hask", "Brandt")})
    row = measure_case(
        case(dispute=dispute.model_copy(update={"sides": (mixed, dispute.sides[1])}))
    )
    assert row["sides"] == row["positions"] == 0.5


def test_the_order_of_the_sides_is_free(case):
    """Which party comes first is no matter here."""
    dispute = case().briefing.dispute
    turned = dispute.model_copy(update={"sides": dispute.sides[::-1]})
    assert measure_case(case(dispute=turned))["sides"] == 1


def test_one_of_the_other_party_spoils_a_side(case):
    """However many of its own it has, a side with an opponent on it stands for nobody."""
    dispute = case().briefing.dispute
    actors = (*case().briefing.dispute.sides[1].actors, "The weavers' union", "Hask")
    mixed = dispute.sides[1].model_copy(update={"actors": actors})
    row = measure_case(
        case(dispute=dispute.model_copy(update={"sides": (dispute.sides[0], mixed)}))
    )
    assert row["sides"] == 0.5


def test_a_side_without_a_position_is_counted(case):
    """Evidence alone is no position: there must be a line to print."""
    dispute = case().briefing.dispute
    mute = dispute.sides[0].model_copy(update={"position": None})
    row = measure_case(case(dispute=dispute.model_copy(update={"sides": (mute, dispute.sides[1])})))
    assert (row["sides"], row["positions"]) == (1, 0.5)


def test_an_issue_is_measured_by_its_elements(case):
    """Half of what is fought over is half an issue."""
    dispute = case().briefing.dispute.model_copy(update={"issue": "greed at the mill"})
    assert measure_case(case(dispute=dispute))["issue"] == 0.5


def test_lines_beside_the_annotation_lower_precision(case, article):
    """An entry that touches nothing annotated counts against the rest."""
    beside = (span(article.text, article.title),)
    stake = Stake(text=article.title, status="next", evidence=beside)
    row = measure_case(case(stakes=(*case().briefing.stakes, stake)))
    assert (row["stakes_recall"], row["stakes_precision"]) == (1, 0.5)


def test_unknowns_invented_are_counted(case, annotate):
    """Where the article leaves nothing open, a line that says so is wrong, and none is right."""
    gold = annotate(unknowns=[])
    assert measure_case(case()._replace(gold=gold))["unknowns_f1"] == 0
    assert measure_case(case(unknowns=())._replace(gold=gold))["unknowns_f1"] == 1


def test_pointing_at_everything_leads_nobody(case, article):
    """A summary that rests on very much of the article counts for less."""
    long = article.text + "\n\n" + "More about looms. " * 250
    summary = Summary(text="Looms", evidence=(Span.of(long, 0, len(long)),))
    row = measure_case(case(text=long, summary=summary))
    assert row["lead"] == pytest.approx(2_250 / len(long.strip()), abs=0.01)


def test_words_must_stand_in_the_article_as_we_read_it(case, article):
    """A briefing that brings its own text along gains nothing by it."""
    other = article.text.replace("300", "400")
    quote = "400 jobs will go"
    made_up = Stake(text=quote, status="next", evidence=(span(other, quote),))
    briefing = case().briefing.model_copy(update={"text": other, "stakes": (made_up,)})
    assert measure_case(case()._replace(briefing=briefing))["verbatim"] < 1


@pytest.mark.parametrize(
    ("text", "is_grounded"),
    [
        pytest.param("The union accuses Hask of greed", True, id="another ending"),
        pytest.param("400 jobs will go", False, id="a number of its own"),
        pytest.param("A catastrophe for Hask", False, id="a word of its own"),
        pytest.param("And yet, jobs went", True, id="short words are free"),
    ],
)
def test_lines_keep_to_the_article(case, article, text, is_grounded):
    """A number or a long word that the article lacks makes a line ungrounded."""
    figure = Figure(text=text, value=1, evidence=(span(article.text, "300 jobs"),))
    assert (measure_case(case(figures=(figure,)))["grounded"] == 1) is is_grounded


@pytest.mark.parametrize(
    ("line", "is_alone"),
    [
        pytest.param("Hask said “they lie.”", True, id="a name"),
        pytest.param(
            "“We go,” said Brandt, the chairwoman.", True, id="a quotation and its speaker"
        ),
        pytest.param("300 jobs will go.", True, id="a number"),
        pytest.param("She said 300 jobs would go.", False, id="a pronoun"),
        pytest.param("“We go,” he said.", False, id="a quotation by a pronoun"),
        pytest.param('"We go."', False, id="a quotation by nobody"),
        pytest.param("which they had promised", False, id="the rest of a sentence"),
    ],
)
def test_lines_stand_alone(line, is_alone):
    """A line names the one it speaks of, and opens like a sentence."""
    assert stands_alone(line) is is_alone


def test_lines_that_lean_on_another_are_counted(case):
    """A stake that opens with a pronoun is one line fewer that stands."""
    stake = case().briefing.stakes[0].model_copy(update={"text": "It would cost 300 jobs"})
    assert measure_case(case(stakes=(stake,)))["standing"] == pytest.approx(5 / 6)


def test_a_minor_claim_is_right_and_never_missed(case, annotate, notes):
    """A refusal to comment may be given or left out."""
    hask, *others = notes["claims"]
    gold = annotate(claims=[hask | {"minor": True}, *others])
    without = case(claims=case().briefing.claims[1:])
    assert measure_case(without._replace(gold=gold))["claims_recall"] == 1
    assert measure_case(case()._replace(gold=gold))["claims_precision"] == 1


def test_what_prints_too_long_is_counted(case):
    """Above the limit of words a briefing loses, and at twice the limit it has lost."""
    summary = case().briefing.summary
    words = 260 + 130 - case().briefing.printed_words() + len(summary.text.split())
    half = summary.model_copy(update={"text": "mill " * words})
    endless = summary.model_copy(update={"text": "mill " * 600})
    assert measure_case(case(summary=half))["brevity"] == pytest.approx(0.5)
    assert measure_case(case(summary=endless))["brevity"] == 0


@pytest.mark.parametrize(
    ("one", "other", "is_touching"),
    [
        pytest.param((0, 40), (28, 60), True, id="twelve characters"),
        pytest.param((0, 40), (29, 60), False, id="eleven characters"),
        pytest.param((10, 15), (0, 40), True, id="the whole of a short one"),
        pytest.param((0, 40), (40, 60), False, id="side by side"),
    ],
)
def test_passages_touch(one, other, is_touching):
    """Two passages touch when they share twelve characters, or one of them whole."""
    assert touches([Passage(*one)], [Passage(*other)]) is is_touching
    assert touches([Passage(*other)], [Passage(*one)]) is is_touching


@pytest.mark.parametrize(
    ("recall", "precision", "expected"),
    [
        pytest.param(None, None, 1, id="nothing to find and nothing said"),
        pytest.param(None, 0.0, 0, id="nothing to find and something said"),
        pytest.param(0.0, None, 0, id="nothing said"),
        pytest.param(1.0, 0.5, 2 / 3, id="half of it right"),
    ],
)
def test_f1(recall, precision, expected):
    """Silence is right where there is nothing to say."""
    assert f1(recall, precision) == pytest.approx(expected)
