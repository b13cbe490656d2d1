"""Words a claim so that nobody can take it for ours: speaker, the article's verb, outlet, text.

It chooses how a speaker is named; who speaks was decided when the briefing was made.
"""

from __future__ import annotations

from typing import Final

from briefings.briefing import Actor, Briefing, Claim
from briefings.rendering import wording
from briefings.rendering.nodes import Run, Runs
from briefings.rendering.quotations import quote_claim

#: Cues that stand before their speaker: "according to the ministry", never "the ministry (per)".
_LEADING_CUES: Final = (
    "according to",
    "per",
    "in the words of",
    "in the view of",
    "in the eyes of",
)
_PRONOUNS: Final = frozenset(
    {"he", "she", "they", "it", "we", "i", "you", "who", "that", "which", "this", "these", "those"}
)


def attribute(claim: Claim, briefing: Briefing) -> Runs:
    """The claim as runs, such as "**Mara Venn** (called for, via Kurier): a truce."."""
    via = f", via {claim.via}" if claim.via else ""
    if claim.verb.strip().lower() in _LEADING_CUES:
        cue = Run("cue", wording.open_line(claim.verb))
        speaker = _within(_speaker(claim, briefing, claim.speaker_text), briefing.text)
        head = (cue, Run("plain", " "), *speaker, Run("plain", f"{via}: "))
    else:
        cue = Run("cue", claim.verb)
        first, *rest = _speaker(claim, briefing, claim.speaker_text)
        speaker = (Run(first.style, wording.open_line(first.text)), *rest)
        head = (*speaker, Run("plain", " ("), cue, Run("plain", f"{via}): "))
    return (*head, *_content(claim, briefing.text))


def _content(claim: Claim, article: str) -> Runs:
    if claim.translation:
        return _translated(claim, article)
    return _original(claim, article)


def _translated(claim: Claim, article: str) -> Runs:
    """The translation; a quotation stays in the original, its translation behind it."""
    mark = Run("muted", f" {wording.TRANSLATED}")
    told = wording.close_line(claim.translation or "")
    if not claim.quoted:
        return (Run("plain", told), mark)
    return (*_original(claim, article), Run("plain", f" {told}"), mark)


def _original(claim: Claim, article: str) -> Runs:
    runs = quote_claim(claim.text, article) if claim.quoted else (Run("plain", claim.text),)
    last = runs[-1]
    if last.style == "quotation":
        if last.text.endswith((".", "!", "?", "…")):
            return runs
        # The comma led on to "he said".
        return (*runs[:-1], Run("quotation", last.text.rstrip(",;:")), Run("plain", "."))
    return (*runs[:-1], Run("plain", wording.close_line(last.text)))


def _speaker(claim: Claim, briefing: Briefing, described: str) -> Runs:
    """The actor's name; as `described` by the article where that says less or more than the name.

    "Egyptian officials" who are counted as Egypt stay officials: "Egyptian officials [Egypt]".
    """
    if claim.speaker is None:
        return (Run("strong", described),)
    actor = briefing.actor(claim.speaker)
    if _is_just_the_name(claim.speaker_text, actor):
        return (Run("strong", actor.name),)
    return (Run("strong", described), Run("muted", f" [{actor.name}]"))


def _within(speaker: Runs, article: str) -> Runs:
    first, *rest = speaker
    return (Run(first.style, wording.name_within(first.text, article)), *rest)


def _is_just_the_name(speaker_text: str, actor: Actor) -> bool:
    words = _words(speaker_text)
    # A palace or a capital that stands for its state is shown as the article has it.
    aliases = () if actor.type == "state" else actor.aliases
    names = [_words(name) for name in (actor.name, *aliases)]
    return (
        actor.type == "person"
        or words in names
        or set(words) <= set(names[0])
        or set(words) <= _PRONOUNS
    )


def _words(name: str) -> list[str]:
    words = name.casefold().replace("’s", "").replace("'s", "").split()
    return words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words
