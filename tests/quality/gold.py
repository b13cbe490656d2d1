"""What a careful desk editor would put into a briefing of each of our articles, checked and placed.

An annotation names its sentences by quoting them; every quotation must stand in the article exactly
once, so that an article can't be edited without its annotation. It judges no briefing.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from briefings.article import Article
from briefings.briefing import ActorType, ClaimKind

TESTS = Path(__file__).parents[1]
ARTICLES = TESTS / "data" / "articles"
GOLD = TESTS / "data" / "gold"
#: Between the first and the last words of a quotation; what it leaves out ends no paragraph.
GAP = " … "


class Misquoted(ValueError):
    """A quotation that the article does not hold, or holds twice."""


class Passage(NamedTuple):
    """Offsets into `Article.text`, in code points; `end` is exclusive."""

    start: int
    end: int


def place(quotation: str, text: str) -> Passage:
    """Where a quotation stands: whole, or as its first and last words with `GAP` between them."""
    first, _, last = quotation.partition(GAP)
    pattern = re.escape(first)
    if last:
        pattern += rf"[^\n]*?{re.escape(last)}"
    found = [Passage(*match.span()) for match in re.finditer(pattern, text)]
    if len(found) != 1:
        raise Misquoted(f"stands {len(found)} times in the article, not once: {quotation!r}")
    return found[0]


def _place_all(quotations: object, info: ValidationInfo) -> tuple[Passage, ...]:
    if not isinstance(quotations, list):
        raise TypeError("quotations are a list")
    return tuple(place(quotation, _text(info)) for quotation in quotations)


def _check_words(words: str, info: ValidationInfo) -> str:
    if words not in _text(info):
        raise Misquoted(f"stands nowhere in the article: {words!r}")
    return words


def _check_keyword(keyword: str, info: ValidationInfo) -> str:
    if keyword not in _text(info).casefold():
        raise Misquoted(f"no lower-case words of the article: {keyword!r}")
    return keyword


def _text(info: ValidationInfo) -> str:
    context: dict[str, str] = info.context or {}
    return context["text"]


Passages = Annotated[tuple[Passage, ...], BeforeValidator(_place_all), Field(min_length=1)]
Words = Annotated[str, BeforeValidator(_check_words)]
Keyword = Annotated[str, BeforeValidator(_check_keyword)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldActor(_Part):
    """`tier` 1: a briefing without this actor is incomplete; 2: may be named. `role`: any of
    these keywords in the actor's role is right."""

    name: str
    tier: Literal[1, 2]
    type: ActorType
    aliases: tuple[Words, ...] = ()
    role: Annotated[tuple[Keyword, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_named(self, info: ValidationInfo) -> Self:
        if not self.aliases:
            _check_words(self.name, info)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class GoldSide(_Part):
    """One of the two main sides; `position` are the sentences that say what it holds or wants."""

    label: str
    members: Annotated[tuple[str, ...], Field(min_length=1)]
    position: Passages


class GoldClaim(_Part):
    """One attributed statement. `speaker`: an actor's name or the article's words for somebody who
    is none; `also`: other names that are as right; `via`: the outlet that carried it; `minor`: may
    be given, such as a refusal to comment, and is not missed."""

    speaker: str
    also: tuple[Words, ...] = ()
    kind: ClaimKind
    via: Words | None = None
    minor: bool = False
    says: Passages


class GoldLine(_Part):
    """A stake or an unknown; the label is for people."""

    label: str
    says: Passages


class GoldEvent(_Part):
    """Something at a time, which is given in the article's words."""

    when: Words
    says: Passages


class Gold(_Part):
    """The annotation of one article. `issue`: groups of words; the issue line names one of each."""

    article: str
    contested: bool
    issue: tuple[Annotated[tuple[Keyword, ...], Field(min_length=1)], ...]
    sides: tuple[GoldSide, ...]
    actors: Annotated[tuple[GoldActor, ...], Field(min_length=1)]
    outlets: tuple[Words, ...] = ()
    claims: Annotated[tuple[GoldClaim, ...], Field(min_length=1)]
    stakes: Annotated[tuple[GoldLine, ...], Field(min_length=1)]
    unknowns: tuple[GoldLine, ...]
    timeline: tuple[GoldEvent, ...]
    lead: Passages

    @model_validator(mode="after")
    def _dispute_has_two_sides(self) -> Self:
        if len(self.sides) != (2 if self.contested else 0) or bool(self.issue) != self.contested:
            raise ValueError("a contested article has an issue and two sides, another has none")
        return self

    @model_validator(mode="after")
    def _people_are_known(self, info: ValidationInfo) -> Self:
        for member in (name for side in self.sides for name in side.members):
            if member not in self.by_name:
                raise ValueError(f"no actor is called {member!r}")
        for claim in self.claims:
            if claim.speaker not in self.by_name:
                _check_words(claim.speaker, info)
        return self

    @model_validator(mode="after")
    def _times_stand_in_their_sentences(self, info: ValidationInfo) -> Self:
        for event in self.timeline:
            if not any(event.when in _text(info)[start:end] for start, end in event.says):
                raise Misquoted(f"not in the sentences of its event: {event.when!r}")
        return self

    @cached_property
    def by_name(self) -> dict[str, GoldActor]:
        return {actor.name: actor for actor in self.actors}

    def names_of(self, claim: GoldClaim) -> tuple[str, ...]:
        """Every name under which a claim's speaker is right."""
        actor = self.by_name.get(claim.speaker)
        return (*(actor.names if actor else (claim.speaker,)), *claim.also)


def load(file: Path, article: Article) -> Gold:
    """The annotation in `file`, its quotations placed in `article`; pydantic's ValidationError
    names the field at fault."""
    return Gold.model_validate_json(
        file.read_text(encoding="utf-8"), context={"text": article.text}
    )
