"""Finds who the article says somebody is: titles, appositions, copulas, relative clauses.

It reads one mention at a time; which role an actor is shown with is chosen in `actors`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.mentions import Mention

Kind = Literal["title", "apposition", "copula", "relative"]

_LONGEST_APPOSITION = 16
_LONGEST_RELATIVE = 14
_LONG_ENOUGH = 4
_STOPS = (",", ".", ";", ":", "(", ")", "—", "--", "–", "“", "”", '"', "``", "''", "!", "?")


@dataclass(frozen=True, slots=True)
class Role:
    """Words `first` to `last` say who a mention is; `head` is the noun that says it."""

    first: int
    last: int
    head: int
    kind: Kind


def find_roles(reading: Reading, mention: Mention) -> Iterator[Role]:
    """What the text says of a mention right where it stands, surest first."""
    if mention.name and mention.name.title:
        first, last = mention.name.title
        yield Role(first, last, last, "title")
    for find in (_apposition_after, _apposition_before, _copula, _relative):
        role = find(reading, mention)
        if role:
            yield role


def role_words(reading: Reading, role: Role) -> str:
    """The words of a role as the article has them, the article before the noun left out."""
    first = role.first
    while first < role.last and reading.doc[first].lower_ in ("a", "an", "the"):
        first += 1
    return reading.span(first, role.last).quote.rstrip(",")


def _apposition_after(reading: Reading, mention: Mention) -> Role | None:
    """ "Chanakya Basa, a lawyer for the sellers, …"."""
    doc, end = reading.doc, mention.last
    if mention.form != "name":
        return None
    i = _after_acronym(reading, end)
    if (
        i + 2 >= len(doc)
        or doc[i].text not in (",", "—", "--", "–", "(")
        or doc[i + 1].is_sent_start
    ):
        return None
    first = i + 1
    if doc[first].tag_ not in (
        "DT",
        "PRP$",
        "JJ",
        "JJS",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "CD",
        "RB",
        "VBG",
        "VBN",
    ):
        return None
    head = _noun_head(reading, first)
    if head is None or not _names_a_role(head, mention):
        return None
    last = _phrase_end(reading, head)
    following = doc[last + 1] if last + 1 < len(doc) else None
    closes = following is None or following.text in _STOPS or doc[last].is_sent_end
    # Some desks leave the closing comma out: "Berg, the leader of the party told the paper".
    closes = closes or (
        following is not None and following.tag_ in ("VBD", "VBZ") and last - first >= _LONG_ENOUGH
    )
    if not closes or (last + 1 < len(doc) and doc[last + 1].text == "and"):
        return None
    return Role(first, last, head.i, "apposition")


def _after_acronym(reading: Reading, end: int) -> int:
    """The word after a name and the acronym in brackets that may follow it."""
    doc = reading.doc
    if end + 3 < len(doc) and doc[end + 1].text == "(":
        for i in range(end + 2, min(end + 6, len(doc))):
            if doc[i].text == ")":
                return i + 1
    return end + 1


def _apposition_before(reading: Reading, mention: Mention) -> Role | None:
    """ "AIOVA's lawyer, Chanakya Basa, said …"."""
    doc, start = reading.doc, mention.first
    if mention.form != "name" or start < 2 or doc[start - 1].text != ",":  # noqa: PLR2004
        return None
    sentence = doc[start].sent
    after = doc[mention.last + 1] if mention.last + 1 < sentence.end else None
    if (
        after is not None
        and after.text not in (",", ".", "”", '"', "''", "and", "(")
        and not after.tag_.startswith("VB")
    ):
        return None
    first = start - 2
    while (
        first > sentence.start
        and doc[first - 1].text not in _STOPS
        and not doc[first - 1].tag_.startswith("VB")
        and start - first < _LONGEST_APPOSITION
    ):
        first -= 1
    heads = [
        w
        for w in doc[first : start - 1]
        if _names_a_role(w, mention) and w.tag_.startswith("NN") and not w.text[0].isupper()
    ]
    if not heads or doc[first].lower_ in ("and", "but", "when", "as", "with"):
        return None
    if (
        first - 2 >= sentence.start
        and doc[first - 1].text == ","
        and doc[first - 2].tag_ in ("NNP", "NNPS")
    ):
        return None  # it explains the name before it: "Broughton, a lawyer for a defendant, Ruiz"
    return Role(first, start - 2, heads[0].i, "apposition")


def _copula(reading: Reading, mention: Mention) -> Role | None:
    """ "Appario is a joint venture between …"."""
    word = reading.doc[mention.head]
    predicate = word.head
    if (
        not word.dep_.startswith("nsubj")
        or not predicate.tag_.startswith("NN")
        or predicate.i < word.i
    ):
        return None
    verb = next((c for c in predicate.children if c.dep_ == "cop"), None)
    if verb is None or any(
        c.dep_ == "advmod" and c.lower_ in ("not", "n't", "n’t") for c in predicate.children
    ):
        return None
    if gazetteer.role_noun(predicate.lemma_.lower()) is None:
        return None
    first = verb.i + 1
    return Role(first, _phrase_end(reading, predicate), predicate.i, "copula")


def _relative(reading: Reading, mention: Mention) -> Role | None:
    """ "AIOVA, which represents more than 3,500 online sellers, …"."""
    doc = reading.doc
    i = _after_acronym(reading, mention.last)
    if mention.form != "name" or i + 2 >= len(doc) or doc[i].text != ",":
        return None
    if doc[i + 1].lower_ not in ("which", "who") or not doc[i + 2].tag_.startswith(("VB", "RB")):
        return None
    last = i + 2
    while last + 1 < doc[i].sent.end and doc[last + 1].text not in _STOPS:
        last += 1
    if last - i > _LONGEST_RELATIVE:
        return None
    return Role(i + 2, last, i + 2, "relative")


def _noun_head(reading: Reading, first: int) -> Token | None:
    """The main noun of the noun phrase that starts at `first`, found by its word classes."""
    doc = reading.doc
    head = None
    for i in range(first, min(first + _LONGEST_APPOSITION, len(doc))):
        word = doc[i]
        if word.is_sent_start and i > first:
            break
        if word.tag_.startswith("NN"):
            head = word
            following = doc[i + 1] if i + 1 < len(doc) else None
            if following is None or not following.tag_.startswith(
                ("NN", "POS", "HYPH", "JJ", "VBG")
            ):
                return head
            if following.tag_ == "JJ" and following.text[0].islower():
                return head
        elif (
            word.tag_
            not in (
                "DT",
                "PRP$",
                "JJ",
                "JJS",
                "JJR",
                "CD",
                "POS",
                "HYPH",
                "RB",
                "VBG",
                "VBN",
                "CC",
                "-LRB-",
                "AFX",
            )
            and not word.is_quote
        ):
            break
    return head


def _names_a_role(head: Token, mention: Mention) -> bool:
    kind = gazetteer.role_noun(head.lemma_.lower()) or gazetteer.role_noun(head.lower_)
    if kind is None and mention.type != "person":
        return head.lemma_.lower() in listed("actors", "company") or head.lemma_.lower() in (
            "venture",
            "application",
            "app",
            "seat",
            "stronghold",
            "site",
            "rival",
            "unit",
            "arm",
            "subsidiary",
            "brand",
        )
    if mention.type == "person":
        return kind == "person"
    return kind is not None


def _phrase_end(reading: Reading, head: Token) -> int:
    """Last word of what follows a noun up to the next mark: "of the House panel"."""
    doc, i = reading.doc, head.i
    limit = min(head.sent.end - 1, head.i + _LONGEST_APPOSITION)
    while i < limit:
        following = doc[i + 1]
        if (
            following.text == "("
            and i + 4 < limit
            and doc[i + 3].text == ")"
            and doc[i + 4].tag_.startswith(("NN", "JJ"))
        ):
            i += 3  # "leader of the Green party (Gruene) faction"
            continue
        if following.text in _STOPS or following.tag_ in ("WP", "WDT", "MD", "VBD", "VBZ", "VBP"):
            break
        if (
            following.tag_ in ("WRB",)
            or following.lower_ in ("and", "but", "while", "as")
            and not _joins_nouns(doc[i], following)
        ):
            break
        i += 1
    return i


def _joins_nouns(before: Token, conjunction: Token) -> bool:
    after = conjunction.nbor(1) if conjunction.i + 1 < len(conjunction.doc) else None
    return (
        conjunction.lower_ == "and"
        and after is not None
        and before.tag_[:2] == after.tag_[:2] == "NN"
        and before.text[0].isupper() == after.text[0].isupper()
    )
