"""Tell a page that stands in front of an article from the article: consent, subscription, script.

Decisions on what was found; slow to accuse, since a false alarm hides a readable article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from briefings.sources.phrases import Phrases, count_matches

Wall = Literal["consent", "paywall", "script"]

#: Words of prose under which a page with a consent dialogue holds nothing else.
_PROSE_BESIDE_CONSENT = 40
#: A page that declares itself locked and still gives this many words gives the article: metered
#: pages declare the same, and then hold the whole text.
_LOCKED_WORDS = 250
#: Beginnings that stubs show are shorter than this; longer articles may well quote the phrases.
_STUB_WORDS = 400
_SHORT_STUB_WORDS = 120
_CLOSING_PARAGRAPHS = 3
#: One phrase may stand in any menu; two make a wall.
_ENOUGH_PHRASES = 2


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What a page gives away: its extracted prose, its visible text, what it declares."""

    paragraphs: Sequence[str]
    shown: str
    host: str = ""
    #: schema.org's isAccessibleForFree is false.
    is_locked: bool = False


def tell_wall(signs: PageSigns, phrases: Phrases) -> Wall | None:
    """The wall in front of the article; None where the article itself is here, or nothing is."""
    if signs.host.startswith("consent."):
        return "consent"
    words = _count_words(signs.paragraphs)
    if _is_stub(signs, phrases, words):
        return "paywall"
    prose = [line for line in signs.paragraphs if not count_matches(phrases.consent, line)]
    if (
        _count_words(prose) < _PROSE_BESIDE_CONSENT
        and count_matches(phrases.consent, signs.shown) >= _ENOUGH_PHRASES
    ):
        return "consent"
    needs_script = not prose or words < _PROSE_BESIDE_CONSENT
    return "script" if needs_script and count_matches(phrases.script, signs.shown) else None


def looks_cut(signs: PageSigns, phrases: Phrases) -> bool:
    """Whether an article that stands may still lack its end."""
    closing = " ".join(signs.paragraphs[-_CLOSING_PARAGRAPHS:])
    return signs.is_locked or count_matches(phrases.paywall, closing) > 0


def _is_stub(signs: PageSigns, phrases: Phrases, words: int) -> bool:
    closing = " ".join(signs.paragraphs[-_CLOSING_PARAGRAPHS:])
    if signs.is_locked and words < _LOCKED_WORDS:
        return True
    if words < _STUB_WORDS and count_matches(phrases.paywall, closing):
        return True
    in_sight = count_matches(phrases.paywall, signs.shown)
    return words < _SHORT_STUB_WORDS and in_sight >= _ENOUGH_PHRASES


def _count_words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)
