"""Finds the member of the cast that a role noun ("the minister") or a pronoun ("he") means.

It looks back for whoever answers to it; it makes no members and compares no names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefings.language import lexicon
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cues import verb_cue
from briefings.summarizers.extractive.members import Member, plain
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.naming import in_order, is_institution

# All numbers here were set by hand on the development articles.
#: How many sentences back "the company" may take its name from, and how much farther a named one.
_REACH = 6
_NAMED_REACH = 18
#: Beyond so many sentences a pronoun has been renewed.
_PRONOUN_REACH = 2
#: Headline and lead end with the sentence of this number.
_LEAD_END = 2
#: So many sentences on, a lead has named whom it mentioned: "A House panel … The House Committee".
_NAMED_WITHIN = 3
#: Of the words before a role noun, so many are asked for in what it could mean.
_MOST_MODIFIERS = 3
#: Words that tell nothing of who it is: "the former minister".
_IDLE_MODIFIERS = ("former", "new", "same")
#: So many letters of two words alike make them one: "Egypt" and "Egyptian".
_STEM = 5
#: What speaks for an antecedent: near in sentences and words, a subject, named, itself a pronoun.
_PER_SENTENCE, _SUBJECT, _NAMED, _PRONOUN, _PER_WORD = -1.5, 1.2, 0.4, 0.3, 0.002
#: And, of "they", that it is many: a body is "they" only where no people are near.
_MANY = 1.0


class Described:
    """The members that role nouns can mean, by what they are called and what they are."""

    def __init__(self, reading: Reading, at: Mapping[int, Member], named: Sequence[Member]) -> None:
        """Take in the members that have names; `at` maps each word of a mention to its member."""
        self._reading = reading
        self._at = at
        self._unnamed: dict[str, Member] = {}
        self._groups: dict[str, dict[int, Member]] = defaultdict(dict)
        self._bodies = _by_sort(named)
        self._sub_state = _main_sub_state(named)
        self._central_banks = [m for m in named if m.name in listed("actors", "central_bank")]
        for member in named:
            if member.can_take_part and member.type in ("organization", "group"):
                # "The Kessaran government" is the "Kessaran Government" of another line.
                self._unnamed.setdefault(plain(member.name), member)

    def learn(self, member: Member, mention: Mention) -> None:
        """Take in what a member without a name was called by last."""
        self._unnamed[plain(mention.text)] = member
        if mention.is_plural:
            lemma = self._reading.doc[mention.head].lemma_.lower()
            self._groups[lemma][member.number] = member

    def find(self, mention: Mention) -> Member | None:
        """The member that a role noun means: "the minister", "the court", "investigators"."""
        same = self._only_one(mention) or self._unnamed.get(plain(mention.text))
        if same is not None:
            return same
        lemma = self._reading.doc[mention.head].lemma_.lower()
        if lemma in listed("actors", "generic"):
            return None
        if mention.is_plural:
            return self._find_people(mention, lemma)
        if mention.is_definite:
            is_body = lemma in listed("actors", "body")
            for member in _in_reach(self._reading, self._at, mention, is_body=is_body):
                if _answers_to(self._reading, member, lemma, mention):
                    return member
        return self._find_body(mention, lemma)

    def _only_one(self, mention: Mention) -> Member | None:
        """Who a noun for what an article has but one of means: "the state", "the central bank"."""
        wording = plain(mention.text)
        if wording == "state" and mention.is_definite:
            start = self._reading.doc[mention.head].sent.start
            here = _mentioned(self._at, start, mention.first)
            return next(filter(_is_sub_state, here), self._sub_state)
        is_bank = wording == "central bank" and len(self._central_banks) == 1
        return self._central_banks[0] if is_bank else None

    def _find_people(self, mention: Mention, lemma: str) -> Member | None:
        """The one group that a bare plural repeats: "lawmakers" after "Kessaran lawmakers"."""
        if len(mention.text.split()) > 1 or lemma in listed("actors", "of_many"):
            return None
        called = list(self._groups[lemma].values())
        return called[0] if len(called) == 1 else None

    def _find_body(self, mention: Mention, lemma: str) -> Member | None:
        """The one body of the article that a noun for its sort can mean; None for several.

        "The antitrust regulator" is the only commission that was named before; "a House panel" in
        headline or lead is the House committee that the article goes on to name.
        """
        words = mention.text.split()[:-1]
        marks = {word for word in words if word[:1].isupper()}
        is_early = self._reading.sentence_number(mention.head) <= _LEAD_END and bool(marks)
        if not mention.is_definite and not is_early:
            return None
        within = range(mention.first) if not is_early else range(self._soon_after(mention))
        fitting = [
            member
            for member in self._bodies.get(lemma, ())
            if marks <= set(member.tokens) and any(m.head in within for m in member.mentions)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _soon_after(self, mention: Mention) -> int:
        """The word before which a lead names in full whom it mentioned first."""
        last = self._reading.sentence_number(mention.head) + _NAMED_WITHIN
        return self._reading.sents[min(last, len(self._reading.sents) - 1)].end


def _main_sub_state(named: Sequence[Member]) -> Member | None:
    """The state of a union that an article is about, so that "the state" means it; None of two."""
    found = sorted(filter(_is_sub_state, named), key=lambda m: -len(m.mentions))
    is_clear = len(found) == 1 or (found[1:] and len(found[0].mentions) > len(found[1].mentions))
    return found[0] if is_clear else None


def _by_sort(named: Sequence[Member]) -> dict[str, list[Member]]:
    """The named bodies under each noun for their sort: a commission under "regulator"."""
    sorts: dict[str, list[str]] = lexicon.load("actors")["called"]
    found: dict[str, list[Member]] = defaultdict(list)
    for member in named:
        if member.type == "organization" and member.can_take_part:
            words = {word.lower() for word in member.tokens}
            for noun, names in sorts.items():
                if words & set(names):
                    found[noun].append(member)
    return found


def find_antecedent(reading: Reading, at: Mapping[int, Member], mention: Mention) -> Member | None:
    """Who "he", "she", "they" or "it" is: the likeliest member mentioned before that agrees.

    `at` maps each word of a mention to its member.
    """
    here = reading.sentence_number(mention.head)
    window = reading.sents[max(0, here - _PRONOUN_REACH)].start
    closes = _closes_quotation(reading, mention)
    end = reading.sents[here].start if closes else mention.head
    scored = [
        (_fitness(reading, member, other, mention), member)
        for member in _mentioned(at, window, end)
        if (_has_spoken(reading, member) or not (closes and mention.is_plural))
        and _agrees(member, mention)
        and not (member.is_place or member.is_media)
        for other in member.mentions_between(window, end)
        if reading.is_quoted(mention.head) or not reading.is_quoted(other.head)
    ]
    return max(scored, key=lambda pair: pair[0], default=(0.0, None))[1]


def _closes_quotation(reading: Reading, mention: Mention) -> bool:
    """Whether a pronoun speaks of others in its sentence: "Lawmakers should act, they write.".

    Or in the middle of one: "The killing of Holm helped them, he said, by …".
    """
    doc, i = reading.doc, mention.head
    if i < doc[i].sent.start + 2 or i + 2 >= len(doc) or doc[i - 1].text != ",":
        return False
    cue = verb_cue(doc[i + 1])
    closes = doc[i + 2].text in (".", ",") or bool(doc[i + 2].is_sent_start)
    return closes and cue is not None and cue.kind_in("say") is not None


def _has_spoken(reading: Reading, member: Member) -> bool:
    """Whether somebody is the subject of a verb of saying anywhere: "researchers write"."""
    verbs = (reading.doc[m.head] for m in member.mentions)
    cues = (verb_cue(w.head) for w in verbs if w.dep_.startswith("nsubj"))
    return any(cue is not None and cue.kind_in("say") is not None for cue in cues)


def _mentioned(at: Mapping[int, Member], start: int, end: int) -> list[Member]:
    """The members with a word from word `start` to before word `end`, in the order met."""
    return in_order({m.number: m for m in map(at.get, range(start, end)) if m is not None})


# --- role nouns ----------------------------------------------------------------------------------


def _in_reach(
    reading: Reading, at: Mapping[int, Member], mention: Mention, *, is_body: bool
) -> list[Member]:
    """The members mentioned before this and not too far back, the latest first."""
    here = reading.sentence_number(mention.head)
    reached: list[tuple[int, Member]] = []
    farthest = reading.sents[max(0, here - _NAMED_REACH)].start
    for member in _mentioned(at, farthest, mention.first):
        reach = _NAMED_REACH if member.is_named or is_body else _REACH
        window = reading.sents[max(0, here - reach)].start
        before = member.mentions_between(window, mention.first)
        if before:
            reached.append((before[-1].head, member))
    return [member for _, member in sorted(reached, key=lambda pair: -pair[0])]


def _answers_to(reading: Reading, member: Member, lemma: str, mention: Mention) -> bool:
    """Whether a member can be called by a role noun with the words before it."""
    if not member.can_take_part:
        return False
    idle = (lemma, *_IDLE_MODIFIERS)
    modifiers = [w for w in plain(mention.text).split() if w not in idle][:_MOST_MODIFIERS]
    described = _described(reading, member)
    stems = {word[:_STEM] for word in described}
    if not all(w[:_STEM] in stems for w in modifiers):
        return False
    if lemma in listed("actors", "body") and _is_of_another(mention, described):
        return False
    # "The union" is never its secretary, though the union stands in what he is called.
    is_body = member.type != "person" and lemma in listed("actors", "body") and lemma in described
    return is_body or lemma in member.heads or _fits_type(member, lemma, modifiers)


def _is_of_another(mention: Mention, described: set[str]) -> bool:
    """Whether a noun is that of something else: "the center of the storm" is no Storm Center."""
    rest = mention.description.removeprefix(mention.text).split()
    return rest[:1] == ["of"] and described.isdisjoint(word.lower() for word in rest[1:])


def _described(reading: Reading, member: Member) -> set[str]:
    """Every word that the article uses of a member, lower case."""
    words = {w for m in member.mentions for w in plain(m.description).split()}
    said = [r for r in member.roles if r.kind != "relative"]
    words |= {reading.doc[i].lower_ for r in said for i in range(r.first, r.last + 1)}
    return words | {w.lower() for w in member.tokens} | member.heads


def _fits_type(member: Member, lemma: str, modifiers: list[str]) -> bool:
    """Whether a noun fits by what sort of thing the member is, though it was never called so."""
    if modifiers or member.type == "person":
        return False  # "the Saudi source" is nobody of whom the article only says "Saudi"
    if member.type == "organization":
        return lemma in listed("actors", "company") and _may_be_company(member)
    if member.type == "state":
        is_country = lemma in listed("actors", "country") and lemma != "government"
        return is_country and (lemma == "state") == _is_sub_state(member)
    return False


def _may_be_company(member: Member) -> bool:
    is_body = any(is_institution(word) or word.isupper() for word in member.tokens)
    return member.is_named and not is_body


def _is_sub_state(member: Member) -> bool:
    """Whether it is a state of a union: "the state" is Utah, never Egypt."""
    return any(m.name and m.name.known and m.name.known.level == "sub" for m in member.mentions)


# --- pronouns ------------------------------------------------------------------------------------


def _fitness(reading: Reading, member: Member, other: Mention, mention: Mention) -> float:
    is_subject = reading.doc[other.head].dep_.startswith("nsubj")
    score = _PER_SENTENCE * _sentences_between(reading, other, mention)
    score += _SUBJECT if is_subject else 0.0
    score += _NAMED if member.is_named else 0.0
    score += _MANY if mention.is_plural and member.is_plural else 0.0
    score += _PRONOUN if other.form == "pronoun" else 0.0
    return score - _PER_WORD * (mention.head - other.head)


def _sentences_between(reading: Reading, other: Mention, mention: Mention) -> int:
    return reading.sentence_number(mention.head) - reading.sentence_number(other.head)


def _agrees(member: Member, mention: Mention) -> bool:
    """Whether a pronoun and a member agree in kind, number and gender."""
    pronoun = mention.text.lower()
    if pronoun in ("he", "him", "she", "her"):
        is_one_person = member.type == "person" and not member.is_plural
        return is_one_person and member.gender in (None, mention.gender)
    if pronoun in ("they", "them"):
        return member.is_plural or member.type in ("group", "organization")
    if pronoun == "it":
        return member.type in ("organization", "state") and not member.is_plural
    return False
