"""Holds a proposal to an article in a language that the embedded engine can't parse.

What it can't check it does not allow: a line is a whole sentence of the article, nothing of it cut
away, so that no denial and no doubt gets lost. Names, verbs and times are copied, figures stand in
the sentence. Translations are held elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from babel import Locale, UnknownLocaleError

from briefings.article import Article, Sentence
from briefings.briefing import MAX_ISSUE_WORDS
from briefings.language.sentences import split_sentences
from briefings.summarizers.llm.spans import find_name
from briefings.summarizers.llm.translation import numbers_in
from briefings.verification.line import Reason
from briefings.verification.markup import (
    check_address,
    check_markup,
    check_mention,
    check_unseen,
)
from briefings.verification.proposal import (
    Proposal,
    ProposedActor,
    ProposedClaim,
    ProposedEvent,
    ProposedFigure,
    ProposedLine,
    ProposedSide,
    Rejection,
    Verified,
)

_DAY, _MONTH, _YEAR = 3, 2, 1


class Page:
    """The sentences of an article, by the numbers that a model was given."""

    def __init__(self, article: Article) -> None:
        self.article = article
        bounds = split_sentences(article)
        self.sentences: tuple[Sentence, ...] = tuple(
            s for s in bounds if article.text[s.start : s.end].strip()
        )
        self.texts = [_flat(article.text[s.start : s.end]) for s in self.sentences]

    def cited(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Those that are sentences of the article, in order."""
        return tuple(sorted({n for n in numbers if 0 <= n < len(self.texts)}))


def verify_foreign(proposal: Proposal, page: Page) -> Verified:
    """What of a proposal stands; lines that do are whole sentences of the article."""
    rejections: list[Rejection] = []

    def hold(part: str, line: Any) -> Any:  # noqa: ANN401  # any proposed line
        outcome = _hold(line, page)
        if isinstance(outcome, str):
            rejections.append(Rejection(part, outcome))
            return None
        kept, without = outcome
        rejections.extend(Rejection(f"{part}.{facet}", reason) for facet, reason in without)
        return kept

    issue = proposal.issue
    return Verified(
        Proposal(
            summary=hold("summary", proposal.summary) if proposal.summary else None,
            contested=proposal.contested,
            issue=_hold_issue(issue, page, rejections) if issue else None,
            sides=_held(proposal.sides, "dispute.sides", hold),
            **{name: _held(getattr(proposal, name), name, hold) for name in _LISTS},
        ),
        tuple(rejections),
    )


_LISTS = ("actors", "claims", "stakes", "timeline", "unknowns", "figures")
_Held = tuple[ProposedLine, tuple[tuple[str, Reason], ...]]


def _held(lines: Sequence[Any], name: str, hold: Callable[[str, Any], Any]) -> tuple[Any, ...]:
    kept = (hold(f"{name}[{i}]", line) for i, line in enumerate(lines))
    return tuple(line for line in kept if line is not None)


def _hold(line: ProposedLine, page: Page) -> _Held | Reason:
    """The line as it may stand, with what of it does not; or why it may not."""
    if isinstance(line, ProposedActor):
        return _hold_actor(line, page)
    numbers = page.cited(line.quote_sentences)
    if not numbers:
        return "no-evidence"
    if isinstance(line, ProposedSide) and not line.text:
        return _facts(line, "", page.article) or (line, ())
    own = tuple(n for n in numbers if _flat(line.text) and _share(line.text, page.texts[n]))
    whole = " ".join(page.texts[n] for n in own)
    if any(_flat(words) not in whole for words in (line.text or "-", *line.quotes)):
        return "quotation"
    reason = _marks(whole, page.article) or _facts(line, whole, page.article)
    if reason:
        return reason
    return _with_date(replace(line, text=whole, quote_sentences=own), page.article)


def _share(text: str, sentence: str) -> bool:
    """Whether one is part of the other: a line of two sentences holds each of them."""
    return _flat(text) in sentence or sentence in _flat(text)


def _facts(line: ProposedLine, whole: str, article: Article) -> Reason | None:
    """What a line says besides its text."""
    match line:
        case ProposedClaim():
            if not line.speaker_name or _flat(line.speaker_name) not in whole:
                return "speaker"
            return None if line.verb and _flat(line.verb) in whole else "quotation"
        case ProposedSide():
            return None if _stands(line.label, article) else "name"
        case ProposedEvent():
            return None if line.when and _flat(line.when) in whole else "date"
        case ProposedFigure():
            written = (f"{line.value:{form}}" for form in ("g", ".0f", ".1f", ".2f"))
            said = {number for text in written for number in numbers_in(text)}
            return None if said & numbers_in(whole) else "number"
    return None


def _hold_actor(line: ProposedActor, page: Page) -> _Held | Reason:
    places = find_name(page.article.text, line.text) if line.text else []
    if not places or _marks(line.text, page.article):
        return "name"
    cited = " ".join(page.texts[n] for n in page.cited(line.quote_sentences))
    kept = replace(line, aliases=tuple(a for a in line.aliases if find_name(page.article.text, a)))
    if line.role and _flat(line.role) not in cited:
        return replace(kept, role=None, translation=None), (("role", "quotation"),)
    return kept, ()


def _hold_issue(line: ProposedLine, page: Page, rejections: list[Rejection]) -> ProposedLine | None:
    """A passage of a cited sentence: a noun phrase of our own could not be checked."""
    numbers = page.cited(line.quote_sentences)
    whole = " ".join(page.texts[n] for n in numbers)
    is_short = 0 < len(line.text.split()) <= MAX_ISSUE_WORDS
    if is_short and _flat(line.text) in whole and not _marks(line.text, page.article):
        return replace(line, quote_sentences=numbers)
    rejections.append(Rejection("dispute.issue", "quotation" if numbers else "no-evidence"))
    return None


def _marks(text: str, article: Article) -> Reason | None:
    return (
        check_unseen(text)
        or check_address(text, article.text)
        or check_mention(text)
        or check_markup(text)
    )


def _with_date(line: ProposedLine, article: Article) -> _Held:
    if not isinstance(line, ProposedEvent) or line.date is None:
        return line, ()
    if _is_dated(line.date, line.when, article):
        return line, ()
    return replace(line, date=None), (("date", "date"),)


def _is_dated(iso: str, when: str, article: Article) -> bool:
    """Whether an ISO date is what the words give: day and month there, the year there or implied.

    A day without its month ("on Monday") would need the article's language: it is not resolved.
    """
    parts = iso.split("-")
    if len(parts) > _DAY or not all(part.isdecimal() for part in parts):
        return False
    numbers = numbers_in(when)
    published = str(article.published or "")[:4]
    year_stands = parts[0] in numbers or (len(parts) > _YEAR and parts[0] == published)
    month_stands = len(parts) < _MONTH or _names_month(int(parts[1]), when, article.language)
    return year_stands and month_stands and (len(parts) < _DAY or str(int(parts[2])) in numbers)


def _names_month(number: int, when: str, language: str) -> bool:
    try:
        months: Any = Locale.parse(language).months["format"]
    except (UnknownLocaleError, ValueError):
        return False
    names = [months[width].get(number, "") for width in ("wide", "abbreviated")]
    said = when.casefold()
    return any(
        re.search(rf"(?<!\w){re.escape(name.rstrip('.').casefold())}(?!\w)", said)
        for name in names
        if name
    )


def _stands(label: str, article: Article) -> bool:
    return bool(label) and _flat(label) in _flat(article.text) and not _marks(label, article)


def _flat(text: str) -> str:
    return " ".join(text.split())
