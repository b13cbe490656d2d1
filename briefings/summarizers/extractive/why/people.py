"""Why words of the article are taken for a member of the cast: by name, by role noun, by pronoun.

It tells which of the three it was and what each rests on; who is meant was decided before.
"""

from __future__ import annotations

from briefings.explanation import Reason
from briefings.language import gazetteer
from briefings.language.reading import Reading
from briefings.summarizers.extractive.anaphora import Described, find_antecedent
from briefings.summarizers.extractive.members import Member, plain
from briefings.summarizers.extractive.mentions import Mention, find_mentions
from briefings.summarizers.extractive.naming import Namesakes
from briefings.summarizers.extractive.roles import find_roles
from briefings.summarizers.extractive.why.places import reason


def mention_at(member: Member, word: int) -> Mention | None:
    """The mention of a member that holds a word."""
    return next((m for m in (*member.mentions, *member.passing) if m.first <= word <= m.last), None)


def why_meant(reading: Reading, member: Member, word: int, about: str = "speaker") -> Reason:
    """How the word came to mean the member."""
    mention = mention_at(member, word)
    if mention is None:
        return _by_role(reading, member, word, about)
    if mention.form == "pronoun":
        return _by_pronoun(reading, member, mention, about)
    if mention.form == "nominal":
        return _by_description(reading, member, mention, about)
    return _by_name(reading, member, mention, about)


def _by_role(reading: Reading, member: Member, word: int, about: str) -> Reason:
    """A noun that no mention holds says in an apposition or title who somebody is."""
    words = [reading.span(word, word)]
    told = f"a noun that says what {member.label} is"
    return reason(about, told, find_roles, words=words)


def _by_pronoun(reading: Reading, member: Member, mention: Mention, about: str) -> Reason:
    before = [m for m in member.mentions if m.head < mention.head]
    nearest = max(before, key=lambda m: m.head, default=mention)
    words = [reading.span(m.first, m.last) for m in (mention, nearest)]
    told = f"the pronoun “{mention.text}” stands for {member.label}, mentioned before"
    return reason(about, told, find_antecedent, words=words)


def _by_description(reading: Reading, member: Member, mention: Mention, about: str) -> Reason:
    here = reading.span(mention.first, mention.last)
    if member.mentions[0] is mention:
        told = "a noun that says what somebody is, here for the first time"
        return reason(about, told, find_mentions, gazetteer.role_noun, words=[here])
    lemma = reading.doc[mention.head].lemma_.lower()
    told = f"the noun “{mention.text}” means {member.label}"
    same = [m for m in member.mentions if m.form == "nominal" and m.head < mention.head]
    same = [m for m in same if plain(m.text) == plain(mention.text)]
    roles = [r for r in member.roles if reading.doc[r.head].lemma_.lower() == lemma]
    grounds = [reading.span(m.first, m.last) for m in same[-1:]]
    grounds = grounds or [reading.span(r.first, r.last) for r in roles[:1]]
    if not grounds:
        first = member.mentions[0]
        grounds = [reading.span(first.first, first.last)]
    return reason(about, told, Described.find, words=[here, *grounds])


def _by_name(reading: Reading, member: Member, mention: Mention, about: str) -> Reason:
    here = reading.span(mention.first, mention.last)
    known = mention.name.known if mention.name else None
    if known is not None:
        told = f"a lexicon lists the name: {known.kind} {known.name}"
        return reason(about, told, gazetteer.lookup, words=[here])
    if plain(mention.text) == plain(member.label):
        return reason(about, "called by name", Namesakes.find, words=[here])
    full = next((m for m in member.mentions if plain(m.text) == plain(member.label)), mention)
    told = f"another form of the name {member.label}"
    return reason(about, told, Namesakes.find, words=[here, reading.span(full.first, full.last)])
