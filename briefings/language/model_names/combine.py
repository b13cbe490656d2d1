"""Joins the names found by rule with the entities found by the trained component.

The rules and lexicons decide what they know, and where a name begins after its title; the
component types what they do not know; the document decides where mentions disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from briefings.language import gazetteer
from briefings.language.model_names.entities import Entity, EntityType
from briefings.language.names import Name

_TYPES: dict[str, EntityType] = {
    "person": "PER",
    "organization": "ORG",
    "group": "ORG",
    "media": "ORG",
    "state": "LOC",
    "place": "LOC",
}
#: Ways of naming a state or place that name no place: "Egyptian", "Egyptians".
_PEOPLES = ("demonym", "people")
#: A type by rule or lexicon outweighs so many mentions typed by the component alone.
_RULE_VOTES = 3


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A stretch that may be a name, with the type proposed for it, and whether a rule did."""

    first: int
    last: int
    type: EntityType | None
    by_rule: bool


def combine(doc: Doc, names: Iterable[Name], entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Typed names in order, none overlapping; what neither side can type is left out."""
    names, entities = tuple(names), tuple(entities)
    at = {i: e for e in entities for i in range(e.first, e.last + 1)}
    proposals = [p for name in names for p in _proposals(doc, name, at)]
    covered = {i for n in names for i in range((n.title or (n.first, 0))[0], n.last + 1)}
    proposals += [
        _Proposal(e.first, e.last, e.type, by_rule=False)
        for e in entities
        if covered.isdisjoint(range(e.first, e.last + 1)) and _reads_as_name(doc, e)
    ]
    settled = _settle(doc, proposals)
    return tuple(_longest(settled))


def rule_type(doc: Doc, name: Name) -> EntityType | None:
    """The type of a name by rule and lexicon; None for peoples, offices, things, the unknown."""
    if name.known is not None and name.known.form in _PEOPLES:
        return None
    if name.kind == "group" and name.known is None:
        return None  # members of a creed
    if all(gazetteer.is_title(word.text) for word in doc[name.first : name.last + 1]):
        return None
    return _TYPES.get(name.kind)


def _proposals(doc: Doc, name: Name, at: Mapping[int, Entity]) -> list[_Proposal]:
    """What one name by rule comes to, given the entity that holds each word, if any."""
    kind = rule_type(doc, name)
    met = list(dict.fromkeys(at[i] for i in range(name.first, name.last + 1) if i in at))
    is_exact = any((e.first, e.last) == (name.first, name.last) for e in met)
    is_sure = name.known is not None or name.title is not None
    if kind and (is_sure or is_exact or not met):
        return [_Proposal(name.first, name.last, kind, by_rule=True)]
    if not kind and (name.kind != "unknown" or name.known or _is_common_plural(doc, name)):
        return []
    if not met:
        return [_Proposal(name.first, name.last, None, by_rule=False)]
    # "Emperor of the United States": where the component sees less or more, it sees better.
    return [_Proposal(e.first, e.last, e.type, by_rule=False) for e in met]


def _is_common_plural(doc: Doc, name: Name) -> bool:
    return name.first == name.last and doc[name.first].tag_ == "NNS"


def _reads_as_name(doc: Doc, entity: Entity) -> bool:
    """Whether to believe an entity where the rules see no name at all."""
    words = doc[entity.first : entity.last + 1]
    known = gazetteer.lookup(words.text)
    if known is not None and known.form in _PEOPLES:
        return False
    return any(word.text[:1].isupper() for word in words) and not gazetteer.is_title(words.text)


def _settle(doc: Doc, proposals: list[_Proposal]) -> list[Entity]:
    """Give every mention the type that the document gives its words; surnames are persons'."""
    votes: dict[str, Counter[EntityType]] = {}
    surnames: set[str] = set()
    for p in proposals:
        if p.type:
            weight = _RULE_VOTES if p.by_rule else 1
            votes.setdefault(_text(doc, p), Counter())[p.type] += weight
        if p.type == "PER" and p.last > p.first:
            surnames.add(doc[p.last].text)
    settled = []
    for p in proposals:
        kind, text = p.type, _text(doc, p)
        if not p.by_rule and text in surnames:
            kind = "PER"
        elif not p.by_rule and text in votes:
            kind = votes[text].most_common(1)[0][0]
        if kind:
            settled.append(Entity(p.first, p.last, kind))
    return sorted(set(settled), key=lambda e: (e.first, e.last))


def _text(doc: Doc, proposal: _Proposal) -> str:
    return doc[proposal.first : proposal.last + 1].text


def _longest(entities: list[Entity]) -> list[Entity]:
    """Of entities that overlap, the longer."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.first > kept[-1].last:
            kept.append(entity)
        elif entity.last - entity.first > kept[-1].last - kept[-1].first:
            kept[-1] = entity
    return kept
