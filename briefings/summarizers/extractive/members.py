"""A member of the cast: everything the article mentions as one person, body, state or group.

It keeps what is known of it; which mentions belong to it is decided in `cast`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from briefings.briefing import ActorType
from briefings.language.gazetteer import Known
from briefings.language.names import Name
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.roles import Role

#: What a lexicon lists a member under: its kind and its canonical name.
Key = tuple[str, str]


@dataclass(eq=False)
class Member:
    """Everything the article mentions as one and the same; filled while the cast is made."""

    number: int
    name: str
    type: ActorType | None
    key: Key | None = None
    mentions: list[Mention] = field(default_factory=list)
    #: Mentions that only colour another noun: "Israeli" in "Israeli officials".
    passing: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    #: Lower-case lemmas of the nouns it is called by: "minister", "court".
    heads: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    #: Of a land that no lexicon lists: "Talmiran".
    demonyms: set[str] = field(default_factory=set)
    gender: str | None = None
    is_media: bool = False
    is_place: bool = False
    is_thing: bool = False
    is_plural: bool = False
    #: What `forms` gave last, with how much it was made from: long articles ask very often.
    _forms: tuple[tuple[int, int, int], list[str]] | None = None
    _plain: tuple[list[str], set[str]] | None = None
    _ordered: list[Mention] | None = None

    @property
    def is_named(self) -> bool:
        """Whether any mention gives its name."""
        return any(mention.form == "name" for mention in self.mentions)

    @property
    def can_take_part(self) -> bool:
        """Whether it is in the story, not one that only carries it, a place or a thing."""
        return not (self.is_media or self.is_place or self.is_thing)

    @property
    def tokens(self) -> list[str]:
        """The words of its name."""
        return self.name.split()

    @property
    def label(self) -> str:
        """The fullest name the article itself gives it, without "the": never a lexicon's."""
        if self.listed_as != "state":
            return self.name.removeprefix("the ").removeprefix("The ")
        named = [m for m in self.mentions if m.name and m.name.known]
        proper = [m.text for m in named if m.name.known.form in ("name", "acronym")]  # type: ignore[union-attr]
        return max(proper, key=len, default=next((m.text for m in named), self.name))

    @property
    def listed_as(self) -> str | None:
        """The kind a lexicon lists it under ("state", "people", "body", …), if one does."""
        return self.key[0] if self.key else None

    def forms(self) -> list[str]:
        """Every wording it is mentioned by, commonest first, pronouns left out."""
        state = (len(self.mentions), len(self.passing), len(self.acronyms))
        if self._forms is None or self._forms[0] != state:
            self._forms = (state, self._count_forms())
        return self._forms[1]

    def _count_forms(self) -> list[str]:
        counted = Counter(m.text for m in self.mentions if m.form != "pronoun")
        counted.update({m.text: 0 for m in self.passing})
        ordered = [form for form, _ in counted.most_common()]
        return [*ordered, *sorted(self.acronyms - set(ordered))]

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Its mentions whose main words stand from word `start` to before word `end`, in order."""
        if self._ordered is None or len(self._ordered) != len(self.mentions):
            self._ordered = sorted(self.mentions, key=lambda m: m.head)
        first = bisect_left(self._ordered, start, key=lambda m: m.head)
        return self._ordered[first : bisect_left(self._ordered, end, key=lambda m: m.head)]

    def is_called(self, wording: str) -> bool:
        """Whether it is named or mentioned by this wording, which `plain` has made plain."""
        forms = self.forms()
        if self._plain is None or self._plain[0] is not forms:
            self._plain = (forms, {plain(self.name), *map(plain, forms)})
        return wording in self._plain[1] or plain(self.name) == wording

    def learn(self, mention: Mention) -> None:
        """Take over from a mention what it tells: gender, number, acronym, fuller name, type."""
        if mention.form != "pronoun":
            self.gender = self.gender or mention.gender
        self.is_plural = self.is_plural or mention.is_plural
        self.type = self.type or mention.type
        if mention.name:
            self._learn_name(mention.name)

    def _learn_name(self, name: Name) -> None:
        if name.acronym:
            self.acronyms.add(name.acronym)
        is_fuller = len(name.text) > len(self.name) and name.kind != "unknown"
        if is_fuller and self.key is None:
            self.name = name.text


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A wording in lower case without article, possessive ending and marks at its ends."""
    text = re.sub(r"^(the|a|an) ", "", text.replace("’", "'").lower())
    return re.sub(r"('s|')$", "", text).strip(" .,")


def key_of(known: Known) -> Key:
    """The key of what a lexicon knows; a people is kept apart from its state."""
    return ("people" if known.form == "people" else known.kind), known.name
