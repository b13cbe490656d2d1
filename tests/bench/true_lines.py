"""Makes the lines a careful model would answer with out of annotated articles, for measuring.

Claims take the words that the annotated speaker says, other lines their annotated sentence; labels
are the annotator's own wording. It corrupts nothing and judges nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from briefings.article import Article
from briefings.language.reading import Reading, read
from briefings.summarizers.extractive.claims import content_text
from briefings.verification.ground import Ground
from briefings.verification.line import Line
from tests.quality.gold import ARTICLES, GOLD, load

#: A shorter content says nothing without its cue: "denied it".
_FEWEST_WORDS = 4
_RETRIEVED = datetime(2024, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """An annotated claim: who, under which names, in which sentences."""

    names: tuple[str, ...]
    kind: str
    sentences: tuple[int, ...]


@dataclass(frozen=True)
class Story:
    """An annotated article, read."""

    name: str
    ground: Ground
    claims: list[Said]
    sections: list[tuple[str, str, tuple[int, ...]]]
    actors: list[tuple[str, ...]] = field(default_factory=list)


def our_stories() -> Iterator[Story]:
    """The articles of this project with its own annotations."""
    for file in sorted(GOLD.glob("*.json")):
        text = (ARTICLES / f"{file.stem}.txt").read_text("utf-8").strip()
        article = Article(text=text, title=text.partition("\n")[0], retrieved_at=_RETRIEVED)
        reading, gold = read(article), load(file, article)
        say = [Said(gold.names_of(c), c.kind, _numbers(reading, c.says)) for c in gold.claims]
        sections = [("stakes", x.label, _numbers(reading, x.says)) for x in gold.stakes]
        sections += [("unknowns", x.label, _numbers(reading, x.says)) for x in gold.unknowns]
        sections += [("timeline", "", _numbers(reading, x.says)) for x in gold.timeline]
        sections += [("summary", "", _numbers(reading, [x])) for x in gold.lead]
        yield Story(file.stem, Ground(reading), say, sections, [a.names for a in gold.actors])


def stories_in(folder: Path) -> Iterator[Story]:
    """Articles under `articles` with annotations under `gold` that number their sentences."""
    for file in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        source = json.loads((folder / "articles" / file.name).read_text("utf-8"))
        text = source["text"]
        if not text.startswith(source["title"]):
            text = f"{source['title']}\n\n{text}"
        reading = read(Article(text=text, title=source["title"], retrieved_at=_RETRIEVED))

        def numbers(
            wanted: Iterable[int], source: dict[str, list[str]] = source, reading: Reading = reading
        ) -> tuple[int, ...]:
            bounds = []
            for i in wanted:
                at = reading.text.find(source["sentences"][i])
                bounds += [(at, at + len(source["sentences"][i]))] if at >= 0 else []
            return _numbers(reading, bounds)

        say = [
            Said((c["speaker"], *c.get("speaker_aliases", ())), c["kind"], numbers(c["sentences"]))
            for c in gold["claims"]
        ]
        sections = [
            (section, x["label"], numbers(x["sentences"]))
            for section in ("stakes", "unknowns", "timeline")
            for x in gold[section]
        ]
        sections += [
            ("position", s["position_summary"], numbers(s["position"])) for s in gold["sides"]
        ]
        sections += [("summary", "", numbers([n])) for n in gold["lead_sentences"]]
        yield Story(
            gold["id"], Ground(reading), say, sections,
            [(a["name"], *a["aliases"]) for a in gold["actors"]],
        )  # fmt: skip


def _numbers(reading: Reading, bounds: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """The sentences that share more than their edges with stretches of the text."""
    found = {
        n
        for start, end in bounds
        for n, s in enumerate(reading.sentences)
        if min(s.end, end) - max(s.start, start) > 3
    }
    return tuple(sorted(found))


def true_lines(story: Story) -> list[Line]:
    """Lines in the article's words: one for each annotated claim and sentence of a section."""
    lines = [
        _claim(story, f"claims[{i}]", said) for i, said in enumerate(story.claims) if said.sentences
    ]
    seen = set()
    for section, _, numbers in story.sections:
        for n in numbers[:1]:
            text = story.ground.text([n])
            if section != "position" and (section, n) not in seen:
                seen.add((section, n))
                lines.append(Line(f"{section}[{n}]", text, (n,), speaker=_quoted(story, n)))
    return lines


def _quoted(story: Story, number: int) -> str | None:
    """Whose a sentence is that is all quotation, by the annotation."""
    if not story.ground.reading.is_quoted(story.ground.reading.sents[number].start):
        return None
    found = (s for s in story.claims if number in s.sentences)
    return next((_name(story, s, s.sentences) for s in found), None)


def _name(story: Story, said: Said, numbers: tuple[int, ...]) -> str:
    """The speaker as the sentences name it, else by the annotation's first name for it."""
    text = story.ground.text(numbers)
    first = said.names[0]
    return first if first.split()[-1] in text else next((n for n in said.names if n in text), first)


def labels(story: Story) -> list[Line]:
    """Lines in an annotator's own words."""
    return [
        Line(f"{section}~{i}", label, numbers)
        for i, (section, label, numbers) in enumerate(story.sections)
        if label and numbers
    ]


def _claim(story: Story, part: str, said: Said) -> Line:
    """What the speaker says there by the parse; where that finds nothing the whole sentences."""
    ground = story.ground
    called = {m.number for name in said.names for m in ground.members_called(name)}
    fitting = [
        a
        for a in ground.attributions
        if ground.reading.sentence_number(a.cue[0]) in said.sentences
        and (m := ground.cast.at.get(a.source_head)) is not None
        and m.number in called
        and a.content_length >= _FEWEST_WORDS
    ]
    name = _name(story, said, said.sentences)
    if not fitting:
        text = " ".join(ground.text(said.sentences).split())
        return Line(part, text, said.sentences, speaker=name)
    best = max(fitting, key=lambda a: a.content_length)
    numbers = {
        ground.reading.sentence_number(i) for bounds in (*best.content, best.cue) for i in bounds
    }
    text = re.sub(r"\s+", " ", content_text(ground.reading, best))
    whole = tuple(range(min(numbers), max(numbers) + 1))
    return Line(part, text, whole, speaker=name)
