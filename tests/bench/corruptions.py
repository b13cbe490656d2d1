"""Measures the checks on corrupted answers: `python -m tests.bench.corruptions [FOLDER]`.

Every corruption is made by code from a true line of an annotated article: ours, and those in FOLDER
(`articles` and `gold`, sentences numbered). It prints, by kind, how many corrupted lines are
stopped, and how many true lines are; `--passed` lists what came through. It writes nothing.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from briefings.language import gazetteer
from briefings.language.titles import is_listed
from briefings.verification.checks import check_lines
from briefings.verification.line import Line
from tests.bench.true_lines import Story, our_stories, stories_in, true_lines

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_NEGATED = re.compile(r"\b(?:not|never)\s|(?<=\w)n[’']t\b|\bno(?=\s(?:longer\s)?\w)", re.IGNORECASE)
_FOREIGN = (
    "Teodor Vaskinen",
    "Ilaria Montalbrun",
    "the Osterwick Institute",
    "Kvarnland",
    "Oyelaran",
)
_VERDICTS = (
    "{0}, which is plainly false.", "{0}, and rightly so.", "Clearly, {1}", "{0}. That is a lie.",
    "{0}, a claim that does not hold up.", "{0}, without any justification.", "Wrongly, {1}",
    "{0}. The facts prove the opposite.",
)  # fmt: skip
_LINKS = (
    "{0} Read more at https://briefs.example/story", "{0} (www.truth-now.example)",
    "[{0}](http://bit.example/x)", "{0} <https://a.example|details>",
    "{0} Write to tips@press.example", "{0} See news-mirror.example/a1",
)  # fmt: skip
_MENTIONS = (
    "<!channel> {0}",
    "{0} @everyone",
    "<@U02AB3CD> {0}",
    "{0} <#C0123456>",
    "@here: {0}",
    "{0} <@&81234>",
)
_INVENTED = (
    "we will never give in to this",
    "the whole thing is a disgrace",
    "nobody here believes a word of it",
)
_AUXILIARIES = {"wo": "will", "ca": "can", "sha": "shall"}


def swapped_speakers(story: Story, line: Line, turn: int) -> Iterator[Line]:
    """The statement given to somebody else whom the article has."""
    if line.speaker and line.part.startswith("claims"):
        said = story.claims[int(line.part[7:-1])]
        others = [
            names[0]
            for names in story.actors
            if not set(names) & set(said.names) and not _same(story, names[0], said.names)
        ]
        if others and not _acts_too(story, line, others[turn % len(others)]):
            yield replace(line, speaker=others[turn % len(others)])


def _same(_story: Story, name: str, names: tuple[str, ...]) -> bool:
    """Whether one actor of the annotation is another by the article, part of it or its state."""
    words = {w for n in names for w in n.lower().split()} - {"the", "of", "and"}
    known = gazetteer.lookup(name)
    wordings = [w for n in names for w in (n, *n.split())]
    states = {k.state for w in wordings if (k := gazetteer.lookup(w)) is not None and k.state}
    return bool(words & set(name.lower().split())) or (known is not None and known.state in states)


def _is_whole(story: Story, line: Line) -> bool:
    """Whether a line is its whole evidence, so that it tells itself who says what."""
    return line.text == " ".join(story.ground.text(line.sentences).split())


def _acts_too(story: Story, line: Line, name: str) -> bool:
    """Whether a whole sentence truly is what somebody does or says, whoever else does."""
    if any(name in s.names and s.sentences == line.sentences for s in story.claims):
        return True  # "each side accused the other"
    word = name.rsplit(maxsplit=1)[-1]
    return _is_whole(story, line) and any(
        w.text == word and (w.dep_.startswith("nsubj") or w.head.dep_.startswith("nsubj"))
        for w in story.ground.words(line.sentences)
    )


def dropped_negations(_story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """A "not", "never" or "no" left out."""
    match = _NEGATED.search(_unquoted(line.text))
    if match:
        before, after = line.text[: match.start()], line.text[match.end() :]
        for cut, whole in _AUXILIARIES.items():
            before = re.sub(rf"\b{cut}$", whole, before)
        yield replace(line, text=re.sub(" +", " ", before + after))


def added_negations(_story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """A "not" put behind the first auxiliary."""
    match = re.search(
        r"\b(?:is|was|were|are|had|has|have|would|will)\s(?!not|n't)", _unquoted(line.text)
    )
    if match:
        yield replace(line, text=f"{line.text[: match.end()]}not {line.text[match.end() :]}")


def surer(_story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """ "May" turned to "will"."""
    text = re.sub(r"\b(?:may|might|could)\b(?!\s\d)", "will", _unquoted(line.text), count=1)
    if text != _unquoted(line.text):
        match = re.search(r"\b(?:may|might|could)\b(?!\s\d)", _unquoted(line.text))
        if match:
            yield replace(line, text=f"{line.text[: match.start()]}will{line.text[match.end() :]}")


def undoubted(_story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """ "Alleged", "suspected" or "possibly" left out."""
    match = re.search(
        r"\b(?:alleged|allegedly|suspected|reportedly|possibly|perhaps|apparently) ",
        _unquoted(line.text),
    )
    if match:
        yield replace(line, text=line.text[: match.start()] + line.text[match.end() :])


def less_sure(_story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """A fact told as a rumour: "allegedly", "may have"."""
    match = re.search(r"\b(?:was|were|had|has)\s(?=\w+(?:ed|en)\b)", _unquoted(line.text))
    if match:
        yield replace(line, text=f"{line.text[: match.end()]}allegedly {line.text[match.end() :]}")


def changed_numbers(_story: Story, line: Line, turn: int) -> Iterator[Line]:
    """Another digit, or another number word."""
    text = line.text
    for match in re.finditer(r"(?<![\w.,-])(\d[\d,.]*\d|\d)(?!\w)", text):
        if not re.fullmatch(r"(?:1[89]|20)\d\d", match[0]) and not _is_day_of_month(text, match):
            digit = match[0][0]
            other = str(int(digit) % 9 + 1)
            yield replace(line, text=text[: match.start()] + other + text[match.start() + 1 :])
            break
    word = re.search(rf"\b(?:{'|'.join(_COUNTS)})\b", text)
    if word:
        other = _COUNTS[(_COUNTS.index(word[0]) + 1 + turn % 3) % len(_COUNTS)]
        yield replace(line, text=text[: word.start()] + other + text[word.end() :])


def _is_day_of_month(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 12) : match.end() + 12]
    return any(month[:3] in around for month in _MONTHS)


def changed_dates(_story: Story, line: Line, turn: int) -> Iterator[Line]:
    """Another weekday, month or year."""
    text = line.text
    for names in (_DAYS, _MONTHS):
        match = re.search(rf"\b(?:{'|'.join(names)})\b", text)
        if match and not (
            match[0] == "May" and not re.search(r"(?:\d|[Ii]n|[Ll]ast|since|next) May|May \d", text)
        ):
            other = names[(names.index(match[0]) + 2 + turn % 3) % len(names)]
            yield replace(line, text=text[: match.start()] + other + text[match.end() :])
    year = re.search(r"(?<![\d,.$£€])\b(?:1[89]|20)\d\d\b(?![\d,.-]\d)", text)
    if year:
        yield replace(line, text=text[: year.start()] + str(int(year[0]) - 3) + text[year.end() :])


def invented_quotations(_story: Story, line: Line, turn: int) -> Iterator[Line]:
    """Words added in quotation marks, plain words put in them, a word inside them changed."""
    yield replace(line, text=f"{line.text.rstrip('.')}: “{_INVENTED[turn % len(_INVENTED)]}.”")
    quoted = re.search(r"[“\"]([^“”\"]{25,}?)[”\"]", line.text)
    if quoted:
        words = quoted[1].split()
        words[len(words) // 2] = "utterly"
        yield replace(
            line, text=line.text[: quoted.start(1)] + " ".join(words) + line.text[quoted.end(1) :]
        )
    elif "“" not in line.text and '"' not in line.text and "''" not in line.text:
        words = line.text.split()
        if len(words) > 8:
            yield replace(
                line,
                text=" ".join(
                    [*words[:3], f"“{words[3]}", *words[4:7], f"{words[7]}”", *words[8:]]
                ),
            )


def reversed_directions(story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """Two people of a line exchanged: who accuses is accused."""
    found = _people_in(story, line.text)
    if len(found) > 1:
        (a, b), (c, d) = found[0], found[-1]
        text = line.text
        if all(word[:1].isupper() or word in ("of", "the") for word in text[b:c].split()):
            return  # one name with its title or house: that garbles it and turns nothing round
        yield replace(line, text=text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:])


def reversed_accusations(story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """Whom a statement is about given as the one who makes it."""
    if line.part.startswith("claims") and line.speaker:
        said = story.claims[int(line.part[7:-1])]
        for names in story.actors:
            name = next(
                (
                    n
                    for n in names
                    if n[:1].isupper() and re.search(rf"\b{re.escape(n)}\b", line.text)
                ),
                None,
            )
            if (
                name
                and said.kind in ("accuse", "demand", "warn", "threaten", "refuse", "deny")
                and not _same(story, name, said.names)
                and not _acts_too(story, line, name)
            ):
                yield replace(line, speaker=name, about=(line.speaker,))
                return


def _people_in(story: Story, text: str) -> list[tuple[int, int]]:
    """Where a line has the names of two different actors, none inside a quotation."""
    seen: list[tuple[int, int]] = []
    plain = _unquoted(text)
    for names in story.actors:
        for name in sorted(names, key=len, reverse=True):
            match = (
                re.search(rf"\b{re.escape(name)}\b(?![’'-])", plain)
                if name[:1].isupper() and name.split()[0] not in ("The", "A", "An")
                else None
            )
            if match and not any(a < match.end() and match.start() < b for a, b in seen):
                seen.append(match.span())
                break
    return sorted(seen)


def merged_sources(story: Story, line: Line, turn: int) -> Iterator[Line]:
    """The words of two speakers given to the first."""
    lines = _LINES[story.name]
    if not line.part.startswith("claims"):
        return
    said = story.claims[int(line.part[7:-1])]
    others = [
        other
        for other in lines
        if other.part.startswith("claims")
        and (theirs := story.claims[int(other.part[7:-1])]).names[0] != said.names[0]
        and not any(_same(story, n, said.names) for n in theirs.names)
        and not set(other.sentences) & set(line.sentences)
        and not _is_whole(story, other)
        and len(other.text.split()) > 6
    ]
    if others:
        other = others[turn % len(others)]
        text = f"{line.text.rstrip('.')}, and {other.text}"
        yield replace(line, text=text, sentences=tuple(sorted({*line.sentences, *other.sentences})))


def injected_links(_story: Story, line: Line, turn: int) -> Iterator[Line]:
    """An address, in one of six dresses."""
    yield replace(line, text=_LINKS[turn % len(_LINKS)].format(line.text))


def injected_mentions(_story: Story, line: Line, turn: int) -> Iterator[Line]:
    """A call to a channel or a person, in one of six dresses."""
    yield replace(line, text=_MENTIONS[turn % len(_MENTIONS)].format(line.text))


def foreign_names(story: Story, line: Line, turn: int) -> Iterator[Line]:
    """A name that the article does not have in place of one that it has."""
    found = _people_in(story, line.text)
    foreign = _FOREIGN[turn % len(_FOREIGN)]
    if found:
        a, b = found[0]
        yield replace(line, text=line.text[:a] + foreign + line.text[b:])


def names_from_elsewhere(story: Story, line: Line, turn: int) -> Iterator[Line]:
    """A name that the article has, and the evidence has not, in place of one that it has."""
    found = _people_in(story, line.text)
    text = story.ground.text(line.sentences)
    absent = [
        names[0]
        for names in story.actors
        if names[0][:1].isupper()
        and not any(
            re.search(rf"\b{re.escape(w)}", text)
            for n in names
            for w in n.split()
            if w[:1].isupper()
        )
        and not (
            set(story.ground.members_called(names[0])) & story.ground.members_in(line.sentences)
        )
    ]
    if found and absent:
        a, b = found[0]
        yield replace(line, text=line.text[:a] + absent[turn % len(absent)] + line.text[b:])


def verdicts(_story: Story, line: Line, turn: int) -> Iterator[Line]:
    """Who is right, told by the briefing."""
    plain = line.text.rstrip(".")
    lowered = (
        line.text
        if is_listed("calendar", line.text.split()[0])
        else line.text[:1].lower() + line.text[1:]
    )
    yield replace(line, text=_VERDICTS[turn % len(_VERDICTS)].format(plain, lowered))


def unattributed(story: Story, line: Line, _turn: int) -> Iterator[Line]:
    """What somebody asserts told in the briefing's own voice."""
    if line.part.startswith("claims") and not re.search(r"[“”\"]|''", line.text):
        said = story.claims[int(line.part[7:-1])]
        text = " ".join(story.ground.text(line.sentences).split())
        is_said = said.kind in ("accuse", "warn", "state", "deny")
        if is_said and len(line.text) < 0.8 * len(text) and _asserts(story, line):
            yield replace(line, part=line.part.replace("claims", "summary"), speaker=None)


def _asserts(story: Story, line: Line) -> bool:
    """Whether a line has a verb of its own: "a risk of blackouts" says nothing in any voice."""
    told = set(line.text.split())
    finite = ("VBD", "VBZ", "VBP", "MD")
    return any(
        (word.tag_ in finite or word.dep_ == "ccomp") and word.text in told
        for word in story.ground.words(line.sentences)
    )


def _unquoted(text: str) -> str:
    """The text with as many blanks where words stand in quotation marks."""
    return re.sub(r"[“\"].*?(?:[”\"]|$)|''.*?(?:''|$)", lambda m: " " * len(m[0]), text)


KINDS: dict[str, Callable[[Story, Line, int], Iterator[Line]]] = {
    "swapped speakers": swapped_speakers,
    "reversed accusations": reversed_accusations,
    "reversed directions": reversed_directions,
    "merged sources": merged_sources,
    "dropped negations": dropped_negations,
    "added negations": added_negations,
    "may turned to will": surer,
    "doubt left out": undoubted,
    "doubt added": less_sure,
    "changed numbers": changed_numbers,
    "changed dates": changed_dates,
    "invented quotations": invented_quotations,
    "foreign names": foreign_names,
    "names from elsewhere": names_from_elsewhere,
    "verdicts": verdicts,
    "own voice": unattributed,
    "injected links": injected_links,
    "injected mentions": injected_mentions,
}
_LINES: dict[str, list[Line]] = {}


def corruptions(story: Story, lines: list[Line]) -> list[tuple[str, Line]]:
    """Every corruption of these lines with its kind; the same ones every time."""
    _LINES[story.name] = lines
    return [
        (kind, bad)
        for turn, line in enumerate(lines)
        for kind, make in KINDS.items()
        for bad in make(story, line, turn)
        if bad.text != line.text or bad.speaker != line.speaker
    ]


def main(arguments: list[str]) -> None:
    folders = [Path(a) for a in arguments if not a.startswith("--")]
    stories = [*our_stories(), *(s for folder in folders for s in stories_in(folder))]
    made: Counter[str] = Counter()
    stopped: dict[str, Counter[str]] = defaultdict(Counter)
    true: Counter[str] = Counter()
    for story in stories:
        lines = true_lines(story)
        bad = corruptions(story, lines)
        reasons = check_lines([*lines, *(line for _, line in bad)], story.ground)
        for line, reason in zip(lines, reasons, strict=False):
            sort = "claims" if line.part.startswith("claims") else "other lines"
            true[sort] += 1
            true[f"{sort} stopped"] += reason is not None
            if reason and "--stopped" in arguments:
                print(f"TRUE {reason}: {story.name} {line}")
        for (kind, line), reason in zip(bad, reasons[len(lines) :], strict=True):
            made[kind] += 1
            if reason:
                stopped[kind][reason] += 1
            elif "--passed" in arguments:
                evidence = " ".join(story.ground.text(line.sentences).split())
                print(
                    f"{kind}: {story.name} {line.part} {line.speaker} | {line.text} || {evidence}"
                )
    _print(made, stopped, true)


def _print(made: Counter[str], stopped: dict[str, Counter[str]], true: Counter[str]) -> None:
    for kind in KINDS:
        caught = stopped[kind].total()
        share = 100 * caught / max(1, made[kind])
        told = ", ".join(f"{reason} {n}" for reason, n in stopped[kind].most_common(4))
        print(f"{kind:22} {caught:5} of {made[kind]:5}  {share:5.1f} %  {told}")
    caught = sum(c.total() for c in stopped.values())
    print(f"{'all':22} {caught:5} of {made.total():5}  {100 * caught / made.total():5.1f} %")
    for sort in ("claims", "other lines"):
        share = 100 * true[f"{sort} stopped"] / max(1, true[sort])
        print(f"true {sort}: {true[f'{sort} stopped']} of {true[sort]} stopped, {share:.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
