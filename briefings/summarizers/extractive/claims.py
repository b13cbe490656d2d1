"""The claims: each attribution as a line with its speaker, verb, content and the outlet it came by.

Only what somebody in the story says; what an outlet reports in its own name is the article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefings.briefing import Claim, ClaimKind
from briefings.evidence import Span
from briefings.language.lexicon import words as listed
from briefings.language.quotes import closing_mark
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attributing import find_attributions
from briefings.summarizers.extractive.attribution import Attribution, Range
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.cues import content_kind, is_ruling
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.why.attributions import why_no_claim
from briefings.summarizers.notes import is_anybody_listening, note_left_out

_DAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today")
)
#: An outlet named beside one of these carried the sentence: "the Haaretz report".
_REPORTING_NOUNS = ("report", "article", "story", "interview")
#: How many words after an outlet's name count as beside it, and how far before it "told" may stand.
_BESIDE = 2
#: An attribution inside another's content is at most so many away from it in the list of all.
_NEAR = 8
#: Whom an act is aimed at stands among the first words of what it is done to.
_AT_ONCE = 6
#: A statement inside a "said" opens it when its cue is among the first words: "said they fear".
_FRAME_WORDS = 4
_TOLD_WITHIN = 6
#: Tags of the words before the noun of somebody addressed.
_PLAIN = ("DT", "PRP$", "JJ", "NN", "NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker known: what a Claim is made of; other sections use it too.

    `speaker_text` is the source in the article's words, `via` the outlet that carried it and
    `sentences` the numbers of the sentences that hold its cue and the ends of its content.
    """

    attribution: Attribution
    speaker: Member | None
    speaker_text: str
    kind: ClaimKind
    about: tuple[Member, ...]
    via: str | None
    sentences: tuple[int, ...]
    #: Of `about`, those the statement is made against or to, not only mentioned further on in it.
    aimed_at: tuple[Member, ...] = ()


def find_statements(
    reading: Reading, cast: Cast, attributions: tuple[Attribution, ...] | None = None
) -> tuple[Statement, ...]:
    """Every statement by somebody in the story, in order; `attributions` where already found."""
    if attributions is None:
        attributions = find_attributions(reading, cast)
    carried = _carriers(reading, cast, attributions)
    shown = reading.captions
    told = [a for a in attributions if reading.sentence_number(a.cue[0]) not in shown]
    told = [a for a in told if _is_by_somebody(reading, a, cast.at.get(a.source_head))]
    told = [a for a in told if not _is_only_time(reading, a)]
    told = _without_repeats(reading, cast, told)
    found = [_statement(reading, cast, a, carried) for a in _without_frames(reading, cast, told)]
    for a in attributions if is_anybody_listening() else ():
        if all(a is not s.attribution for s in found):
            note_left_out(why_no_claim, find_statements, reading, a, is_frame=a in told)
    return tuple(_with_kind_of_act(s, found) for s in found)


def _with_kind_of_act(s: Statement, found: list[Statement]) -> Statement:
    """Give what follows an act the kind of that act: "denounced the remarks, saying …"."""
    if s.kind != "state" or s.speaker is None or s.attribution.frame != "say":
        return s
    number = s.sentences[-1]
    acts = (o for o in found if o.attribution.frame == "act" and o.speaker is s.speaker)
    kinds = [
        o.kind for o in acts if o.sentences == (number,) and o.attribution.cue < s.attribution.cue
    ]
    return replace(s, kind=kinds[-1]) if kinds else s


def _without_frames(reading: Reading, cast: Cast, told: list[Attribution]) -> list[Attribution]:
    """Leave out a "said" whose content is but what the same speaker fears, denies or warns.

    "Officials said they fear X": the fear is the statement.
    """
    kept = []
    for i, a in enumerate(told):
        near = told[max(0, i - _NEAR) : i + _NEAR]
        inner = any(_reports(cast, b, a) or _names_inside(reading, cast, b, a) for b in near)
        if not inner and not any(_frames(cast, a, b) for b in near):
            kept.append(a)
    return kept


def _is_only_time(reading: Reading, a: Attribution) -> bool:
    """Whether all that is said is when: "a tie-up announced on Monday"."""
    words = [w for first, last in a.content for w in reading.doc[first : last + 1]]
    named = [w for w in words if w.tag_[:2] in ("NN", "VB", "JJ", "PR", "CD")]
    return bool(words) and all(w.lower_ in _DAYS for w in named)


def _without_repeats(reading: Reading, cast: Cast, told: list[Attribution]) -> list[Attribution]:
    """Keep once what the same speaker is said to say in the same words, in a caption and below."""
    first: dict[tuple[int, str], Attribution] = {}
    for a in told:
        speaker = cast.at.get(a.source_head)
        if speaker is not None:
            first.setdefault((speaker.number, content_text(reading, a)), a)
    return [a for a in told if cast.at.get(a.source_head) is None or a in first.values()]


def _reports(cast: Cast, outer: Attribution, inner: Attribution) -> bool:
    """Whether a mild statement only stands inside another's: "said the cabinet considers"."""
    if outer is inner:
        return False
    if outer.frame in ("act", "intend") and inner.frame in ("act", "intend"):
        # What somebody denies, hopes or refuses is none of their acts: "denied that it favours X".
        return any(first <= inner.cue[0] <= last for first, last in outer.content)
    if inner.kind not in ("state", "propose", "decide", "support"):
        return False
    is_other = cast.at.get(outer.source_head) is not cast.at.get(inner.source_head)
    holds = any(first <= inner.cue[0] <= last for first, last in outer.content)
    outlet = cast.at.get(outer.source_head)
    return holds and is_other and not (outlet is not None and outlet.is_media)


def _frames(cast: Cast, a: Attribution, b: Attribution) -> bool:
    if a is b or a.frame != "say" or a.kind != "state" or len(a.content) != 1:
        return False
    first, last = a.content[0]
    inside = first <= b.cue[0] <= last and first <= b.source_head < b.cue[0] <= first + _FRAME_WORDS
    return inside and cast.at.get(a.source_head) is cast.at.get(b.source_head) is not None


def _is_by_somebody(reading: Reading, a: Attribution, speaker: Member | None) -> bool:
    if a.frame == "intend" and _keeps_silent(reading, a):
        return False  # "declined to comment" is what is not known, and no statement
    if _judges(reading, a) or _only_addresses(reading, a):
        return False
    if speaker is None:
        # A pronoun that nobody in the story answers to names nobody.
        return reading.doc[a.source_head].tag_ != "PRP"
    return speaker.can_take_part and not (_can_carry(speaker) and a.frame == "phrase")


def _judges(reading: Reading, a: Attribution) -> bool:
    """Whether a word only qualifies or backs what is told: "what he says is a ruse"."""
    is_naming = reading.doc[a.cue[0]].lemma_ in listed("cues.naming", "saying")
    is_source = a.frame == "act" and reading.doc[a.cue[0]].lemma_ == "cite"  # "citing figures"
    return is_source or (is_naming and _follows_what(reading, a))


def _names_inside(reading: Reading, cast: Cast, outer: Attribution, a: Attribution) -> bool:
    """Whether somebody only names, inside their own statement: "blamed it for what he called"."""
    is_inside = outer is not a and any(x <= a.cue[0] <= y for x, y in outer.content)
    is_same = cast.at.get(outer.source_head) is cast.at.get(a.source_head)
    is_naming = reading.doc[a.cue[0]].lemma_ in listed("cues.naming", "calling")
    return is_inside and is_same and is_naming and _follows_what(reading, a)


def _follows_what(reading: Reading, a: Attribution) -> bool:
    first = min(a.source[0], a.cue[0])
    return first > 0 and reading.doc[first - 1].lower_ in ("what", "which")


def _only_addresses(reading: Reading, a: Attribution) -> bool:
    """Whether the content is but who is addressed, and not what for: "urged the authorities"."""
    first, last = a.content[0]
    is_address = reading.doc[a.cue[0]].lemma_ in listed("cues.addressing", "words")
    head = next((w for w in reading.doc[first : last + 1] if w.dep_ == "obj"), None)
    is_short = len(a.content) == 1 and head is not None and head.i == last
    return is_address and is_short and all(w.tag_ in _PLAIN for w in reading.doc[first:last])


def _keeps_silent(reading: Reading, a: Attribution) -> bool:
    """Whether somebody only says nothing, or not who they are: "asked not to be named"."""
    first, last = a.content[0]
    verbs = [w.lemma_ for w in reading.doc[first : last + 1] if w.tag_.startswith("VB")]
    words = listed("cues.silence", "words")
    hides = verbs[:1] == ["be"] and verbs[1:2] and verbs[1] in listed("cues.silence", "hiding")
    return bool(verbs) and (verbs[0] in words - {"be"} or bool(hides))


def _statement(reading: Reading, cast: Cast, a: Attribution, carried: dict[int, str]) -> Statement:
    speaker = cast.at.get(a.source_head)
    text = content_text(reading, a)
    mentioned = (member for bounds in a.content for member in cast.member_in(*bounds))
    about = [m for m in mentioned if m is not speaker and m.can_take_part]
    numbers = {reading.sentence_number(i) for bounds in (*a.content, a.cue[:1]) for i in bounds}
    return Statement(
        attribution=a,
        speaker=speaker,
        speaker_text=reading.span(*a.source).quote,
        kind=_kind(reading, a, text),
        about=tuple(dict.fromkeys(about)),
        via=next((carried[n] for n in sorted(numbers) if n in carried), None),
        sentences=tuple(sorted(numbers)),
        aimed_at=_aimed_at(cast, a, about),
    )


def _kind(reading: Reading, a: Attribution, text: str) -> ClaimKind:
    source = reading.doc[a.source_head].lemma_.lower()
    if reading.doc[a.cue[0]].lemma_ == "ask" and text.rstrip("”\"'").endswith("?"):
        return "state"
    if is_ruling(reading.doc[a.cue[0]].lemma_, source):
        return "decide"
    if a.frame not in ("act", "intend") or a.kind in ("state", "propose", "refuse"):
        return content_kind(text, a.kind)
    return a.kind


def _aimed_at(cast: Cast, a: Attribution, about: list[Member]) -> tuple[Member, ...]:
    """What is said of anybody is aimed at them; an act only at those it names at once."""
    if a.frame not in ("act", "intend"):
        return tuple(dict.fromkeys(about))
    first, last = a.content[0]
    near = cast.member_in(first, min(last, first + _AT_ONCE))
    return tuple(m for m in near if m in about)


def content_text(reading: Reading, a: Attribution) -> str:
    """The content in the article's words; parts that the attribution splits are joined by " … ".

    A quotation whose mark stands outside them gets it back.
    """
    text, before = "", -1
    for first, last in _merged(reading, a.content):
        runs_on = before >= 0 and _runs_on(reading, before, first)
        if before >= 0:
            gap = reading.text[reading.ends[before] : reading.starts[first]]
            text += f"{gap.strip()} " if runs_on else f"{_lost_end(reading, before)} … "
        text += ("" if runs_on else _lost_mark(reading, first)) + reading.span(first, last).quote
        before = last
    return text + _lost_end(reading, before)


def _runs_on(reading: Reading, last: int, first: int) -> bool:
    """Whether a quotation goes on from one paragraph in the next without opening anew."""
    quotation = reading.quotation_at(reading.starts[first])
    between = reading.doc[last + 1 : first]
    is_next = reading.is_quoted(last) and all(word.is_punct for word in between)
    return is_next and quotation is not None and not quotation.opens


def _lost_mark(reading: Reading, first: int) -> str:
    """The opening mark of a quotation that began before this word."""
    quotation = reading.quotation_at(reading.starts[first])
    if quotation is None:
        return ""
    has_mark = quotation.opens and quotation.start >= reading.starts[first]
    return "" if has_mark else quotation.mark


def _lost_end(reading: Reading, last: int) -> str:
    """The closing mark of a quotation that goes on behind this word."""
    quotation = reading.quotation_at(reading.starts[last])
    if quotation is None:
        return ""
    has_mark = quotation.closes and quotation.end <= reading.ends[last]
    return "" if has_mark else closing_mark(quotation.mark)


def _merged(reading: Reading, ranges: tuple[Range, ...]) -> list[Range]:
    """Ranges that follow one another without a word between them, joined."""
    out: list[Range] = []
    for first, last in sorted(ranges):
        if out and _follows(reading, out[-1][1], first):
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _follows(reading: Reading, last: int, first: int) -> bool:
    """Whether only marks stand between two words of one paragraph."""
    is_near = all(word.is_punct for word in reading.doc[last + 1 : first])
    return is_near and reading.sentence_of(last).paragraph == reading.sentence_of(first).paragraph


def _carriers(
    reading: Reading, cast: Cast, attributions: tuple[Attribution, ...]
) -> dict[int, str]:
    """Sentences that an outlet carried: "…, the Haaretz daily reported", "According to Ynet"."""
    carried: dict[int, str] = {}
    for a in attributions:
        member = cast.at.get(a.source_head)
        if member is not None and _can_carry(member):
            for i in (i for bounds in a.content for i in bounds):
                carried.setdefault(reading.sentence_number(i), member.name)
    for member in cast.members:
        for mention in (*member.mentions, *member.passing) if _can_carry(member) else ():
            if _is_carrying(reading, mention):
                carried.setdefault(reading.sentence_number(mention.head), member.name)
    return carried


def _can_carry(member: Member) -> bool:
    """Whether it is an outlet with a name: "told reporters" names none."""
    return _is_outlet(member) and member.name[:1].isupper()


def _is_outlet(member: Member) -> bool:
    """Whether a list has it as an outlet, or the article calls it one: "the City Wire, a daily"."""
    is_called_so = any(noun in member.heads for noun in listed("actors", "media"))
    return member.is_media or (is_called_so and member.type != "person")


def _is_carrying(reading: Reading, mention: Mention) -> bool:
    """Whether an outlet is named as the carrier: "told the daily", "the daily report"."""
    after = reading.doc[mention.last + 1 : mention.last + 1 + _BESIDE]
    before = reading.doc[max(0, mention.first - _TOLD_WITHIN) : mention.first]
    is_told = any(word.lemma_ == "tell" for word in before)
    return is_told or any(word.lemma_ in _REPORTING_NOUNS for word in after)


def to_claim(reading: Reading, statement: Statement, ids: dict[int, str]) -> Claim:
    """A Claim of the briefing; `ids` maps the numbers of chosen members to actor ids."""
    a = statement.attribution
    text = content_text(reading, a)
    speaker = statement.speaker
    name = statement.speaker_text
    if speaker is not None and reading.doc[a.source_head].tag_ == "PRP":
        name = speaker.name
    return Claim(
        speaker=ids.get(speaker.number) if speaker else None,
        speaker_text=name,
        kind=statement.kind,
        verb=reading.span(*a.cue).quote,
        text=text,
        quoted=is_quoted(text),
        via=statement.via,
        about=tuple(ids[m.number] for m in statement.about if m.number in ids),
        evidence=evidence_of(reading, a),
    )


def is_quoted(text: str) -> bool:
    """Whether the content is a quotation, or is carried by one."""
    return any(mark in text for mark in ("“", '"', "``", "''", "«", "„"))


def evidence_of(reading: Reading, a: Attribution) -> tuple[Span, ...]:
    """The exact words from source to content; one span for each sentence."""
    ends: dict[int, list[int]] = {}
    for first, last in (a.source, a.cue, *a.content):
        for n in range(reading.sentence_number(first), reading.sentence_number(last) + 1):
            sent = reading.sents[n]
            ends.setdefault(n, []).extend((max(first, sent.start), min(last, sent.end - 1)))
    return tuple(reading.span(min(ends[n]), max(ends[n])) for n in sorted(ends))
