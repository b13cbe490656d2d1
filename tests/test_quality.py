"""How good the embedded engine's briefings are, and that they do not get worse unseen."""

import asyncio
import json

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from tests.quality import suite
from tests.quality.__main__ import HEADS, format_table, main
from tests.quality.figures import FIGURES
from tests.quality.gold import ARTICLES, GOLD, Misquoted, Passage, place

RENEW = "if that is meant: `uv run poe quality --record`, and say why in the commit"
TEXT = "A title\n\nOne dog barked. One cat slept.\n\nOne dog slept."


@pytest.fixture(scope="module")
def cases():
    """Every article of ours, briefed once for all tests of this file."""
    return asyncio.run(suite.brief(suite.known_articles()))


def test_no_figure_falls(cases):
    """No mean over our annotated articles is more than a margin below the one on record."""
    falls = suite.find_falls(suite.measure(cases))
    assert not falls, "\n".join(["fallen since it was recorded:", *falls, RENEW])


def test_every_word_stands_in_the_article(cases):
    """What a briefing quotes is the article's, letter for letter, without a margin."""
    assert {name: row["verbatim"] for name, row in suite.measure(cases).items()} == dict.fromkeys(
        cases, 1.0
    )


def test_every_article_is_annotated():
    """An article has an annotation of its own, and an annotation its article."""
    assert {file.stem for file in GOLD.glob("*")} == {file.stem for file in ARTICLES.glob("*")}


def test_annotations_carry_their_article_s_name(cases):
    """An annotation copied for another article is renamed inside, too."""
    assert [case.gold.article for case in cases.values()] == list(cases)


def test_enough_articles_and_some_without_a_dispute(cases):
    """At least fifteen articles, four of them without a dispute."""
    flags = [case.gold.contested for case in cases.values()]
    assert len(flags) >= 15
    assert flags.count(False) >= 4


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        pytest.param("One cat slept.", "One cat slept.", id="whole"),
        pytest.param("One dog b … slept.", "One dog barked. One cat slept.", id="with a gap"),
    ],
)
def test_a_quotation_is_placed(quotation, expected):
    """A quotation is placed by its words, or by its first and last words."""
    start, end = place(quotation, TEXT)
    assert TEXT[start:end] == expected
    assert isinstance(place(quotation, TEXT), Passage)


@pytest.mark.parametrize(
    "quotation",
    [
        pytest.param("One cow slept.", id="not there"),
        pytest.param("One dog", id="there twice"),
        pytest.param("A title … barked.", id="over paragraphs"),
        pytest.param("One cat … barked.", id="in another order"),
    ],
)
def test_a_misquotation_is_refused(quotation):
    """An annotation whose words do not stand in the article, once, is an error."""
    with pytest.raises(Misquoted, match="times in the article"):
        place(quotation, TEXT)


def replace(path, words):
    """An annotation with other words at a path such as ("claims", 0, "via")."""

    def change(notes):
        *way, last = path
        for step in way:
            notes = notes[step]
        notes[last] = words

    return change


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param(replace(("lead", 0), "Nobody said this."), "stands 0 times", id="quotation"),
        pytest.param(replace(("claims", 0, "speaker"), "Nemo"), "stands nowhere", id="speaker"),
        pytest.param(replace(("claims", 0, "kind"), "sing"), "Input should be", id="kind"),
        pytest.param(replace(("claims", 0, "mood"), "good"), "Extra inputs", id="unknown field"),
        pytest.param(replace(("claims", 0, "says"), []), "at least 1", id="no sentence"),
        pytest.param(replace(("sides", 0, "members"), ["Nemo"]), "no actor", id="member"),
        pytest.param(replace(("sides",), []), "two sides", id="a dispute without sides"),
        pytest.param(replace(("timeline", 0, "when"), "Geneva"), "sentences of its", id="time"),
        pytest.param(replace(("issue", 0, 0), "Dam"), "lower-case", id="keyword in capitals"),
        pytest.param(replace(("actors", 0, "aliases"), ["Nemo"]), "stands nowhere", id="alias"),
    ],
)
def test_a_wrong_annotation_is_refused(cases, tmp_path, change, complaint):
    """What an annotation names must exist: words in the article, people among the actors."""
    notes = json.loads(suite.gold_file("river-dam").read_text("utf-8"))
    change(notes)
    file = tmp_path / "river-dam.json"
    file.write_text(json.dumps(notes), "utf-8")
    with pytest.raises(ValidationError, match=complaint):
        suite.load(file, cases["river-dam"].article)


def rows(**figures):
    return {"one": dict.fromkeys(FIGURES, 0.8) | figures, "two": dict.fromkeys(FIGURES, 0.6)}


@pytest.fixture
def on_record(tmp_path):
    file = tmp_path / "expected.json"
    suite.record(rows(), file)
    return file


@pytest.mark.parametrize(
    ("measured", "complaints"),
    [
        pytest.param(rows(), 0, id="the same"),
        pytest.param(rows(lead=0.75), 0, id="within the margin"),
        pytest.param(rows(lead=0.7, issue=0.0), 2, id="two have fallen"),
        pytest.param(rows(lead=1.0), 0, id="better"),
        pytest.param(rows(lead=None), 1, id="nothing to measure in the better one"),
        pytest.param({"one": rows()["one"]}, 1, id="another number of articles"),
    ],
)
def test_falls_are_found(on_record, measured, complaints):
    """A mean may fall by the margin and no further; another set of articles needs a new record."""
    assert len(suite.find_falls(measured, on_record)) == complaints


def test_a_fall_is_told_with_both_figures(on_record):
    """Whoever reads of a fall sees which figure, how far, and from where."""
    assert suite.find_falls(rows(lead=0.0), on_record) == ["lead: 0.300, and was 0.700"]


def test_the_table_has_a_row_an_article_and_the_means():
    """Hundredths a figure, a dash where there is none, the mean of a row at its end."""
    head, one, two, mean = format_table(rows(lead=None)).splitlines()
    assert head.split() == [*HEADS.values(), "mean"]
    assert one.split() == ["one", *["-" if name == "lead" else "80" for name in FIGURES], "80"]
    assert two.split() == ["two", *["60"] * len(FIGURES), "60"]
    assert mean.split()[0] == "mean"
    assert list(HEADS) == list(FIGURES)


def test_what_is_printed():
    """The command says how many articles it shows, and what one of them lacks."""
    done = CliRunner().invoke(main, ["flood", "--misses"])
    assert done.exit_code == 0, done.output
    assert f"1 of {len(suite.known_articles())} articles shown" in done.output
    assert "claims_precision" in done.output
    assert done.output.startswith("flood\n  ")


def test_a_record_is_of_all_articles():
    """The figures of a few articles can't become what is expected of all."""
    done = CliRunner().invoke(main, ["flood", "--record"])
    assert done.exit_code == 2
    assert "all articles" in done.output
