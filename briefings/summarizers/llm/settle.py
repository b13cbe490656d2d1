"""From a model's proposal to a briefing with its explanation: check, assemble, say what was done.

Plain computing, some tenths of a second: a service runs it where it analyses articles.
"""

from __future__ import annotations

from importlib.metadata import version

from briefings.article import Article
from briefings.briefing import Briefing, Checks, Dropped, Engine
from briefings.explanation import Explained, ExplainedLine, Explanation, LeftOut, Reason, lines_of
from briefings.language.reading import read
from briefings.languages import ENGLISH
from briefings.summarizers.embedded import brief
from briefings.summarizers.llm.asked import Asked
from briefings.summarizers.llm.assembly import Assembly, assemble
from briefings.summarizers.llm.prompt import NAME, VERSION
from briefings.summarizers.llm.repair import NO_ROOM
from briefings.summarizers.llm.settle_foreign import settle_foreign
from briefings.summarizers.llm.translation import hold_translations
from briefings.verification.ground import Ground
from briefings.verification.proposal import Proposal, Verified
from briefings.verification.verify import verify

_PROMPT = f"config/prompts/briefing.{VERSION}.md"


def settle(article: Article, proposal: Proposal, asked: Asked) -> Explained:
    """The briefing of what of a proposal holds, with the embedded engine's lines for the rest.

    Where nothing holds it is the embedded engine's whole briefing, and says so. SummaryError where
    the article has no sentence to read; ReplyRejected where it is in a language that the embedded
    engine can't read, and no summary holds.
    """
    if article.language != ENGLISH:
        return settle_foreign(article, proposal, asked)
    ground = Ground(read(article))
    embedded = brief(ground)
    verified = _verify(proposal, article, ground, asked.language)
    if not any(True for _ in verified.kept.lines()):
        return _nothing_held(embedded, proposal, verified, asked)
    made = assemble(ground.reading, embedded, proposal, verified.kept)
    engine = _engine(asked, _checks(proposal, verified, made.too_much))
    briefing = made.briefing.model_copy(update={"engine": engine})
    return Explained(
        briefing=briefing,
        explanation=Explanation(
            lines=_reasons(briefing, made, asked), left_out=_left_out(proposal, verified, asked)
        ),
    )


def _verify(proposal: Proposal, article: Article, ground: Ground, into: str) -> Verified:
    translated, untranslated = hold_translations(proposal, article, into)
    verified = verify(translated, article, ground=ground)
    gone = {rejection.part for rejection in verified.rejections}
    also = (one for one in untranslated if one.part.rpartition(".")[0] not in gone)
    return Verified(verified.kept, (*verified.rejections, *also))


def _nothing_held(
    embedded: Briefing, proposal: Proposal, verified: Verified, asked: Asked
) -> Explained:
    engine = embedded.engine.model_copy(
        update={
            "prompt": VERSION,
            "fallback": "nothing held",
            "usage": asked.usage,
            "checks": _checks(proposal, verified, 0),
        }
    )
    return Explained(
        briefing=embedded.model_copy(update={"engine": engine}),
        explanation=Explanation(left_out=_left_out(proposal, verified, asked)),
    )


def _engine(asked: Asked, checks: Checks) -> Engine:
    return Engine(
        name=NAME,
        version=version("briefbot"),
        model=asked.model,
        prompt=VERSION,
        language=asked.language if asked.language != ENGLISH else None,
        usage=asked.usage,
        checks=checks,
    )


def _checks(proposal: Proposal, verified: Verified, too_much: int) -> Checks:
    dropped = [Dropped(part=r.part, reason=r.reason) for r in verified.rejections]
    dropped += [Dropped(part="stakes and unknowns", reason=NO_ROOM)] * too_much
    proposed = sum(1 for _ in proposal.wordings())
    return Checks(proposed=proposed, kept=proposed - len(dropped), dropped=tuple(dropped))


def _reasons(briefing: Briefing, made: Assembly, asked: Asked) -> tuple[ExplainedLine, ...]:
    """For every line whether the model proposed it or the embedded engine's stands in."""
    proposed = f"{asked.model} proposed it, and its evidence carries it"
    stands_in = "nothing that the model proposed held here: the embedded engine's line"
    lines = []
    for path, part in lines_of(briefing):
        is_own = path.partition("[")[0].partition(".")[0] in made.stood_in
        why = Reason(
            about="line",
            rule=stands_in if is_own else proposed,
            where=("summarizers/extractive" if is_own else _PROMPT,),
            words=part.evidence,
        )
        lines.append(ExplainedLine(part=path, reasons=(why,)))
    return tuple(lines)


def _left_out(proposal: Proposal, verified: Verified, asked: Asked) -> tuple[LeftOut, ...]:
    texts = dict(proposal.wordings())
    return tuple(
        LeftOut(
            section=rejection.part.partition("[")[0].partition(".")[0],
            text=texts.get(rejection.part, "").strip() or "(nothing)",
            reasons=(
                Reason(
                    about="line",
                    rule=f"{asked.model} proposed it, and it does not hold: {rejection.reason}",
                    where=(_PROMPT, "briefings/verification"),
                ),
            ),
        )
        for rejection in verified.rejections
    )
