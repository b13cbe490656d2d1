"""Puts the sections together into a briefing of a reading, out of the article's own words.

Offline and deterministic. It only chooses and shortens; what of it may be shown the checks say.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import TypeVar

from briefings.article import Article
from briefings.briefing import (
    MAX_STAKES,
    MAX_WORDS,
    Briefing,
    Checks,
    Dispute,
    Engine,
    Event,
    Figure,
    Source,
    Stake,
    Summary,
    Unknown,
)
from briefings.errors import SummaryError
from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import choose_actors, to_actors, weigh
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement, find_statements, to_claim
from briefings.summarizers.extractive.dispute import find_dispute
from briefings.summarizers.extractive.figures import find_figures
from briefings.summarizers.extractive.findings import Findings
from briefings.summarizers.extractive.parties import Parties
from briefings.summarizers.extractive.relations import find_relations
from briefings.summarizers.extractive.stakes import find_stakes
from briefings.summarizers.extractive.standing import name_opening, points_back
from briefings.summarizers.extractive.summary import summarize
from briefings.summarizers.extractive.timeline import find_events
from briefings.summarizers.extractive.unknowns import find_unknowns
from briefings.summarizers.extractive.why.lines import (
    why_pointing,
    why_standing,
    why_too_long,
    why_too_much,
)
from briefings.summarizers.extractive.why.made import Made
from briefings.summarizers.notes import is_anybody_listening, note, note_left_out

Part = TypeVar("Part", Stake, Unknown, Event, Figure)
Line = TypeVar("Line", Stake, Unknown)

NAME = "extractive"

# All numbers were set by hand on the development articles.
#: Unknowns beyond these go first, then stakes; what stays however long the rest is.
_ENOUGH_UNKNOWNS = 2
#: Words of the summary of an article whose dispute says the rest.
_BESIDE_DISPUTE = 70
_FEWEST_STAKES, _FEWEST_UNKNOWNS = 2, 1
#: So many more stakes are found than fit, for those whose lines don't stand alone or are too long.
_SPARE = 3
#: Lines of more words could not be cut where it is safe, and are left out.
_LONGEST_LINE = 45


def compose(reading: Reading, findings: Findings | None = None) -> Briefing:
    """The briefing of one reading, all its sections, unchecked; SummaryError without a sentence.

    `findings`: what was already found in this reading, so that it is looked for once.
    """
    if len(reading.sents) == 0:
        raise SummaryError(NAME, "no sentences")
    findings = findings or Findings(reading)
    cast = findings.cast
    statements = find_statements(reading, cast, findings.attributions)
    chosen = choose_actors(reading, cast, statements)
    ids = {c.member.number: c.id for c in chosen}
    relations = find_relations(reading, cast, statements)
    weighed = weigh(reading, cast, statements)
    parties = Parties(reading, weighed, statements, relations)
    dispute = find_dispute(reading, parties, statements, ids)
    summary = _summarize(reading, cast, dispute)
    claims = tuple(to_claim(reading, s, ids) for s in statements)
    stakes = _alone(
        reading, cast, find_stakes(reading, cast, statements, ids, most=MAX_STAKES + _SPARE)
    )
    unknowns = _standing(reading, cast, find_unknowns(reading))
    stakes, unknowns, dropped = _within_words(summary, dispute, stakes, unknowns)
    parts = len(claims) + len(stakes) + len(unknowns) + len(chosen)
    article = reading.article
    briefing = Briefing(
        source=_source(article),
        text=article.text,
        summary=summary,
        contested=dispute is not None,
        actors=to_actors(reading, chosen),
        dispute=dispute,
        claims=claims,
        stakes=stakes,
        timeline=_alone(reading, cast, find_events(reading)),
        unknowns=unknowns,
        figures=_alone(
            reading, cast, find_figures(reading, _owner_at(reading, statements, ids)), strictly=True
        ),
        engine=Engine(
            name=NAME,
            version=version("briefbot"),
            checks=Checks(proposed=parts + dropped, kept=parts),
        ),
    )
    if is_anybody_listening():
        # Nobody else shall wait for what words the reasons.
        from briefings.summarizers.extractive.why.whole import note_whole  # noqa: PLC0415

        made = Made(reading, cast, statements, weighed, chosen, parties)
        note_whole(compose, made, briefing)
    return briefing


def _standing(reading: Reading, cast: Cast, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The lines of a section, each with its opening pronoun named."""
    texts = [name_opening(reading, cast, part.text, part.evidence[0]) for part in parts]
    named = tuple(p.model_copy(update={"text": t}) for p, t in zip(parts, texts, strict=True))
    for before, after in zip(parts, named, strict=True):
        note(after, why_standing, reading, before, after)
    return named


def _alone(
    reading: Reading, cast: Cast, parts: tuple[Part, ...], *, strictly: bool = False
) -> tuple[Part, ...]:
    """The lines of a section that say themselves whom and what they speak of."""
    standing = _standing(reading, cast, parts)
    for part in standing:
        if points_back(part.text, strictly=strictly):
            note_left_out(why_pointing, compose, part)
    return tuple(part for part in standing if not points_back(part.text, strictly=strictly))


def _source(article: Article) -> Source:
    return Source(
        url=article.url,
        title=article.title,
        outlet=article.outlet,
        authors=article.authors,
        published=article.published,
        retrieved=article.retrieved_at,
        language=article.language,
        sha256=article.sha256,
    )


def _summarize(reading: Reading, cast: Cast, dispute: Dispute | None) -> Summary:
    """The summary; a second sentence beside a dispute is short and none that the dispute tells."""
    if dispute is None:
        return summarize(reading, cast)
    spans = [*dispute.evidence, *(span for side in dispute.sides for span in side.evidence)]
    words = [reading.words_between(span.start, span.end) for span in spans]
    told = frozenset(reading.sentence_number(found[0]) for found in words if len(found))
    return summarize(reading, cast, most=_BESIDE_DISPUTE, told=told)


def _within_words(
    summary: Summary,
    dispute: Dispute | None,
    stakes: tuple[Stake, ...],
    unknowns: tuple[Unknown, ...],
) -> tuple[tuple[Stake, ...], tuple[Unknown, ...], int]:
    """Leave out unknowns, then stakes, so that the whole prints within MAX_WORDS.

    The third value is how many were left out. The first two stakes and the first unknown stay; of
    the stakes behind them, each that still fits: a long one makes way for a shorter one.
    """
    left = MAX_WORDS - _words(summary.text)
    if dispute:
        left -= _words(dispute.issue) + sum(_words(s.position or "") for s in dispute.sides)
    short_stakes = _not_too_long("stakes", stakes)
    kept_unknowns = _not_too_long("unknowns", unknowns)

    def are_too_long(lines: list[Stake]) -> bool:
        texts = [line.text for line in lines] + [line.text for line in kept_unknowns]
        return sum(map(_words, texts)) > left

    def shorten_unknowns(least: int, lines: list[Stake]) -> None:
        while len(kept_unknowns) > least and are_too_long(lines):
            note_left_out(why_too_much, compose, "unknowns", kept_unknowns.pop())

    shorten_unknowns(_ENOUGH_UNKNOWNS, short_stakes[:MAX_STAKES])
    kept_stakes = short_stakes[:_FEWEST_STAKES]
    for stake in short_stakes[_FEWEST_STAKES:]:
        if len(kept_stakes) == MAX_STAKES or are_too_long([*kept_stakes, stake]):
            note_left_out(why_too_much, compose, "stakes", stake)
        else:
            kept_stakes.append(stake)
    shorten_unknowns(_FEWEST_UNKNOWNS, kept_stakes)
    dropped = len(stakes) - len(kept_stakes) + len(unknowns) - len(kept_unknowns)
    return tuple(kept_stakes), tuple(kept_unknowns), dropped


def _not_too_long(section: str, parts: tuple[Line, ...]) -> list[Line]:
    """The lines that could be cut to a length worth printing."""
    for part in parts:
        if _words(part.text) > _LONGEST_LINE:
            note_left_out(why_too_long, compose, section, part)
    return [part for part in parts if _words(part.text) <= _LONGEST_LINE]


def _words(text: str) -> int:
    return len(text.split())


def _owner_at(
    reading: Reading, statements: tuple[Statement, ...], ids: dict[int, str]
) -> Callable[[int], str | None]:
    """A function from an offset of the text to the actor whose statement covers it."""

    def owner(offset: int) -> str | None:
        for s in statements:
            for first, last in s.attribution.content:
                if reading.starts[first] <= offset < reading.ends[last] and s.speaker is not None:
                    return ids.get(s.speaker.number)
        return None

    return owner
