"""From a model's proposal to a briefing of an article that only the model could read.

There is no embedded engine's briefing to take lines from: what does not hold is not there.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from briefings.article import Article
from briefings.briefing import (
    Actor,
    Briefing,
    Checks,
    Claim,
    Dispute,
    Dropped,
    Engine,
    Event,
    Figure,
    Side,
    Source,
    Stake,
    Summary,
    Unknown,
)
from briefings.errors import ReplyRejected
from briefings.evidence import Span
from briefings.explanation import Explained, ExplainedLine, Explanation, Reason, lines_of
from briefings.language.quotes import find_quotations
from briefings.summarizers.llm.asked import Asked
from briefings.summarizers.llm.assembly import within_words
from briefings.summarizers.llm.foreign import Page, verify_foreign
from briefings.summarizers.llm.prompt import NAME, VERSION
from briefings.summarizers.llm.repair import NO_ROOM
from briefings.summarizers.llm.spans import find_name
from briefings.summarizers.llm.translation import hold_translations
from briefings.verification.proposal import Proposal, ProposedLine, Rejection

_MOST_EVIDENCE = 4
_FEWEST_SIDES, _MOST_SIDES = 2, 3


def settle_foreign(article: Article, proposal: Proposal, asked: Asked) -> Explained:
    """The briefing of what holds. Raises ReplyRejected where no summary does."""
    page = Page(article)
    verified = verify_foreign(proposal, page)
    kept, untranslated = hold_translations(verified.kept, article, asked.language)
    if kept.summary is None:
        raise ReplyRejected(NAME, "no summary holds")
    maker = _Maker(page, kept)
    parts = maker.parts()
    held = len(parts["stakes"]) + len(parts["unknowns"])
    parts["stakes"], parts["unknowns"] = within_words(parts)
    too_much = held - len(parts["stakes"]) - len(parts["unknowns"])
    rejections = (*verified.rejections, *untranslated)
    briefing = Briefing(
        source=_source(article),
        text=article.text,
        contested=parts["dispute"] is not None,
        engine=_engine(proposal, rejections, too_much, asked, article),
        **parts,
    )
    return Explained(briefing=briefing, explanation=_explain(briefing, asked))


class _Maker:
    """Makes parts of a briefing of lines that hold."""

    def __init__(self, page: Page, kept: Proposal) -> None:
        self._page = page
        self._kept = kept
        self._ids: dict[str, str] = {}
        self._quoted = [(q.start, q.end) for q in find_quotations(page.article.text)]

    def parts(self) -> dict[str, Any]:
        kept = self._kept
        assert kept.summary is not None  # noqa: S101  # its caller has looked
        actors = self._actors()
        return {
            "summary": Summary(**self._line(kept.summary)),
            "actors": actors,
            "dispute": self._dispute(),
            "claims": tuple(map(self._claim, kept.claims)),
            "stakes": tuple(
                Stake(
                    **self._line(s),
                    status=s.status,
                    according_to=self._id(s.according_to),
                    actors=self._refs(s.actors),
                )
                for s in kept.stakes
            ),
            "timeline": tuple(
                Event(**self._line(e), when=e.when, date=e.date) for e in kept.timeline
            ),
            "unknowns": tuple(Unknown(**self._line(u)) for u in kept.unknowns),
            "figures": tuple(
                Figure(**self._line(f), value=f.value, according_to=self._id(f.according_to))
                for f in kept.figures
            ),
        }

    def _line(self, line: ProposedLine) -> dict[str, Any]:
        return {
            "text": line.text,
            "translation": line.translation,
            "evidence": self._evidence(line),
        }

    def _evidence(self, line: ProposedLine) -> tuple[Span, ...]:
        """The whole sentences, whose words the line is."""
        own = [self._page.sentences[n] for n in self._page.cited(line.quote_sentences)]
        return tuple(Span.of(self._page.article.text, s.start, s.end) for s in own)

    def _actors(self) -> tuple[Actor, ...]:
        text = self._page.article.text
        places = {one.text: find_name(text, one.text) for one in self._kept.actors}
        most = max(map(len, places.values()), default=1)
        found: dict[str, Actor] = {}
        for one in self._kept.actors:
            if one.text in self._ids:
                continue
            made = Actor(
                id=f"m{len(found) + 1}",
                name=one.text,
                aliases=one.aliases,
                type=one.type,
                role=one.role,
                translation=one.translation,
                salience=round(len(places[one.text]) / most, 3),
                mentions=len(places[one.text]),
                evidence=tuple(places[one.text][:_MOST_EVIDENCE]),
            )
            found[made.id] = made
            for name in (one.text, *one.aliases):
                self._ids.setdefault(name, made.id)
        return tuple(sorted(found.values(), key=lambda actor: -actor.salience))

    def _id(self, name: str | None) -> str | None:
        return self._ids.get(name or "")

    def _refs(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(self._id, names))))

    def _claim(self, line: Any) -> Claim:  # noqa: ANN401  # a proposed claim
        evidence = self._evidence(line)
        quoted = any(
            s.start < end and start < s.end for start, end in self._quoted for s in evidence
        )
        return Claim(
            **self._line(line),
            speaker=self._id(line.speaker_name),
            speaker_text=line.speaker_name,
            kind=line.kind,
            verb=line.verb,
            quoted=quoted,
            about=self._refs(line.about),
        )

    def _dispute(self) -> Dispute | None:
        issue, sides = self._kept.issue, self._kept.sides[:_MOST_SIDES]
        if not self._kept.contested or issue is None or len(sides) < _FEWEST_SIDES:
            return None
        return Dispute(
            issue=issue.text,
            translation=issue.translation,
            evidence=self._evidence(issue),
            sides=tuple(
                Side(
                    label=side.label,
                    actors=self._refs(side.actors),
                    position=side.text or None,
                    translation=side.translation,
                    evidence=self._evidence(side),
                )
                for side in sides
            ),
        )


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


def _engine(
    proposal: Proposal,
    rejections: tuple[Rejection, ...],
    too_much: int,
    asked: Asked,
    article: Article,
) -> Engine:
    dropped = [Dropped(part=r.part, reason=r.reason) for r in rejections]
    dropped += [Dropped(part="stakes and unknowns", reason=NO_ROOM)] * too_much
    proposed = sum(1 for _ in proposal.wordings())
    return Engine(
        name=NAME,
        version=version("briefbot"),
        model=asked.model,
        prompt=VERSION,
        language=asked.language if asked.language != article.language else None,
        usage=asked.usage,
        checks=Checks(
            proposed=proposed, kept=max(0, proposed - len(dropped)), dropped=tuple(dropped)
        ),
    )


def _explain(briefing: Briefing, asked: Asked) -> Explanation:
    rule = f"{asked.model} proposed it, and it is a whole sentence of the article"
    where = (f"config/prompts/foreign.{VERSION}.md", "summarizers/llm/foreign.py")
    return Explanation(
        lines=tuple(
            ExplainedLine(
                part=path,
                reasons=(Reason(about="line", rule=rule, where=where, words=part.evidence),),
            )
            for path, part in lines_of(briefing)
        )
    )
