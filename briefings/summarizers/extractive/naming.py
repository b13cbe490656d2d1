"""Finds the member of the cast that a name means: the same, an acronym, a shorter form.

It compares names with names; role nouns and pronouns are for `anaphora`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.names import Name
from briefings.summarizers.extractive.members import Key, Member, key_of, plain
from briefings.summarizers.extractive.mentions import Mention

#: Members of these kinds are found by their key alone: a lexicon has all their names.
_LISTED_WHOLLY = ("state", "people", "place")
_FOUND_BY_KEY = ("state", "place", "media")
#: Letters of acronyms that articles use without explaining them.
_ACRONYM_LENGTHS = range(2, 8)
#: A given name of so few letters is what its bearer is called by: "Kim", "Li".
_SHORT_NAME = 3
#: Given names of so many letters that differ by one are taken for one name spelt twice.
_LONG_NAME = 6
#: How many words a person's name has that nothing shows to be a person's.
_PERSON_NAME_LENGTHS = (2, 3)
#: Who has so many names is called by the first ones as well as by the last.
_MANY_NAMES = 4


class Namesakes:
    """The members met so far by what they are called, and the one that a further name means.

    The indexes hold every wording, initials and word that a member was ever called by; what they
    give is asked again, so a name that was replaced by a fuller one does no harm.
    """

    def __init__(self) -> None:
        self._by_key: dict[Key, Member] = {}
        self._by_wording: dict[str, dict[int, Member]] = defaultdict(dict)
        self._by_initials: dict[str, dict[int, Member]] = defaultdict(dict)
        self._by_word: dict[str, dict[int, Member]] = defaultdict(dict)

    def learn(self, member: Member, mention: Mention) -> None:
        """Take in what a member is called after a mention was added to it."""
        if member.key is not None:
            self._by_key.setdefault(member.key, member)
        for wording in (member.name, mention.text, *member.acronyms):
            self._by_wording[plain(wording)][member.number] = member
        self._by_initials[_initials(member.name)][member.number] = member
        for word in member.tokens:
            for part in (word, _bare(word)):
                self._by_word[part][member.number] = member

    def find(self, mention: Mention, name: Name) -> Member | None:
        """The member that `name`, the name of `mention`, means; None where it is a new one."""
        # "Mr. Jordan" is no state, whatever else his name is the name of.
        is_bearer = name.kind == "person" and name.title is not None
        is_land = name.known is not None and name.known.kind in ("state", "place")
        if name.known and not (is_bearer and is_land):
            same = self._by_key.get(key_of(name.known))
            if same is not None or name.known.kind in _FOUND_BY_KEY:
                return same
        called = in_order(self._by_wording.get(plain(name.text), {}))
        same = next((m for m in called if _is_called(m, name.text)), None)
        if same is not None and not self._is_shared(name.text):
            return same
        if _looks_like_acronym(name.text):
            fitting = in_order(self._by_initials.get(name.text, {}))
            return next((m for m in fitting if _initials(m.name) == name.text), None)
        return self._find_storm(name) or self._find_longer(mention, name)

    def _is_shared(self, word: str) -> bool:
        """Whether several persons of the story bear a family name: who it means is asked anew."""
        bearers = self._by_word.get(word, {}).values()
        full = [m for m in bearers if m.type in ("person", None) and len(m.tokens) > 1]
        return sum(m.tokens[-1] == word and m.can_take_part for m in full) > 1

    def _find_storm(self, name: Name) -> Member | None:
        """The storm whose name stands alone further on: "Harvey" after "Hurricane Harvey"."""
        alike = in_order(self._by_word.get(name.text, {}))
        return next((m for m in alike if m.is_thing and _is_storm(m, name.text)), None)

    def _find_longer(self, mention: Mention, name: Name) -> Member | None:
        """The member whose name this shortens, the one mentioned last where several could."""
        short = name.text.split()
        alike = {**self._by_word.get(short[0], {}), **self._by_word.get(short[-1], {})}
        alike |= self._by_word.get(_bare(short[-1]), {})
        found = [
            m for m in in_order(alike) if _can_be_shortened(m) and _shortens(short, mention, m)
        ]
        found = _with_same_title(mention, found)
        before = [m for m in found if any(x.head < mention.head for x in m.mentions)]

        def latest(member: Member) -> int:
            return max((x.head for x in member.mentions if x.head < mention.head), default=-1)

        return max(before or found, key=latest, default=None)


def in_order(members: Mapping[int, Member]) -> list[Member]:
    """Members, kept under their numbers, in the order in which they were met."""
    return [members[number] for number in sorted(members)]


def is_institution(word: str) -> bool:
    """Whether a word says that a name is a body's, and not merely its legal form."""
    lower = word.lower()
    return lower in listed("names", "organization") and not _is_legal_form(lower)


def _with_same_title(mention: Mention, bearers: list[Member]) -> list[Member]:
    """Of several who bear a family name, those who were addressed so: "Dr. Berg"."""
    title = _title(mention)
    alike = [m for m in bearers if title and any(_title(x) == title for x in m.mentions)]
    return alike or bearers


def _title(mention: Mention) -> str:
    """The last word of the title before a name; nothing where it only addresses its bearer."""
    has_title = mention.name is not None and mention.name.title is not None
    words = mention.description.removesuffix(mention.text).split() if has_title else [""]
    return "" if words[-1].lower() in listed("actors", "courtesy") else words[-1]


def _is_called(member: Member, text: str) -> bool:
    if member.listed_as in _LISTED_WHOLLY:
        return False
    wanted = plain(text)
    return member.is_called(wanted) or wanted.upper() in member.acronyms


def _looks_like_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) in _ACRONYM_LENGTHS


def _initials(name: str) -> str:
    """The capitals that begin a name's words, where it has several: "PA"."""
    words = [w for w in re.split(r"[\s-]+", name) if w[:1].isupper()]
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def _is_storm(member: Member, own: str) -> bool:
    words = member.tokens
    return len(words) > 1 and words[-1] == own and words[-2].lower() in listed("names", "storm")


def _can_be_shortened(member: Member) -> bool:
    is_barred = member.is_thing or member.is_place or member.listed_as in (*_LISTED_WHOLLY, "media")
    return member.is_named and not is_barred


def _shortens(short: list[str], mention: Mention, member: Member) -> bool:
    if len(short) == len(member.tokens) == 1 and _is_bare_of(short[0], member.tokens[0]):
        return "person" in (mention.type, member.type)
    if len(short) >= len(member.tokens):
        return mention.type == member.type == "person" and _is_spelt_alike(short, member.tokens)
    if member.type is None and mention.type in (None, "person") and _ends_plainly(short, member):
        return True
    if (member.type or mention.type) == "person":
        if None not in (member.gender, mention.gender) and member.gender != mention.gender:
            return False  # "Mr. Bush" is not Laura Bush
        return mention.type in (None, "person") and _shortens_person(short, mention, member.tokens)
    return mention.type != "person" and _shortens_body(short, mention, member.tokens)


def _is_spelt_alike(name: list[str], other: list[str]) -> bool:
    """Whether two full names differ by one letter of the given name: "Viktoria", "Victoria"."""
    if len(name) != len(other) or name[1:] != other[1:]:
        return False
    a, b = name[0], other[0]
    differing = sum(x != y for x, y in zip(a, b, strict=False))
    return len(a) == len(b) >= _LONG_NAME and differing == 1


def _ends_plainly(short: list[str], member: Member) -> bool:
    """Whether a lone word is the last of a name that may be a person's, by its words."""
    long = member.tokens
    is_last = len(short) == 1 and short[0] == long[-1] and len(long) in _PERSON_NAME_LENGTHS
    is_last = is_last and all(w[0].isupper() for w in long)  # "Ferries de Sarn" is not Sarn
    kinds = ("organization", "place", "thing", "creed")
    return is_last and not any(w.lower() in listed("names", kind) for w in long for kind in kinds)


def _shortens_person(short: list[str], mention: Mention, long: list[str]) -> bool:
    """The family name ("Berg" for "Ola Berg"), or a given name that is used as one."""
    if len(short) > 1:
        has_initial = short[-1] == long[-1] and short[0][0] == long[0][0]
        # "Al Hassan" for "Al Hassan Ag Abdoul Aziz"
        opens = len(long) >= _MANY_NAMES and long[: len(short)] == short
        return has_initial or opens or long[-len(short) :] == short
    has_title = mention.name is None or mention.name.title is not None
    is_telling = len(long[0]) <= _SHORT_NAME or not gazetteer.is_first_name(long[0])
    family = _family_name(long)
    return short[0] in (family, _bare(family)) or (
        short[0] == long[0] and (is_telling or not has_title)
    )


def _family_name(name: list[str]) -> str:
    """The last word that is no "Jr." of a person's name."""
    own = [word for word in name if word.rstrip(".") not in ("Jr", "Sr", "II", "III", "IV")]
    return own[-1] if own else name[-1]


def _bare(word: str) -> str:
    """A family name without the particle that a hyphen ties to it: "Faisal" of "al-Faisal"."""
    particle, _, rest = word.partition("-")
    return rest if rest and particle.lower() in listed("names", "particle") else word


def _is_bare_of(one: str, other: str) -> bool:
    """Whether one of two family names is the other without its particle: "Jaber", "al-Jaber"."""
    return one != other and _bare(one) == _bare(other)


def _shortens_body(short: list[str], mention: Mention, long: list[str]) -> bool:
    """A name without its legal form, its last words, or its first where the rest adds little.

    Little is a place ("Amazon India") or a company's sort ("Simon Property Group").
    """
    is_bare = short == [w for w in long if not _is_legal_form(w)]
    is_telling = len(short) > 1 or is_institution(short[0]) or _is_republic(long)
    if is_bare or (is_telling and long[-len(short) :] == short):
        return True
    rest = long[len(short) :]
    place = gazetteer.lookup(" ".join(rest))
    is_place = place is not None and place.kind in ("state", "place") and place.form == "name"
    is_sort = rest[-1].lower() in listed("names", "company_sort") and short[0] != "The"
    is_long = len(short) > 1 and len(rest) == 1  # "Golden Horizon" for "Golden Horizon Harbours"
    is_same = is_sort or is_place or is_long or all(map(_is_legal_form, rest))
    known = mention.name.known if mention.name else None
    return long[: len(short)] == short and is_same and (known is None or known.kind == "body")


def _is_republic(long: list[str]) -> bool:
    """Whether a name is the solemn one of a land: "Republic of Vask"."""
    return len(long) == len(("Republic", "of", "Vask")) and long[:2] in (
        ["Republic", "of"],
        ["Kingdom", "of"],
        ["State", "of"],
    )


def _is_legal_form(word: str) -> bool:
    return word.lower() in listed("names", "legal_form")
