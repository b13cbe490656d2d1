"""Checks a model's translations for what can be checked without knowing a language.

Numbers, names, addresses and length; whether it says the same nobody here can tell, and the
briefing says that. A translation that does not hold leaves its line in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from briefings.article import Article
from briefings.language.sentences import split_sentences
from briefings.verification.line import Reason
from briefings.verification.markup import (
    check_address,
    check_markup,
    check_mention,
    check_unseen,
)
from briefings.verification.proposal import Proposal, ProposedActor, ProposedLine, Rejection

#: Longer than this many times the original, a translation says more than it.
_LONGEST, _SPARE_CHARACTERS = 2.5, 40
#: Letters that a name keeps when a language bends it.
_STEM = 4
#: These write every noun with a capital, so a capital shows no name.
_CAPITAL_NOUNS = ("de", "lb")
#: With what parts thousands, and a fraction: 12 500, 12.500,5.
_NUMBER = re.compile(r"\d+(?:[.,’'\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LISTS = ("sides", "actors", "claims", "stakes", "timeline", "unknowns", "figures")


def hold_translations(
    proposal: Proposal, article: Article, into: str
) -> tuple[Proposal, tuple[Rejection, ...]]:
    """The proposal without the translations that do not hold, and why each does not."""
    texts = [article.text[s.start : s.end] for s in split_sentences(article)]
    sentences = [text for text in texts if text.strip()]
    rejections: list[Rejection] = []

    def held(part: str, line: Any) -> Any:  # noqa: ANN401  # any proposed line
        if line is None or line.translation is None:
            return line
        reason = check_translation(line, sentences, article, into)
        if reason is None:
            return line
        rejections.append(Rejection(f"{part}.translation", reason))
        return replace(line, translation=None)

    return _each_line(proposal, held), tuple(rejections)


def drop_translations(proposal: Proposal) -> Proposal:
    """The proposal without those that nobody asked for."""
    return _each_line(proposal, lambda _, line: line and replace(line, translation=None))


def _each_line(proposal: Proposal, change: Callable[[str, Any], Any]) -> Proposal:
    changes: dict[str, Any] = {
        "summary": change("summary", proposal.summary),
        "issue": change("dispute.issue", proposal.issue),
    }
    for name in _LISTS:
        path = "dispute.sides" if name == "sides" else name
        lines = enumerate(getattr(proposal, name))
        changes[name] = tuple(change(f"{path}[{i}]", line) for i, line in lines)
    return replace(proposal, **changes)


def check_translation(
    line: ProposedLine, sentences: Sequence[str], article: Article, into: str
) -> Reason | None:
    """Why a line's translation can't stand beside it, as far as that can be seen."""
    given = line.translation or ""
    said = (line.role or "") if isinstance(line, ProposedActor) else line.text
    cited = [sentences[n] for n in line.quote_sentences if 0 <= n < len(sentences)]
    original = " ".join([said, *cited])
    if not said:
        return "no-evidence"
    marked = (
        check_unseen(given)
        or check_address(given, article.text)
        or check_mention(given)
        or check_markup(given)
    )
    if marked:
        return marked
    if not numbers_in(given) <= numbers_in(original):
        return "number"
    # A line may be the shortened wording of its sentences; the translation is of either.
    if len(given) > _LONGEST * max(len(said), len(" ".join(cited))) + _SPARE_CHARACTERS:
        return "support"
    return None if _names_stand(given, article, into) else "name"


def numbers_in(text: str) -> frozenset[str]:
    """The numbers in figures, without what parts their digits: 1,500 and 1.500 are one."""
    found = (re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(text))
    return frozenset(number.lstrip("0") or "0" for number in found)


def _names_stand(text: str, article: Article, into: str) -> bool:
    """Whether each word that looks like a name begins as one of the article's, or is well known.

    Only where both languages are written in Latin letters, and a capital shows a name.
    """
    if into in _CAPITAL_NOUNS or not (_is_latin(text) and _is_latin(article.text)):
        return True
    known = _stems(_WORD.findall(article.text)) | _stems(_own_names(into))
    return _stems(_capitals(text)) <= known


def _capitals(text: str) -> list[str]:
    """Words with a capital that no sentence or quotation begins with."""
    found = []
    for match in _WORD.finditer(text):
        before = text[: match.start()].rstrip(" \"'“”‘’«»„(")
        begins = not before or before[-1] in ".!?:;–—"
        if match[0][0].isupper() and len(match[0]) > 1 and not begins:
            found.append(match[0])
    return found


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_plain(word)[:_STEM] for word in words)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def _is_latin(text: str) -> bool:
    letters = [c for c in text[:2_000] if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return latin > len(letters) // 2


@cache
def _own_names(language: str) -> frozenset[str]:
    """Lands, languages, months and days as a language calls them (Unicode CLDR)."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [*locale.territories.values(), *locale.languages.values()]
    for calendar in (locale.months, locale.days):
        names += calendar["format"]["wide"].values()
    return frozenset(word for name in names for word in _WORD.findall(str(name)))
