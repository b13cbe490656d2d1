"""Joins mentions into the cast of a story: one member for each person, body, state or group.

"Katz", "Foreign Minister Israel Katz" and "the minister" become one; so do an acronym and its
expansion, a company and its short name. It chooses nobody and judges nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from briefings.briefing import ActorType
from briefings.language import gazetteer, lexicon
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.mentions import Mention, find_mentions
from briefings.summarizers.extractive.roles import Role, find_roles

#: How many sentences back "the company" may take its name from.
_REACH = 6


@dataclass(eq=False)
class Member:
    """Everything the article mentions as one and the same."""

    number: int
    name: str
    type: ActorType | None
    key: tuple[str, str] | None = None
    mentions: list[Mention] = field(default_factory=list)
    #: Mentions that only colour another noun: "Israeli" in "Israeli officials".
    passing: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    gender: str | None = None
    is_media: bool = False
    is_place: bool = False
    is_thing: bool = False
    is_plural: bool = False

    @property
    def is_named(self) -> bool:
        return any(mention.form == "name" for mention in self.mentions)

    @property
    def tokens(self) -> list[str]:
        return self.name.split()

    def forms(self) -> list[str]:
        """Every wording it is mentioned by, commonest first, pronouns left out."""
        counted = Counter(m.text for m in self.mentions if m.form != "pronoun")
        counted.update({m.text: 0 for m in self.passing})
        ordered = [form for form, _ in counted.most_common()]
        return [*ordered, *sorted(self.acronyms - set(ordered))]

    @property
    def can_take_part(self) -> bool:
        """Whether it is in the story, not one that only carries it, a place or a thing."""
        return not (self.is_media or self.is_place or self.is_thing)


class Cast:
    """Who is in the story. `at` maps a word of the reading to the member it mentions."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.members: list[Member] = []
        self.at: dict[int, Member] = {}
        #: Words of an apposition to the main word of the name it explains.
        self.explains: dict[int, int] = {}
        self._join(find_mentions(reading))

    def member_in(self, first: int, last: int) -> Iterator[Member]:
        """Members mentioned among these words, each once, in order."""
        seen = set()
        for i in range(first, last + 1):
            member = self.at.get(i)
            if member and member.number not in seen:
                seen.add(member.number)
                yield member

    def last_of(self, i: int) -> int:
        """Last word of the mention that holds word `i`."""
        member, last = self.at.get(i), i
        while member is not None and self.at.get(last + 1) is member:
            last += 1
        return last

    def _join(self, mentions: tuple[Mention, ...]) -> None:
        # A headline shortens names that the body gives in full, so the body is read first.
        body = [m for m in mentions if self.reading.sentence_of(m.head).paragraph > 0]
        title = [m for m in mentions if self.reading.sentence_of(m.head).paragraph == 0]
        ordered = body + title
        for mention in ordered:
            if mention.form == "name" and mention.name and len(mention.name.text.split()) > 1:
                self._add(self._named(mention) or self._new(mention), mention)
        for mention in ordered:
            if mention.form == "name" and mention.name and len(mention.name.text.split()) == 1:
                self._add(self._named(mention) or self._new(mention), mention)
        self._read_roles()
        self._settle_types()
        for mention in body + title:
            if mention.form == "nominal" and mention.head not in self.at:
                self._add(self._described(mention) or self._new(mention), mention)
        for mention in body:
            if mention.form == "pronoun":
                antecedent = self._antecedent(mention)
                if antecedent:
                    self._add(antecedent, mention)

    def _new(self, mention: Mention) -> Member:
        name = mention.name
        member = Member(len(self.members), mention.text, mention.type)
        if name and name.known:
            member.key = (name.known.kind, name.known.name)
            if name.known.form == "people":
                member.key = ("people", name.known.name)
            elif name.known.kind == "state" and name.known.level == "nation":
                member.name = name.known.name
        if name:
            member.is_media = name.kind == "media"
            member.is_place = name.kind == "place"
            member.is_thing = name.kind == "thing"
        elif mention.form == "nominal":
            member.is_media = self.reading.doc[mention.head].lemma_.lower() in listed(
                "actors", "media"
            )
        self.members.append(member)
        return member

    def _add(self, member: Member, mention: Mention) -> None:
        name = mention.name
        is_passing = bool(
            name
            and name.known
            and name.known.kind in ("state", "place")
            and self._only_colours(mention)
        )
        (member.passing if is_passing else member.mentions).append(mention)
        member.gender = member.gender or (mention.gender if mention.form != "pronoun" else None)
        member.is_plural = member.is_plural or mention.is_plural
        if name and name.acronym:
            member.acronyms.add(name.acronym)
        if mention.form == "nominal":
            member.heads.add(self.reading.doc[mention.head].lemma_.lower())
        if (
            name
            and len(name.text) > len(member.name)
            and member.key is None
            and name.kind != "unknown"
        ):
            member.name = name.text
        if member.type is None and mention.type is not None:
            member.type = mention.type
        if not is_passing:
            span = (name.first, name.last) if name else (mention.first, mention.last)
            for i in range(span[0], span[1] + 1):
                self.at.setdefault(i, member)
            self.at[mention.head] = member

    def _only_colours(self, mention: Mention) -> bool:
        word = self.reading.doc[mention.head]
        return (
            mention.name is not None
            and mention.name.known is not None
            and (
                mention.name.known.form == "demonym"
                and not mention.is_plural
                or word.dep_ in ("amod", "compound")
            )
        )

    # --- names -------------------------------------------------------------------------------

    def _named(self, mention: Mention) -> Member | None:
        name = mention.name
        assert name is not None  # noqa: S101 - callers pass names only
        if name.known:
            kind = "people" if name.known.form == "people" else name.known.kind
            for member in self.members:
                if member.key == (kind, name.known.name):
                    return member
            if name.known.kind in ("state", "place", "media"):
                return None
        text = _plain(name.text)
        for member in self.members:
            if member.key and member.key[0] in ("state", "people", "place"):
                continue
            if (
                _plain(member.name) == text
                or text.upper() in member.acronyms
                or text in map(_plain, member.forms())
            ):
                return member
        if _looks_like_acronym(name.text):
            return next((m for m in self.members if _initials_fit(name.text, m.name)), None)
        return self._longer_name(mention)

    def _longer_name(self, mention: Mention) -> Member | None:
        """The member whose longer name this shortens, the one mentioned last where several could."""
        name = mention.name
        assert name is not None  # noqa: S101
        short = name.text.split()
        found = [
            member for member in self.members
            if member.is_named and not (member.is_thing or member.is_place) and not (member.key and member.key[0] in ("state", "people", "place", "media"))
            and _shortens(short, mention, member)
        ]  # fmt: skip
        if not found:
            return None
        before = [m for m in found if any(x.head < mention.head for x in m.mentions)]
        return max(
            before or found,
            key=lambda m: max((x.head for x in m.mentions if x.head < mention.head), default=-1),
        )

    # --- roles and types -----------------------------------------------------------------------

    def _read_roles(self) -> None:
        for member in self.members:
            for mention in member.mentions:
                for role in find_roles(self.reading, mention):
                    member.roles.append(role)
                    head = self.reading.doc[role.head]
                    if role.kind == "apposition":
                        self.explains.update(
                            dict.fromkeys(range(role.first, role.last + 1), mention.head)
                        )
                    if role.kind != "relative":
                        member.heads |= {head.lemma_.lower(), *_offices(head.lemma_.lower())}
                        self.at.setdefault(role.head, member)
                        member.gender = member.gender or gazetteer.gender_of(head.lower_)
                    if (
                        member.type is None
                        and gazetteer.role_noun(head.lemma_.lower()) == "person"
                        and role.kind != "relative"
                    ):
                        member.type = "person"

    def _settle_types(self) -> None:
        """Decide what a capitalised name with no telling word is, from how it is used."""
        for member in self.members:
            if member.type is not None or member.is_media or member.is_place or member.is_thing:
                continue
            words = [self.reading.doc[m.head] for m in member.mentions]
            in_place = sum(_is_in_place(word) for word in words)
            is_subject = sum(word.dep_.startswith("nsubj") for word in words)
            if in_place and not is_subject:
                member.is_place = True
            elif self._reads_as_person(member, words):
                member.type = "person"
            elif is_subject or member.acronyms or any(t.isupper() for t in member.tokens):
                member.type = "organization"
            else:
                member.is_thing = len(member.tokens) == 1 or not words
                member.type = None if member.is_thing else "organization"

    def _reads_as_person(self, member: Member, words: list[Token]) -> bool:
        """Two or three plain words, the first a given name or the whole a speaker."""
        if any(m.gender for m in member.mentions):
            return True
        tokens = member.tokens
        if len(tokens) not in (2, 3) or any(
            t.isupper() and len(t) > 2 or is_institution(t) for t in tokens
        ):  # noqa: PLR2004
            return False
        speaks = any(
            w.dep_.startswith("nsubj") and w.head.lemma_ in ("say", "tell", "add", "write", "ask")
            for w in words
        )
        return not member.acronyms and (gazetteer.is_first_name(tokens[0]) or speaks)

    # --- role nouns ------------------------------------------------------------------------------

    def _described(self, mention: Mention) -> Member | None:
        """The member that a role noun means: "the minister", "the court", "investigators"."""
        lemma = self.reading.doc[mention.head].lemma_.lower()
        text = _plain(mention.text)
        same = [
            m
            for m in self.members
            if not m.is_named and any(_plain(x.text) == text for x in m.mentions)
        ]
        if same:
            return same[-1]
        if not mention.is_definite or mention.is_plural or lemma in listed("actors", "generic"):
            return None
        return self._latest(mention, lambda m: self._answers_to(m, lemma, mention))

    def _answers_to(self, member: Member, lemma: str, mention: Mention) -> bool:
        modifiers = [
            w for w in _plain(mention.text).split() if w not in (lemma, "former", "new", "same")
        ][:3]
        if member.is_media or member.is_place or member.is_thing:
            return False
        described = {w for m in member.mentions for w in _plain(m.description).split()}
        described |= {
            self.reading.doc[i].lower_
            for role in member.roles
            for i in range(role.first, role.last + 1)
        }
        described |= {w.lower() for w in member.tokens} | member.heads
        if modifiers and not all(
            w in described or _stem(w) in map(_stem, described) for w in modifiers
        ):
            return False
        if lemma in member.heads or (lemma in listed("actors", "body") and lemma in described):
            return True
        if (
            member.type == "organization"
            and member.is_named
            and lemma in listed("actors", "company")
        ):
            return (
                not any(is_institution(word) or word.isupper() for word in member.tokens)
                and not modifiers
            )
        if member.type == "person" and modifiers:
            return gazetteer.role_noun(lemma) == "person"
        if member.type == "state" and lemma in listed("actors", "country"):
            return (
                not modifiers
                and lemma != "government"
                and (lemma == "state") == _is_sub_state(member)
            )
        return False

    def _latest(self, mention: Mention, fits: object) -> Member | None:
        """The fitting member mentioned last before this, not too far back."""
        here = self.reading.sentence_number(mention.head)
        best: tuple[int, Member] | None = None
        for member in self.members:
            last = max((m.head for m in member.mentions if m.head < mention.first), default=None)
            if last is None or here - self.reading.sentence_number(last) > _REACH * (
                3 if member.is_named else 1
            ):
                continue
            if fits(member) and (best is None or last > best[0]):  # type: ignore[operator]
                best = (last, member)
        return best[1] if best else None

    # --- pronouns --------------------------------------------------------------------------------

    def _antecedent(self, mention: Mention) -> Member | None:
        """Who "he", "she", "they" or "it" is: the nearest subject before it that agrees."""
        reading = self.reading
        here = reading.sentence_number(mention.head)
        in_quote = reading.is_quoted(mention.head)
        best: tuple[float, Member] | None = None
        for member in self.members:
            if not _agrees(member, mention) or member.is_place or member.is_media:
                continue
            for other in member.mentions:
                if (
                    other.head >= mention.head
                    or reading.is_quoted(other.head) != in_quote
                    and not in_quote
                ):
                    continue
                distance = here - reading.sentence_number(other.head)
                if distance > 2:  # noqa: PLR2004 - beyond two sentences a pronoun has been renewed
                    continue
                word = reading.doc[other.head]
                score = -1.5 * distance + (1.2 if word.dep_.startswith("nsubj") else 0.0)
                score += 0.4 if member.is_named else 0.0
                score += 0.3 if other.form == "pronoun" else 0.0
                score -= 0.002 * (mention.head - other.head)
                if best is None or score > best[0]:
                    best = (score, member)
        return best[1] if best else None


def _is_sub_state(member: Member) -> bool:
    return any(m.name and m.name.known and m.name.known.level == "sub" for m in member.mentions)


def is_institution(word: str) -> bool:
    return word.lower() in listed("names", "organization") and word.lower() not in listed(
        "names", "legal_form"
    )


def _offices(title: str) -> list[str]:
    """What else a title lets its holder be called: "Gov." is the governor."""
    offices: dict[str, list[str]] = lexicon.load("actors")["offices"]
    return offices.get(title, [])


def _plain(text: str) -> str:
    text = re.sub(r"^(the|a|an) ", "", text.replace("’", "'").lower())
    return re.sub(r"('s|')$", "", text).strip(" .,")


def _stem(word: str) -> str:
    return word[:5]


def _looks_like_acronym(text: str) -> bool:
    return text.isupper() and 2 <= len(text) <= 7 and text.isalpha()  # noqa: PLR2004


def _initials_fit(acronym: str, name: str) -> bool:
    """ "PA" for "Palestinian Authority": the first letters of its capitalised words."""
    words = [w for w in re.split(r"[\s-]+", name) if w[:1].isupper()]
    initials = "".join(w[0] for w in words)
    return len(words) > 1 and initials == acronym


def _shortens(short: list[str], mention: Mention, member: Member) -> bool:
    long = member.tokens
    if len(short) >= len(long):
        return False
    if member.type == "person" or (member.type is None and mention.type == "person"):
        if mention.type not in (None, "person"):
            return False
        if len(short) == 1:
            return short[0] == long[-1] or (
                short[0] == long[0]
                and (
                    len(long[0]) <= 3 or not gazetteer.is_first_name(long[0]) or _is_casual(mention)
                )
            )  # noqa: PLR2004
        return short[-1] == long[-1] and short[0][0] == long[0][0]
    if mention.type == "person":
        return False
    bare = [w for w in long if w.lower() not in listed("names", "legal_form")]
    if short == bare:
        return True
    if len(short) > 1 and long[-len(short) :] == short:
        return True
    opens = long[: len(short)] == short
    known = mention.name.known if mention.name else None
    rest = " ".join(long[len(short) :])
    is_same = (
        all(w.lower() in listed("names", "legal_form") for w in rest.split())
        or gazetteer.lookup(rest) is not None
    )
    return opens and is_same and (known is None or known.kind == "body")


def _is_casual(mention: Mention) -> bool:
    return mention.name is not None and mention.name.title is None


def _is_in_place(word: object) -> bool:
    """Whether a word hangs in its sentence as a place does: "in X", "near X"."""
    return any(
        child.dep_ == "case"
        and child.lower_
        in ("in", "at", "near", "to", "from", "into", "across", "outside", "around", "off")
        for child in word.children  # type: ignore[attr-defined]
    )


def _agrees(member: Member, mention: Mention) -> bool:
    pronoun = mention.text.lower()
    if pronoun in ("he", "him", "she", "her"):
        return (
            member.type == "person"
            and not member.is_plural
            and member.gender in (None, mention.gender)
        )
    if pronoun in ("they", "them"):
        return member.type == "group" or member.is_plural or member.type == "organization"
    if pronoun == "it":
        return member.type in ("organization", "state") and not member.is_plural
    return False
