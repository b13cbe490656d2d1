"""Weighs what sets parties apart: each stance by where it stands, each pair by all that is between.

It tells which rifts are open ones, from evidence an editor would print; it gathers no members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.central import content_words
from briefings.summarizers.extractive.relations import Stance

# All numbers here were set by hand on the development articles and read against a hundred others.
#: What a stance counts for by where it stands: headline, lead, the first half, the rest; and where
#: its sentence has nothing of what headline and lead are about.
_HEADLINE, _EARLY, _LATE, _ASIDE = 1.8, 1.5, 0.7, 0.5
_LEAD_ENDS, _LATE_FROM = 3, 14
#: What opposition is worth beside: both stand against each other; one of them speaks up (up to a
#: limit) or nobody does; one of them only rules on the matter. And how their weights count.
_MUTUAL = 1.3
_PER_SPEAKING, _MOST_SPEAKING = 0.4, 3.0
_ARBITER = 0.3
_WEIGHT_EXPONENT = 0.4
#: A stance of more than this weight was found by the parse; of so much, it is plain hostility.
_PLAIN, _STRONG = 0.5, 0.9
#: To be charged to one's face weighs so much.
_CHARGED = 1.5
#: A stance of this weight is one that the writer tells of two by one word: "a rift between".
_SET = 2.0
#: So many sentences of one rift make it one that an article is about, wherever they stand.
_OFTEN = 2
#: What is demanded stands among so many first words of it.
_OPENING = 7
#: So many slight stances, taken both ways, are as good as plain ones.
_MANY = 3

Pair = tuple[int, int]


class Rifts:
    """What stands between roots, by their numbers; filled stance by stance.

    `toward` is how much the first of two stands against the second; `stances` what tells so.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._topic = _topic(reading)
        self._is_of_dispute = any(
            w.lemma_.lower() in listed("dispute", "strong_nouns")
            for sent in reading.sents[: min(_LEAD_ENDS, len(reading.sents))]
            for w in sent
        )
        self.toward: dict[Pair, float] = defaultdict(float)
        self.stances: dict[Pair, list[Stance]] = defaultdict(list)
        self.pairs: set[Pair] = set()

    def add(self, one: int, other: int, stance: Stance) -> None:
        """Count a stance that a member of root `one` takes towards one of root `other`."""
        self.toward[one, other] += stance.weight * self.share(stance)
        self.stances[one, other].append(stance)
        self.pairs.add((min(one, other), max(one, other)))

    def net(self, a: int, b: int) -> float:
        """How much two roots are against each other, both ways together."""
        return self.toward[a, b] + self.toward[b, a]

    def share(self, stance: Stance) -> float:
        """What a stance counts for: more in the lead, less where it is beside the matter."""
        number = self._reading.sentence_number(stance.word)
        if number <= _LEAD_ENDS:
            return _HEADLINE if number == 0 else _EARLY
        is_on_topic = bool(self._topic & content_words(self._reading, number).keys())
        return (_LATE if number >= _LATE_FROM else 1.0) * (1.0 if is_on_topic else _ASIDE)

    def opposition(
        self,
        pair: Pair,
        contention: dict[int, float],
        mass: dict[int, float],
        arbiters: Collection[int],
    ) -> float:
        """How much speaks for two roots as the sides of the dispute; 0 where they are none."""
        a, b = pair
        there, back = self.toward[a, b], self.toward[b, a]
        if there + back <= 0:
            return 0.0
        speaking = min(contention[a], contention[b], _MOST_SPEAKING)
        score = (there + back + _PER_SPEAKING * speaking) * (_MUTUAL if min(there, back) > 0 else 1)
        score *= float((mass[a] * mass[b]) ** _WEIGHT_EXPONENT)
        return score * float(_ARBITER ** ((a in arbiters) + (b in arbiters)))

    def is_open(
        self, pair: Pair, answers: Callable[[int], bool], is_central: Callable[[int], bool]
    ) -> bool:
        """Whether the article tells of a quarrel between two roots, not of one passing remark.

        It does where both turn on each other, where one does so in headline or lead, in several
        sentences, or on somebody who `is_central`. What an authority does by its office (a fine, an
        arrest) and what is merely asked for are one only where the other, by `answers`, speaks up.
        """
        plain = {
            way: [s for s in self.stances.get(way, ()) if s.weight > _PLAIN]
            for way in (pair, pair[::-1])
        }
        weak = [s for way in plain for s in self.stances.get(way, ()) if s.weight > 0]
        is_mutual = all(any(s.weight > 0 for s in self.stances.get(way, ())) for way in plain)
        if all(plain.values()) or (is_mutual and len(weak) >= _MANY):
            return True
        way, told = next(((way, told) for way, told in plain.items() if told), (pair, []))
        places = {self._reading.sentence_number(s.word) for s in told}
        is_said = any(s.statement is not None for s in told)
        is_told = (
            len(places) >= _OFTEN
            or any(n <= _LEAD_ENDS for n in places)
            or (is_said and is_central(way[1]) and any(self.share(s) >= _ASIDE for s in told))
            or any(s.is_on_matter for s in told)
            or self._is_of_dispute
        )
        is_hostile = any(s.weight >= _STRONG and not self._is_mild(s) for s in told)
        return is_told and (is_hostile or (bool(told) and answers(way[1])))

    def is_charged(self, number: int) -> bool:
        """Whether a root is plainly charged with something in a story that is told as a dispute."""
        into = (s for (_, b), told in self.stances.items() if b == number for s in told)
        return self._is_of_dispute and any(s.weight >= _CHARGED and s.statement for s in into)

    def is_set_against(self, number: int) -> bool:
        """Whether the writer sets a root against another over what headline or lead is about."""
        told = (s for pair, told in self.stances.items() if number in pair for s in told)
        return any(s.is_on_matter and s.weight >= _SET for s in told)

    def _is_mild(self, stance: Stance) -> bool:
        """Whether a stance is an act of office or a request, which alone makes no quarrel."""
        lemma = self._reading.doc[stance.word].lemma_.lower()
        if stance.statement is None:
            return lemma in listed("dispute", "of_office")
        if stance.statement.kind == "demand":
            return not self._is_adverse(stance, lemma)
        return stance.statement.kind in ("decide", "propose")

    def _is_adverse(self, stance: Stance, lemma: str) -> bool:
        """Whether a demand is made sharply, or of something that harms whom it is made of."""
        first, last = stance.statement.attribution.content[0]  # type: ignore[union-attr]
        opening = self._reading.doc[first : min(last, first + _OPENING) + 1]
        adverse = listed("dispute", "adverse")
        return lemma in listed("dispute", "sharp") or any(
            w.lemma_.lower() in adverse for w in opening
        )


def _topic(reading: Reading) -> set[str]:
    """Content words of headline and lead but for names."""
    first = reading.sents[: min(_LEAD_ENDS, len(reading.sents))]
    names = {w.lemma_.lower() for sent in reading.sents for w in sent if w.tag_.startswith("NNP")}
    lead = {w for n in range(len(first)) for w in content_words(reading, n)}
    return lead - names
