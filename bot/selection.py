"""Which of the feeds' entries a slot posts, and for each of the others why not.

Pure: it reads no feed, no clock and no store.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

import re2

from bot.schedule import Filter, Schedule
from bot.slots import Skipped, SkipReason, Story
from bot.stories import Likeness, fold, is_same_story, liken, plain_text
from briefings.article import Entry, Feed
from briefings.sources.urls import canonical_url

#: Reports further apart than this tell of two events, however alike.
SAME_STORY_WITHIN: Final = timedelta(hours=48)
#: As much of an entry's own HTML is looked at; feeds that carry whole articles are cut there.
_TEASER_SIZE: Final = 4_000
#: As much of it is kept with a story.
_KEPT_TEASER: Final = 400


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry and the feed that lists it."""

    entry: Entry
    feed: Feed


@dataclass(frozen=True, slots=True)
class Choice:
    """What is posted: an entry, with other outlets' entries of the same story, newest first.

    `keys`: what the entry is known by once it has been posted. `story`: to keep, so that a later
    slot recognizes it.
    """

    listed: Listed
    also: tuple[Listed, ...]
    story: Story
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """`seen`: keys of everything that was looked at, chosen or not, known before or not."""

    chosen: tuple[Choice, ...]
    skipped: tuple[Skipped, ...]
    seen: frozenset[str]


def key_of(listed: Listed) -> tuple[str, ...]:
    """What an entry is recognized by: any of these was seen, and the entry is not new.

    Its address without what changes nothing of the page, and its id, which only counts within the
    feed's site; its title where it has neither.
    """
    entry = listed.entry
    keys = [canonical_url(entry.url)] if entry.url else []
    if entry.guid and entry.guid != entry.url:
        keys.append(f"{listed.feed.url} {entry.guid}")
    return tuple(keys) or (f"{listed.feed.url} {entry.title}",)


def select(
    listed: Iterable[Listed],
    *,
    schedule: Schedule,
    seen: Collection[str],
    stories: Iterable[Story],
    is_first_run: bool,
    now: datetime,
) -> Selection:
    """Choose what a slot posts, newest first.

    New entries that the schedule's filter takes, one for each story, `at_most` of them; on a
    schedule's first run the newest alone. `stories`: what it posted of late.
    """
    looked_at = sorted(listed, key=lambda one: _instant(one, now), reverse=True)
    skipped: list[Skipped] = []
    fresh = list(_take_fresh(looked_at, schedule.filter, seen, skipped))
    at_most, reason = schedule.at_most, _OVER
    if is_first_run:
        at_most, reason = 1, _FIRST
    told = [_Told(story.posted_at, liken(story.title, story.teaser), story) for story in stories]
    groups = _group(fresh, told, now, skipped, limit=(at_most, reason))
    return Selection(
        chosen=tuple(group.choose(now) for group in groups),
        skipped=tuple(skipped),
        seen=frozenset(key for one in looked_at for key in key_of(one)),
    )


def why_filtered(rules: Filter, text: str) -> str | None:
    """Which rule keeps a text out, None where all let it pass.

    Words and phrases count without case and accents, and only as whole words; spaces between the
    words of a phrase may be any white space.
    """
    folded = fold(text)
    for word in rules.none_of:
        if _holds(folded, word):
            return word
    for word in rules.all_of:
        if not _holds(folded, word):
            return f"no “{word}”"
    if rules.any_of and not any(_holds(folded, word) for word in rules.any_of):
        return "none of: " + ", ".join(rules.any_of)
    if rules.pattern and not _pattern(rules.pattern).search(text):
        return f"no match for {rules.pattern}"
    return None


_OVER: Final[SkipReason] = "over the maximum"
_FIRST: Final[SkipReason] = "first run"


@dataclass(frozen=True, slots=True)
class _Told:
    """A story that an earlier slot posted."""

    at: datetime
    likeness: Likeness
    story: Story


@dataclass(slots=True)
class _Group:
    """Entries of one story, the newest first."""

    at: datetime
    members: list[Listed]
    likenesses: list[Likeness]
    feeds: set[str] = field(default_factory=set)

    def tells(self, at: datetime, likeness: Likeness) -> bool:
        is_near = abs(at - self.at) <= SAME_STORY_WITHIN
        return is_near and any(is_same_story(likeness, other) for other in self.likenesses)

    def choose(self, now: datetime) -> Choice:
        first, *others = self.members
        also: dict[str, Listed] = {}
        for other in others:
            if other.entry.url and other.feed.url != first.feed.url:
                also.setdefault(other.feed.url, other)
        teaser = _teaser(first.entry)[:_KEPT_TEASER]
        return Choice(
            listed=first,
            also=tuple(also.values()),
            story=Story(first.entry.title, teaser, now, first.entry.url),
            keys=frozenset(key_of(first)),
        )


def _take_fresh(
    looked_at: Iterable[Listed], rules: Filter, seen: Collection[str], skipped: list[Skipped]
) -> Iterator[Listed]:
    """Entries that are new and pass the filter; two feeds may list the same one."""
    known = set(seen)
    for one in looked_at:
        keys = key_of(one)
        if not known.isdisjoint(keys):
            skipped.append(_skip(one, "seen"))
            continue
        known.update(keys)
        because = why_filtered(rules, f"{one.entry.title}\n{_teaser(one.entry)}")
        if because is None:
            yield one
        else:
            skipped.append(_skip(one, "filtered", because))


def _group(
    fresh: Sequence[Listed],
    told: Sequence[_Told],
    now: datetime,
    skipped: list[Skipped],
    *,
    limit: tuple[int, SkipReason],
) -> list[_Group]:
    """Stories in the order of their newest entry, up to the limit; the rest is skipped."""
    at_most, reason = limit
    groups: list[_Group] = []
    for one in fresh:
        at, likeness = _instant(one, now), liken(one.entry.title, _teaser(one.entry))
        earlier = _find_told(told, at, likeness)
        group = next((group for group in groups if group.tells(at, likeness)), None)
        if earlier:
            skipped.append(_skip(one, "same story", earlier.title))
        elif group:
            skipped.append(_skip(one, "same story", group.members[0].entry.title))
            group.members.append(one)
            group.likenesses.append(likeness)
        elif len(groups) < at_most:
            groups.append(_Group(at, [one], [likeness]))
        else:
            skipped.append(_skip(one, reason))
    return groups


def _find_told(told: Iterable[_Told], at: datetime, likeness: Likeness) -> Story | None:
    for one in told:
        if abs(at - one.at) <= SAME_STORY_WITHIN and is_same_story(likeness, one.likeness):
            return one.story
    return None


def _skip(one: Listed, reason: SkipReason, detail: str = "") -> Skipped:
    return Skipped(one.entry.title, one.entry.url, reason, detail)


def published_at(one: Listed) -> datetime | None:
    """When it was published, as the feed says; a day without a time begins it."""
    published = one.entry.published
    if published is None:
        return None
    if not isinstance(published, datetime):
        published = datetime.combine(published, time())
    return published if published.tzinfo else published.replace(tzinfo=UTC)


def _instant(one: Listed, now: datetime) -> datetime:
    """When it was published. Without a date, or with one to come, it counts as of now."""
    return min(published_at(one) or now, now)


def _teaser(entry: Entry) -> str:
    return plain_text(entry.content_html[:_TEASER_SIZE])


def _holds(folded: str, phrase: str) -> bool:
    wanted = _phrase(phrase)
    return wanted is not None and wanted.search(folded) is not None


@lru_cache(maxsize=4096)
def _phrase(phrase: str) -> re.Pattern[str] | None:
    """A phrase as whole words; None where nothing is left of it to look for."""
    words = [re.escape(word) for word in fold(phrase).split()]
    joined = r"\s+".join(words)
    return re.compile(rf"(?<!\w){joined}(?!\w)") if words else None


@lru_cache(maxsize=1024)
def _pattern(text: str) -> Any:  # noqa: ANN401  # the library has no types
    """Without regard to case. RE2 takes time in proportion to the text, whatever the pattern."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(text, options)
