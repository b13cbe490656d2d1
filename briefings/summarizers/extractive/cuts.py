"""Proposes what may be left out of a line: asides, appositions, adjuncts, attributions.

Whether a proposal would do harm is for the draft to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.language.time_patterns import names_time
from briefings.summarizers.extractive.draft import CLOSING, FINITE, OPENING, Cut, Draft

_NOMINAL = ("PRP", "NN", "NNS", "NNP", "NNPS", "DT")
#: What an apposition opens with: "the head of", "a lawyer", "33", "known as", "acting director".
_APPOSED = ("DT", "CD", "NN", "NNS", "NNP", "NNPS", "PRP$", "JJ", "VBN", "VBG")
_RESUMING = ("IN", "TO", "CC", "RB", "VBN", "VBG", "WDT")
_DASHES = ("-", "--", "–", "—")
#: An attribution at the end of a sentence is short: speaker, verb, occasion.
_ATTRIBUTION_WORDS = 14
_HEDGE_WORDS = 3
#: How many words back a relative pronoun still governs.
_CLOSE = 4


def find_attributions(draft: Draft) -> Iterator[Cut]:
    """Such as ", officials said on Monday", "According to Ynet," and "She said that"."""
    segments = draft.segments()
    for start, stop in segments[1:]:
        if _is_attribution(draft, start, stop):
            yield start - 1, stop
    opening = segments[0]
    if draft.doc[opening[0]].lower_ == "according" and len(segments) > 1:
        yield opening[0], opening[1] + 1
        return
    for i in range(opening[0], min(opening[1], opening[0] + _ATTRIBUTION_WORDS)):
        if draft.doc[i].lower_ == "that" and _is_attribution(draft, opening[0], i):
            yield opening[0], i + 1
            return


def find_brackets(draft: Draft) -> Iterator[Cut]:
    """What stands in round brackets or between two dashes."""
    opened: int | None = None
    dash: int | None = None
    for word in draft.words():
        if word.text in OPENING:
            opened = word.i
        elif word.text in CLOSING and opened is not None:
            yield opened, word.i + 1
            opened = None
        elif word.text in _DASHES and _stands_free(draft.reading, word.i):
            # Where a new clause or a noun follows, the dash stands for a comma and is needed.
            if dash is not None and _resumes_after(draft, word.i):
                yield dash, word.i + 1
            dash = word.i if dash is None else None


def find_relative_clauses(draft: Draft) -> Iterator[Cut]:
    """As in ", which often backs the Kremlin," and the same at the end of the sentence."""
    segments = draft.segments()
    for k, (start, _) in reversed(list(enumerate(segments))):
        words = draft.doc[start : start + 3]
        opens = any(
            w.lower_ in lexicon.words("shorten", "relatives")
            and (w.i == start or draft.doc[start].tag_ in ("IN", "DT", "NN", "NNS"))
            for w in words
        )
        if k and opens:
            yield from _from_comma(draft, segments, k)


def find_appositions(draft: Draft) -> Iterator[Cut]:
    """As in ", the agency's spokesman," between a noun and what resumes; no item of a list."""
    segments = draft.segments()
    if _lists(draft, segments[1:]):
        return
    # "On Saturday, Yasin Aktay, an adviser, told": the subject comes behind the first comma.
    opener = next((w for w in draft.words() if not w.is_punct and not w.is_quote), draft.words()[0])
    k = 2 if opener.tag_ in ("IN", "TO", "VBG", "VBN", "RB") else 1
    while k < len(segments):
        m = k
        while m < len(segments) and _is_apposition(draft, *segments[m], first=m == k):
            m += 1
        if m > k:
            m = _past_places(draft, segments, m)
            resumes = m < len(segments) and draft.doc[segments[m][0]].tag_ in (*FINITE, "IN", "TO")
            if resumes:
                yield segments[k][0] - 1, segments[m - 1][1] + 1
            elif m == len(segments) == k + 1 and _is_closing_apposition(draft, *segments[k]):
                yield segments[k][0] - 1, segments[m - 1][1]
        k = max(m, k + 1)


def find_trailing(draft: Draft) -> Iterator[Cut]:
    """Adjuncts behind the last commas: ", citing the sanctions", ", as the rains went on"."""
    segments = draft.segments()
    stop = draft.end()
    for k in range(len(segments) - 1, 0, -1):
        start = segments[k][0]
        word = draft.doc[start]
        if _is_attribution(draft, *segments[k]):
            stop = start - 1
            if word.tag_ in FINITE:
                return
            continue
        if word.tag_ in (*FINITE, "CC", "VB") or _is_hedge(draft, *segments[k]):
            return
        if _holds_condition(draft, start, stop) or _resumes(draft, segments, k):
            return
        opens = word.lower_ in lexicon.words("shorten", "adjunct_openers")
        if opens or (
            word.tag_ in ("VBG", "VBN") and not draft.doc[start - 2].tag_.startswith("VB")
        ):
            yield start - 1, stop
            stop = start - 1


def find_bare_trailing(draft: Draft) -> Iterator[Cut]:
    """Phrases of time at the end that no comma sets off: "after a vote in the House"."""
    stop = draft.end()
    if len(draft.segments()) > 1 and _is_attribution(draft, *draft.segments()[-1]):
        return
    for word in reversed(draft.words()):
        if word.text == ",":
            return
        if word.lower_ not in lexicon.words("shorten", "bare_adjuncts") or word.dep_ not in (
            "mark",
            "case",
            "advmod",
        ):
            continue
        if word.i + 1 >= stop or _is_in_relative_clause(draft, word.i):
            continue
        if word.lower_ in ("as", "when", "since") and not _opens_clause(draft, word.i, stop):
            continue
        if not _holds_condition(draft, word.i, stop) and not _is_to_come(draft, word.i):
            yield word.i, stop


def find_leading(draft: Draft) -> Iterator[Cut]:
    """An adjunct before the subject: "In light of the latest developments,"."""
    segments = draft.segments()
    start, stop = segments[0]
    word = draft.doc[start]
    opens = word.lower_ in lexicon.words("shorten", "adjunct_openers") or word.tag_ in (
        "VBG",
        "VBN",
    )
    if len(segments) == 1 or not opens or _holds_condition(draft, start, stop):
        return
    if _is_attribution(draft, start, stop):
        return
    after, until = segments[1]
    nominal = draft.doc[after].tag_ in ("DT", "NNP", "NNS", "NN", "JJ")
    if nominal and _has_own_subject(draft, after - 1, until) and not _is_dated(draft, start, stop):
        yield start, stop + 1


def find_second_clause(draft: Draft) -> Iterator[Cut]:
    """As in ", and the court will hear it in May": a whole clause. One with "but" stays."""
    segments = draft.segments()
    for k in range(len(segments) - 1, 0, -1):
        start, stop = segments[k]
        if draft.doc[start].lower_ == "and" and _has_own_subject(draft, start, stop):
            before = segments[k - 1]
            if k == 1 or not _has_own_subject(draft, before[0] - 1, before[1]):
                yield start - 1, draft.end()
            return


def _is_attribution(draft: Draft, start: int, stop: int) -> bool:
    words = draft.doc[start:stop]
    if len(words) > _ATTRIBUTION_WORDS or draft.reading.is_quoted(start):
        return False
    says = [w for w in words if w.lower_ in lexicon.words("shorten", "attribution")]
    if not says or any(w.lower_ == "that" for w in words):
        return False
    finite = [w for w in words if w.tag_ in FINITE and w not in says]
    return (
        not finite
        and words[0].lower_ not in lexicon.words("shorten", "relatives")
        and (words[0].tag_ not in ("CC", "VBG") or words[0].lower_ == "according")
    )


def _resumes_after(draft: Draft, dash: int) -> bool:
    follows = draft.doc[dash + 1] if dash < draft.last else None
    return follows is not None and follows.tag_ in (*FINITE, *_RESUMING)


def _stands_free(reading: Reading, i: int) -> bool:
    """Whether a dash parts words rather than joining them."""
    text, start, stop = reading.text, reading.starts[i], reading.ends[i]
    return text[i and start - 1 : start].isspace() or text[start:stop] in ("—", "--")


def _from_comma(draft: Draft, segments: list[Cut], k: int) -> Iterator[Cut]:
    """The cut of segment k with its commas: to the verb that resumes, else to the end."""
    start = segments[k][0]
    for after, stop in segments[k + 1 :]:
        word = draft.doc[after]
        if word.tag_ in FINITE and not _is_attribution(draft, after, stop):
            yield start - 1, after
            return
        if word.tag_ == "CC" and word.lower_ != "or" and _has_own_subject(draft, after, stop):
            yield start - 1, after
            return
        if (
            word.tag_ in _NOMINAL
            and _has_own_subject(draft, after - 1, stop)
            and not _is_attribution(draft, after, stop)
        ):
            yield start - 1, after - 1
            return
    tail = segments[-1]
    if tail[0] > start and _is_attribution(draft, *tail):
        yield start - 1, tail[0] - 1
    else:
        yield start - 1, draft.end()


def _has_own_subject(draft: Draft, start: int, stop: int) -> bool:
    """Whether a segment behind "and" or "but" is a clause: a nominal, then its finite verb."""
    words = draft.doc[start + 1 : stop]
    verb = next((w.i for w in words if w.tag_ in FINITE), None)
    if verb is None or verb == start + 1:
        return False
    subject = draft.doc[start + 1 : verb]
    if any(w.tag_ in ("WDT", "WP", "WP$") or w.lower_ == "that" for w in subject):
        return False
    return any(w.tag_ in _NOMINAL for w in subject)


def _past_places(draft: Draft, segments: list[Cut], m: int) -> int:
    """Past what still belongs to an aside: ", made in Hermosillo, in northern Mexico, would"."""
    after = m
    while after < len(segments) and draft.doc[segments[after][0]].tag_ == "IN":
        after += 1
    resumes = after < len(segments) and draft.doc[segments[after][0]].tag_ in FINITE
    return after if resumes else m


def _is_closing_apposition(draft: Draft, start: int, stop: int) -> bool:
    """As in ", a major conduit for aid" at the end; "a boat and a house" would be a list."""
    words = draft.doc[start:stop]
    pairs = pairwise(words)
    return words[0].tag_ == "DT" and not any(a.tag_ == "CC" and b.tag_ == "DT" for a, b in pairs)


def _is_apposition(draft: Draft, start: int, stop: int, *, first: bool) -> bool:
    words = draft.doc[start:stop]
    if any(w.tag_ in FINITE for w in words) or _is_hedge(draft, start, stop):
        return False
    if first and draft.doc[start - 2].tag_ not in ("NN", "NNS", "NNP", "NNPS", "CD", "''"):
        return False
    return words[0].tag_ in _APPOSED


def _lists(draft: Draft, segments: list[Cut]) -> bool:
    return any(
        draft.doc[a].tag_ == "CC" and not any(w.tag_ in FINITE for w in draft.doc[a:b])
        for a, b in segments
    )


def _is_hedge(draft: Draft, start: int, stop: int) -> bool:
    words = draft.doc[start:stop]
    return len(words) <= _HEDGE_WORDS and any(
        w.lower_ in lexicon.words("shorten", "hedges") for w in words
    )


def _holds_condition(draft: Draft, start: int, stop: int) -> bool:
    return any(w.lower_ in lexicon.words("shorten", "conditions") for w in draft.doc[start:stop])


def _resumes(draft: Draft, segments: list[Cut], k: int) -> bool:
    """Whether segment k goes on where an aside broke in: "held Pagliano, an aide, in contempt"."""
    return (
        k > 1
        and _is_apposition(draft, *segments[k - 1], first=True)
        and draft.doc[segments[k][0]].tag_ == "IN"
    )


def _opens_clause(draft: Draft, i: int, stop: int) -> bool:
    """Whether a subject and its verb follow word i: "as the rains went on", not "as a sign"."""
    if draft.doc[i + 1].tag_ not in (*_NOMINAL, "PRP$", "JJ"):
        return False
    for word in draft.doc[i + 2 : stop]:
        if word.tag_ in FINITE:
            return True
        if word.tag_ in ("WDT", "WP") or word.lower_ == "that":
            return False
    return False


def _is_in_relative_clause(draft: Draft, i: int) -> bool:
    """Whether word i follows close on "that" or "who", whose clause may need it."""
    return any(
        w.tag_ in ("WDT", "WP") or w.lower_ == "that" for w in draft.doc[max(0, i - _CLOSE) : i]
    )


def _is_to_come(draft: Draft, i: int) -> bool:
    """Whether the words before i promise or threaten: then "after" and "when" are conditions."""
    return any(w.tag_ == "MD" or w.lower_ == "before" for w in draft.words() if w.i < i)


def _is_dated(draft: Draft, start: int, stop: int) -> bool:
    return names_time(
        draft.reading.text[draft.reading.starts[start] : draft.reading.ends[stop - 1]]
    )
