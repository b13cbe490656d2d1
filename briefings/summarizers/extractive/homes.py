"""Tells for whom a member of the cast stands in a dispute: a minister for the state, a unit for it.

Stricter than affiliation: who once held an office, sits in a parliament or merely lives somewhere
speaks for nobody else. It draws no sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.roles import Role, role_words
from briefings.summarizers.extractive.targets import Owners

#: A state counts as just spoken of for so many sentences.
_JUST_BEFORE = 1
#: How many words behind a name may say of where it is: "President X of Egypt".
_OF_WITHIN = 3
#: So many states of this weight make an affair between states, in which lawmakers speak for theirs.
_STATES_APART, _WEIGHTY = 2, 4.0
#: A state is clearly what an article is about with so many times the mentions of the next.
_CLEARLY = 2
#: The only state of an article must be mentioned so often to be its ministers' own.
_OFTEN = 3
#: How many sentences headline and lead are.
_LEAD = 5
#: A role of a word, with the one before it, says nothing of when.
_BARE = 2
#: As what a state is an actor and no mere place.
_ACTING = ("nsubj", "obl:agent", "nmod:poss")
#: A client without a name is of at least this share of a named lawyer's weight.
_CLIENTS_WEIGHT = 0.2
#: Letters that a land and its adjective share, and what such adjectives end in.
_STEM = 4
_DEMONYM_ENDINGS = ("ian", "an", "ese", "ish")


class Homes:
    """For each of some members the one it stands for in the end: itself, where nobody else."""

    def __init__(
        self,
        reading: Reading,
        owners: Owners,
        members: list[Member],
        weight: dict[int, float],
        statements: tuple[Statement, ...],
    ) -> None:
        self._reading = reading
        self._owners = owners
        self._weight = weight
        self._belonging = Affiliations(reading, members)
        self._states = [m for m in members if m.type == "state"]
        self._states += [m for m in self._governed(members) if m not in self._states]
        self._states.sort(key=lambda m: -weight[m.number])
        self._lands = [m for m in members if m.listed_as in ("state", "people")]
        weighty = [m for m in self._states if weight[m.number] >= _WEIGHTY]
        self._is_between_states = len(weighty) >= _STATES_APART
        self._addressed = _addressed(statements)
        self.root = {m.number: self._root(m) for m in members}

    def _governed(self, members: list[Member]) -> list[Member]:
        """Lands that no lexicon lists but the article gives a government: "the government of X"."""
        governments = [m for m in members if m.heads & listed("dispute", "governing")]
        found = [self._named_behind(mention) for m in governments for mention in m.mentions]
        numbers = {m.number for m in members}
        return list(dict.fromkeys(m for m in found if m is not None and m.number in numbers))

    def _named_behind(self, mention: Mention) -> Member | None:
        """Whom "of" behind a mention names: "the government of Lethia"."""
        doc, of = self._reading.doc, mention.last + 1
        if of + 1 >= len(doc) or doc[of].lower_ != "of":
            return None
        found = self._owners.named_by(doc[of + 1])
        return found if found is not None and found.is_named else None

    def _root(self, member: Member) -> Member:
        seen = {member.number}
        current = member
        while True:
            owner = self._client_of(current) or self._possessor_of(current)
            owner = owner or self._belonging.of(current)
            if owner is None or _is_bare_arm(owner) or not self._speaks_for(current, owner):
                owner = self._state_of_official(current)
            if owner is None or owner.number in seen:
                return current
            seen.add(owner.number)
            current = owner

    def _speaks_for(self, member: Member, owner: Member) -> bool:
        """Whether what a member says or does is its owner's."""
        if member.type == "state" or (owner.is_plural and not owner.is_named):
            return False
        if owner.type == "state":
            return self._speaks_for_state(member, owner)
        if owner.type == "person":
            return True  # a lawyer
        is_apart = bool(member.heads & listed("dispute", "apart"))
        if member.type == "person" or is_apart:
            is_free = is_apart or self._has_left(member) or self._only_sits_in(member, owner)
            return not is_free
        is_smaller = self._weight[member.number] < self._weight[owner.number]
        return is_smaller and (owner.is_named or not member.is_named)

    def _only_sits_in(self, member: Member, owner: Member) -> bool:
        """Whether a person is one of many in a parliament or a committee, and does not lead it."""
        words = {w.lower() for w in owner.tokens} | owner.heads
        if not words & listed("dispute", "chambers"):
            return False
        roles = {w for r in member.roles for w in _words_of_role(role_words(self._reading, r))}
        is_lawmaker = bool((member.heads | roles) & listed("dispute", "lawmakers"))
        is_partisan = bool(roles & listed("dispute", "partisan"))
        return (is_lawmaker or is_partisan) and not roles & listed("dispute", "chairs")

    def _speaks_for_state(self, member: Member, state: Member) -> bool:
        colour = self._colour_of(member)
        if colour is not None and self._is_unlike(state, colour):
            return False
        if member.heads & listed("dispute", "lawmakers"):
            return self._is_between_states
        if member.type == "person":
            return self._is_official(member) and not self._has_left(member)
        return _is_arm(member)

    def _client_of(self, member: Member) -> Member | None:
        """Whom a lawyer or a spokesman speaks for, if that is a person: "Cohen's attorney"."""
        if not member.heads & listed("dispute", "advocates") or self._has_left(member):
            return None
        # The word before a role may be a pronoun that says whose: "his lawyer Ana Berg".
        places = [(role.first - 1, role.last) for role in member.roles if role.kind != "relative"]
        places += [(m.first - 2, m.last) for m in member.mentions if m.form == "nominal"]
        for first, last in places:
            for word in self._reading.doc[max(0, first) : last + 1]:
                client = self._owners.named_by(word)
                if client is not None and client is not member and client.type == "person":
                    return client if self._can_be_client(client, member) else None
        return None

    def _can_be_client(self, client: Member, member: Member) -> bool:
        """Whether a client is a party, and more than a word for somebody in passing."""
        if client.number not in self._weight:
            return False
        enough = self._weight[member.number] * _CLIENTS_WEIGHT
        return client.is_named or not member.is_named or self._weight[client.number] >= enough

    def _possessor_of(self, member: Member) -> Member | None:
        """Whose it is said to be, of one without a name: "Amazon's Indian business"."""
        if member.is_named or member.type == "state":
            return None
        for mention in member.mentions:
            owner = self._owners.owner_of(self._reading.doc[mention.head])
            if owner is None or owner is member or owner.number not in self._weight:
                continue
            if owner.type != "person":
                return owner
        return None

    def _is_official(self, member: Member) -> bool:
        """Whether a person holds an office of state now, by its titles if it has any."""
        offices = listed("actors", "offices_of_state") | listed("dispute", "offices")
        roles = [r for r in member.roles if r.kind != "relative"]
        texts = [set(_words_of_role(role_words(self._reading, r))) for r in roles]
        if any(words & listed("dispute", "partisan") for words in texts):
            return False
        held = [words for words in texts if words & offices]
        if held:
            return not all(words & listed("dispute", "not_now") for words in held)
        return bool(member.heads & offices) and not texts

    def _has_left(self, member: Member) -> bool:
        """Whether every role the article gives is one that is over or not yet held."""
        roles = [self._words_of(role) for role in member.roles]
        telling = [words for words in roles if len(words) > _BARE]
        return bool(telling) and all(words & listed("dispute", "not_now") for words in telling)

    def _words_of(self, role: Role) -> set[str]:
        """The words of a role and the one before it, which may say that it is over."""
        before = self._reading.doc[max(0, role.first - 1) : role.first]
        return {*role_words(self._reading, role).lower().split(), *(w.lower_ for w in before)}

    def _state_of_official(self, member: Member) -> Member | None:
        """The state of a minister without a country: the one named behind, or spoken of before.

        Not one that he addresses: who calls for Egypt to act is no Egyptian minister. A government
        that nothing tells of whom is that of the only state.
        """
        if not self._may_have_state(member):
            return None
        owned = next(filter(None, map(self._named_behind, member.mentions)), None)
        if owned is not None and owned in self._states:
            return owned
        told = self._told_lands(member)
        if told:
            return next((m for m in self._lands if m.key and m.key[1] in told), None)
        colour = self._colour_of(member)
        if colour is not None:
            return next((s for s in self._states if _is_coloured(s, colour)), None)
        seat = self._of_seat(member)
        if seat is not None:
            return seat
        early = [s for s in self._states if self._is_early(s) and self._acting(s)]
        if self._is_premier(member):
            early = [s for s in early if not _called(s) & listed("dispute", "seats_of_presidents")]
        homes = [s for s in early if s not in self._addressed.get(member.number, ())]
        only = homes[0] if len(homes) == 1 and self._acting(homes[0]) >= _OFTEN else None
        return self._spoken_of_before(member, homes) or only or self._weightiest(homes)

    def _of_seat(self, member: Member) -> Member | None:
        """The state whose seat of power the article names by the office that a member holds.

        "President Berg" is of the state that "the White House" speaks for.
        """
        roles = {role_words(self._reading, r).lower() for r in member.roles}
        seats = listed("dispute", "seats_of_presidents") if "president" in roles else frozenset()
        if "prime minister" in roles:
            seats = listed("dispute", "seats_of_premiers")
        return next((s for s in self._states if _called(s) & seats), None)

    def _is_premier(self, member: Member) -> bool:
        """Whether a person is a prime minister: of no land that a president's seat speaks for."""
        roles = {role_words(self._reading, r).lower() for r in member.roles}
        return "prime minister" in roles

    def _may_have_state(self, member: Member) -> bool:
        """Whether it governs, or holds an office of state and no other, now."""
        if member.listed_as == "body":
            return False  # the lexicon knows whose it is
        if member.heads & listed("dispute", "governing") or _is_bare_arm(member):
            return True
        if member.type != "person" or member.heads & listed("dispute", "lawmakers"):
            return False
        is_elsewhere = self._has_left(member) or self._is_of_a_body(member)
        return self._is_official(member) and not is_elsewhere

    def _is_of_a_body(self, member: Member) -> bool:
        """Whether it holds its office in some body: "leader of the Green party"."""
        roles = [role_words(self._reading, r) for r in member.roles if r.kind != "relative"]
        return any(" of the " in words for words in roles)

    def _told_lands(self, member: Member) -> set[str]:
        """Canonical names of the states and peoples in its roles or right behind its name."""
        texts = [role_words(self._reading, r) for r in member.roles if r.kind != "relative"]
        for mention in member.mentions:
            behind = self._reading.doc[mention.last + 1 : mention.last + 1 + _OF_WITHIN]
            if len(behind) > 1 and behind[0].lower_ == "of":
                texts.append(behind.text)
        return {name for text in texts for name in _lands_in(text.split())}

    def _colour_of(self, member: Member) -> str | None:
        """An adjective of a land that no lexicon lists, in a title: "Talmiran minister"."""
        roles = [role_words(self._reading, r) for r in member.roles if r.kind != "relative"]
        words = [w for text in roles for w in text.split() if w[:1].isupper()]
        return next((w for w in words if len(w) > _STEM and w.endswith(_DEMONYM_ENDINGS)), None)

    def _is_unlike(self, owner: Member, colour: str) -> bool:
        """Whether an adjective that nobody lists belongs to another land than the owner."""
        match = gazetteer.lookup(colour)
        return match is None and not _is_coloured(owner, colour)

    def _acting(self, state: Member) -> int:
        """How often a state is more than a place: it acts, owns, or colours what is its own."""
        heads = (self._reading.doc[m.head] for m in state.mentions)
        acting = sum(w.dep_.startswith(_ACTING) for w in heads)
        return len(state.passing) + acting if acting else 0

    def _is_early(self, state: Member) -> bool:
        """Whether a state is in headline or lead: one that comes up later is background."""
        ends = self._reading.sents[min(_LEAD, len(self._reading.sents)) - 1].end
        return any(m.first < ends for m in (*state.mentions, *state.passing))

    def _weightiest(self, states: list[Member]) -> Member | None:
        """The state an article is mostly about, if one clearly is."""
        counts = sorted(((self._acting(s), -i) for i, s in enumerate(states)), reverse=True)
        if len(counts) < _STATES_APART or counts[0][0] < _CLEARLY * counts[1][0]:
            return None
        return states[-counts[0][1]]

    def _spoken_of_before(self, member: Member, states: list[Member]) -> Member | None:
        """The state that was a subject last, shortly before a member came in."""
        first = min(m.first for m in member.mentions)
        number = self._reading.sentence_number(first)
        start = self._reading.sents[max(0, number - _JUST_BEFORE)].start
        most = max(map(self._acting, self._states), default=0)
        subjects = [
            (mention.head, state.number, state)
            for state in states
            if self._acting(state) >= most
            for mention in state.mentions_between(start, first)
            if self._reading.doc[mention.head].dep_.startswith("nsubj")
        ]
        return max(subjects)[2] if subjects else None


def _called(state: Member) -> set[str]:
    return {m.text for m in state.mentions}


def _words_of_role(text: str) -> list[str]:
    """The words of a role, lower case, without the house that is a government's."""
    return text.lower().replace("white house", "white-house").split()


def _is_coloured(land: Member, adjective: str) -> bool:
    """Whether an adjective is that of a land, by any word that the article calls it."""
    stems = {word[:_STEM] for form in land.forms() for word in form.split()}
    return adjective in land.demonyms or adjective[:_STEM] in stems


def _lands_in(words: list[str]) -> Iterator[str]:
    """Canonical names of the states and peoples that a row of words names."""
    for start in range(len(words)):
        match = gazetteer.longest_match(words, start)
        if match and (match[1].kind == "state" or match[1].form == "people"):
            yield match[1].name


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
    arms |= listed("dispute", "voices")
    return bool(words & arms) and not words & listed("dispute", "apart")


def _is_bare_arm(member: Member) -> bool:
    """Whether a body is an arm of some state and the article does not say of which: "Ministry"."""
    words = [word.lower() for word in member.tokens]
    is_apart = any(word in listed("dispute", "apart") for word in words)
    is_bare = all(word in listed("actors", "public") for word in words)
    return member.type == "organization" and is_bare and not is_apart
