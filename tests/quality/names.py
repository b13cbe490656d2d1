"""Whether two names mean the same one. It knows nothing of what either has said or done."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefings.briefing import Actor, Briefing, Claim
from tests.quality.gold import Gold, GoldActor

#: Words before a name that do not tell one person from another.
_FORMS = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "our", "mr", "mrs", "ms", "dr", "sir"}
    | {"gov", "gen", "col", "captain", "father", "justice", "sen", "senator", "rep"}
)
#: A word that begins what is said about a name after it: "the mayor | of Alto Serro".
_LINKS = frozenset({"of", "in", "for", "at", "from", "on", "who", "which", "with"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "them", "we", "i", "you", "who"})


def words_of(name: str) -> tuple[str, ...]:
    """Lower-case words without possessive endings, articles and titles; a pronoun has none."""
    plain = re.sub(r"['’]s\b|['’](?=\s|$)", "", name.casefold())
    words = tuple(word for word in re.findall(r"[\w&-]+", plain) if word not in _FORMS)
    return () if set(words) <= _PRONOUNS else words


def is_same(one: str, other: str) -> bool:
    """Whether two names agree: the same words; the last words of the longer one ("Solberg", "the
    director Katrin Solberg"); or its first words, with a phrase after them ("mayor of Kolm").
    """
    return any(_agree(ours, theirs) for ours in _forms(one) for theirs in _forms(other))


def _forms(name: str) -> set[tuple[str, ...]]:
    """The whole name, and what stands before a comma: "Oliver Strand, its head of policy"."""
    return {words_of(name), words_of(name.partition(",")[0])}


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    rest = long[len(short) :]
    is_tail = long[-len(short) :] == short
    return is_tail or (long[: len(short)] == short and rest[0] in _LINKS)


def any_same(some: Iterable[str], others: Iterable[str]) -> bool:
    others = tuple(others)
    return any(is_same(one, other) for one in some for other in others)


def pair_actors(actors: Iterable[Actor], gold: Gold) -> dict[str, GoldActor]:
    """Which of the annotated actors each of ours is, by id; nobody is two. Names that are equal
    go first, so that "Penrose" can't take the wife's place."""
    pairs: dict[str, GoldActor] = {}
    for test in (_is_named_alike, _is_known_as):
        for actor in actors:
            free = (one for one in gold.actors if one not in pairs.values())
            match = next((one for one in free if test(actor, one)), None)
            if actor.id not in pairs and match:
                pairs[actor.id] = match
    return pairs


def _is_named_alike(actor: Actor, gold: GoldActor) -> bool:
    return words_of(actor.name) in {words_of(name) for name in gold.names}


def _is_known_as(actor: Actor, gold: GoldActor) -> bool:
    """An alias ("the company") counts against a name only, never against another alias."""
    return any_same([actor.name], gold.names) or any_same(actor.aliases, [gold.name])


def speakers_of(claim: Claim, briefing: Briefing) -> tuple[str, ...]:
    """The names under which a briefing gives a claim."""
    if claim.speaker is None:
        return (claim.speaker_text,)
    return (claim.speaker_text, briefing.actor(claim.speaker).name)
