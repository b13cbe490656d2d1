"""Tells whom a member of the cast speaks or acts for: the state of a minister, a lawyer's client.

It reads titles, descriptions and the lexicons; it draws no sides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.roles import role_words

#: How many words before a role noun may name its possessor: "the Brazilian company's lawyer".
_BEFORE_NOUN = 3
#: Letters and digits in a row.
_WORD = re.compile(r"[^\W_]+")
#: Words of a description that no longer holds: who was somebody's lawyer may be his accuser.
_PAST = ("former", "ex", "onetime", "late", "retired", "ousted", "fired")
#: Who stands behind one of these owns nobody: "in talks with Spain".
_NO_OWNER_AFTER = (
    "running",
    "seeking",
    "against",
    "with",
    "between",
    "toward",
    "towards",
    "over",
    "after",
    "accused",
)
#: The wordings of members with their rank, under the first word of each.
_Forms = dict[str, list[tuple[str, int, Member]]]


class Affiliations:
    """Tells of each of some members which other one of them it belongs to."""

    def __init__(self, reading: Reading, members: Sequence[Member]) -> None:
        self._reading = reading
        self._forms = _index_forms([m for m in members if m.type != "person"])
        self._persons = _index_forms([m for m in members if m.type == "person"])
        self._by_key = {m.key: m for m in reversed(members) if m.key is not None}

    def of(self, member: Member) -> Member | None:
        """Whom a member belongs to; None where neither article nor lexicon says.

        Its titles, appositions and descriptions come first, the longest name in them wins; then
        the state that a lexicon puts it under.
        """
        for text in map(_of_owner, _telling_texts(self._reading, member)):
            served = text.partition(" and ")[0]  # of "an adviser and a friend of Berg" no Berg
            client = (
                self._named_in(served, member, self._persons) if _serves(member, served) else None
            )
            owner = client or self._named_in(text, member, self._forms)
            if owner is not None:
                return owner
        state = _listed_state(member)
        if state is None or member.type == "state":
            return None
        owner = self._by_key.get(("state", state))
        return owner if owner is not member else None

    def _named_in(self, text: str, member: Member, forms: _Forms) -> Member | None:
        """The owner whose longest form stands in a text, the first member of several."""
        found = [
            (-len(form.split()), rank, owner)
            for word in {*_WORD.findall(text), ""}
            for form, rank, owner in forms.get(word, ())
            if _can_own(owner, member)
            and form.lower() not in member.heads  # "a group" says what it is, not whose
            and _holds_word(text, form)
        ]
        return min(found, default=(0, 0, None), key=lambda row: row[:2])[2]


def _index_forms(owners: Sequence[Member]) -> _Forms:
    """What each of some members is called, with its place, under its first word."""
    index: _Forms = defaultdict(list)
    for rank, owner in enumerate(owners):
        for form in {*owner.forms(), *_other_forms(owner)}:
            if len(form) > 1:
                first = _WORD.match(form)
                index[first.group() if first else ""].append((form, rank, owner))
    return index


def _can_own(owner: Member, member: Member) -> bool:
    """Whether a member can belong to another: no firm to a state, "two sources" to no sources."""
    if owner is member or (owner.type == "state" and _is_private(member)):
        return False
    return owner.is_named or not owner.heads & member.heads


def _of_owner(text: str) -> str:
    """The words of a text that can name an owner: of "ambassador to Spain" no Spain."""
    words = text.split()
    if {w.lower() for w in words} & listed("actors", "against_others"):
        return ""
    for i, word in enumerate(words[1:], 1):
        serves = words[i - 1].lower() in listed("actors", "serving")
        if word == "in" and _is_where(words[i + 1 :]):
            return " ".join(words[:i])
        if word in _NO_OWNER_AFTER or (word == "to" and not serves):
            return " ".join(words[:i])
    return text


def _is_where(words: list[str]) -> bool:
    """Whether what "in" opens is only a place: "professor at a school in Sarn" is no state's."""
    return {w.lower().strip(",.’'") for w in words}.isdisjoint(listed("actors", "public"))


def _serves(member: Member, text: str) -> bool:
    """Whether a person is described as one who speaks for another now: a lawyer, an aide."""
    words = {word.lower() for word in _WORD.findall(text)}
    is_serving = bool(words & listed("actors", "serving")) and words.isdisjoint(_PAST)
    return member.type == "person" and is_serving


def _is_private(member: Member) -> bool:
    """A body that speaks for itself, not for the state it is in: "the Chinese company".

    So does whatever has a name that says no arm of the state: "the Kessaran Union of Millers".
    """
    if not member.is_named:
        return bool(member.heads & listed("actors", "firm"))
    return member.type == "organization" and not _is_public(member.name)


def _telling_texts(reading: Reading, member: Member) -> Iterator[str]:
    """Where the article may say whom a member belongs to, surest first."""
    yield from (role_words(reading, role) for role in member.roles if role.kind != "relative")
    if member.type == "state":
        return
    nominals = [m for m in member.mentions if m.form == "nominal"]
    yield from (m.description for m in nominals)
    for mention in nominals:
        if any(c.dep_ == "nmod:poss" for c in reading.doc[mention.head].children):
            yield reading.doc[max(0, mention.first - _BEFORE_NOUN) : mention.first].text
    if member.type == "organization" and member.is_named:
        yield member.name
        yield from (_possessor(reading, m.first) for m in member.mentions if m.form == "name")
    if member.type == "person":
        yield from (_behind_name(reading, m.last) for m in member.mentions if m.form == "name")


def _possessor(reading: Reading, first: int) -> str:
    """The words right before a name that make it theirs: "Lethia's Defense Ministry"."""
    is_owned = first > 1 and reading.doc[first - 1].tag_ == "POS"
    return reading.doc[max(0, first - _BEFORE_NOUN) : first - 1].text if is_owned else ""


def _behind_name(reading: Reading, last: int) -> str:
    """The name that "of" ties to a person's: "Prime Minister Davit Orlan of Lethia"."""
    doc, end = reading.doc, last + 2
    if last + 2 >= len(doc) or doc[last + 1].lower_ != "of":
        return ""
    while end < len(doc) and doc[end].tag_ in ("NNP", "NNPS", "DT"):
        end += 1
    return doc[last + 2 : end].text


def _other_forms(member: Member) -> tuple[str, ...]:
    """What a lexicon calls a state, whether the article does or not: names and demonyms."""
    if member.key is None or member.listed_as != "state":
        return tuple(member.demonyms)
    return gazetteer.forms_of(member.key[1])


def _holds_word(text: str, form: str) -> bool:
    """Whether a form stands in a text as words of its own."""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(form, at + 1)
    return False


def _listed_state(member: Member) -> str | None:
    """The state that the first listed name of a member belongs to, if it is a public body."""
    name = next((m.name for m in member.mentions if m.name and m.name.known), None)
    return name.known.state if name and name.known and _is_public(name.text) else None


def _is_public(name: str) -> bool:
    """Whether a listed body is an arm of its state by its name, not a firm that sits there."""
    words = {word.lower() for word in name.split()}
    return bool(words & listed("actors", "public")) or name.isupper()
