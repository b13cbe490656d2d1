"""From a model's proposal to a briefing with its explanation: check, assemble, say what was done.

Plain computing, some tenths of a second: a service runs it where it analyses articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from briefings.article import Article
from briefings.briefing import Briefing, Checks, Dropped, Engine
from briefings.explanation import Explained, ExplainedLine, Explanation, LeftOut, Reason, lines_of
from briefings.language.reading import read
from briefings.summarizers.embedded import brief
from briefings.summarizers.llm.asked import Asked
from briefings.summarizers.llm.assembly import Assembly, assemble
from briefings.summarizers.llm.prompt import NAME, VERSION
from briefings.verification.ground import Ground
from briefings.verification.proposal import Proposal, Verified
from briefings.verification.verify import verify

_NO_ROOM = "no-room"
_PROMPT = f"config/prompts/briefing.{VERSION}.md"


def settle(article: Article, proposal: Proposal, asked: Asked) -> Explained:
    """The briefing of what of a proposal holds, with the embedded engine's lines for the rest.

    Where nothing holds it is the embedded engine's whole briefing, and says so. SummaryError where
    the article has no sentence to read.
    """
    ground = Ground(read(article))
    embedded = brief(ground)
    verified = verify(proposal, article, ground=ground)
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
        usage=asked.usage,
        checks=checks,
    )


def _checks(proposal: Proposal, verified: Verified, too_much: int) -> Checks:
    dropped = [Dropped(part=r.part, reason=r.reason) for r in verified.rejections]
    dropped += [Dropped(part="stakes and unknowns", reason=_NO_ROOM)] * too_much
    proposed = sum(1 for _ in _wordings(proposal))
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
    texts = dict(_wordings(proposal))
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


def _wordings(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """All that can be stopped, with its path: every line, and the roles of the actors."""
    yield from ((part, line.text) for part, line in proposal.lines())
    for i, actor in enumerate(proposal.actors):
        if actor.role:
            yield f"actors[{i}].role", actor.role
