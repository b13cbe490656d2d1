"""Tells for whom a member of the cast stands in a dispute: a minister for the state, a unit for it.

Stricter than affiliation: who once held an office, sits in a parliament or merely lives somewhere
speaks for nobody else. It draws no sides.
"""

from __future__ import annotations

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.roles import role_words

#: A state counts as just spoken of for so many sentences.
_JUST_BEFORE = 1
#: How many words behind a name may say of where it is: "President X of Egypt".
_OF_WITHIN = 3
#: So many states of this weight make an affair between states, in which lawmakers speak for theirs.
_STATES_APART, _WEIGHTY = 2, 4.0


class Homes:
    """For each of some members the one it stands for in the end: itself, where nobody else."""

    def __init__(
        self,
        reading: Reading,
        members: list[Member],
        weight: dict[int, float],
        statements: tuple[Statement, ...],
    ) -> None:
        self._reading = reading
        self._belonging = Affiliations(reading, members)
        self._states = [m for m in members if m.type == "state"]
        self._states.sort(key=lambda m: -weight[m.number])
        weighty = [m for m in self._states if weight[m.number] >= _WEIGHTY]
        self._is_between_states = len(weighty) >= _STATES_APART
        self._addressed = _addressed(statements)
        self.root = {m.number: self._root(m) for m in members}

    def _root(self, member: Member) -> Member:
        seen = {member.number}
        current = member
        while True:
            owner = self._belonging.of(current)
            if owner is None or not self._speaks_for(current, owner):
                owner = self._state_of_official(current)
            if owner is None or owner.number in seen:
                return current
            seen.add(owner.number)
            current = owner

    def _speaks_for(self, member: Member, owner: Member) -> bool:
        """Whether what a member says or does is its owner's."""
        if member.type == "state" or (owner.is_plural and not owner.is_named):
            return False
        if owner.type != "state":
            return not self._has_left(member)
        if member.heads & listed("dispute", "lawmakers"):
            return self._is_between_states
        if member.type == "person":
            return self._is_official(member) and not self._has_left(member)
        return _is_arm(member)

    def _is_official(self, member: Member) -> bool:
        offices = listed("actors", "offices_of_state") | listed("dispute", "offices")
        return bool(member.heads & offices)

    def _has_left(self, member: Member) -> bool:
        """Whether every role the article gives is one that is over or not yet held."""
        roles = [role_words(self._reading, role).lower().split() for role in member.roles]
        telling = [words for words in roles if len(words) > 1]
        return bool(telling) and all(set(w) & listed("dispute", "not_now") for w in telling)

    def _state_of_official(self, member: Member) -> Member | None:
        """The state of a minister without a country: the one named behind, or spoken of before.

        Not one that he addresses: who calls for Egypt to act is no Egyptian minister.
        """
        is_official = member.type == "person" and self._is_official(member)
        if not is_official or member.heads & listed("dispute", "lawmakers"):
            return None
        if self._has_left(member):
            return None
        told = self._told_states(member)
        if told:
            return next((s for s in self._states if s.key and s.key[1] in told), None)
        homes = [s for s in self._states if s not in self._addressed.get(member.number, ())]
        only = homes[0] if len(homes) == 1 else None
        return self._spoken_of_before(member, homes) or only

    def _told_states(self, member: Member) -> set[str]:
        """Canonical names of the states in the roles of a member or right behind its name."""
        texts = [role_words(self._reading, role) for role in member.roles]
        for mention in member.mentions:
            behind = self._reading.doc[mention.last + 1 : mention.last + 1 + _OF_WITHIN]
            if len(behind) > 1 and behind[0].lower_ == "of":
                texts.append(behind.text)
        found = set()
        for text in texts:
            words = text.split()
            for start in range(len(words)):
                match = gazetteer.longest_match(words, start)
                if match and match[1].kind == "state":
                    found.add(match[1].name)
        return found

    def _spoken_of_before(self, member: Member, states: list[Member]) -> Member | None:
        """The state that was a subject last, shortly before a member came in."""
        first = min(m.first for m in member.mentions)
        number = self._reading.sentence_number(first)
        start = self._reading.sents[max(0, number - _JUST_BEFORE)].start
        subjects = [
            (mention.head, state.number, state)
            for state in states
            for mention in state.mentions_between(start, first)
            if self._reading.doc[mention.head].dep_.startswith("nsubj")
        ]
        return max(subjects)[2] if subjects else None


def _addressed(statements: tuple[Statement, ...]) -> dict[int, set[Member]]:
    """Whom each speaker, by number, turns to in what they do with words."""
    found: dict[int, set[Member]] = {}
    for s in statements:
        if s.speaker is not None and s.attribution.frame == "act" and s.about:
            found.setdefault(s.speaker.number, set()).add(s.about[0])
    return found


def _is_arm(member: Member) -> bool:
    """Whether a body or group is an arm of its state by what it is called: troops, a ministry."""
    words = {w.lower() for w in member.tokens} | member.heads
    arms = listed("actors", "public") | listed("actors", "of_a_land")
    return bool(words & arms) and not words & listed("dispute", "apart")
