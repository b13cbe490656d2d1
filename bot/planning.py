"""Decides what one slot posts: its feeds read, entries selected, briefed, and composed.

It stores nothing and sends nothing; who works a slot off is `rounds`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ParamSpec, TypeVar

from bot.briefer import Briefer
from bot.engines import Wish, name_payer
from bot.feeds import FeedReader
from bot.messages.chat import explain_in_chat
from bot.messages.commands import NO_ENTRIES
from bot.messages.models import list_costs
from bot.platform import Platform, PlatformName
from bot.posts import Post, Report, posts_of
from bot.schedule import Schedule
from bot.selection import Listed, Selection, key_of, published_at, select
from bot.slots import Delivery, Skipped, Slot, SlotPlan, Story
from bot.store.port import KEEP_STORIES, Store
from briefings.briefing import Briefing
from briefings.errors import BriefingError, SourceError
from briefings.ports import Clock
from briefings.summarizers.llm.budget import paid_by

P = ParamSpec("P")
T = TypeVar("T")

#: 18 bytes are 24 characters: both platforms' mark holds 25.
_NONCE_BYTES = 18


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a slot would post, and why the rest is left out; nothing of it is stored yet.

    `remarks`: a sentence for each feed that is empty or could not be read.
    `based_on`: see SlotPlan.
    """

    posts: tuple[Post, ...] = ()
    seen: frozenset[str] = frozenset()
    stories: tuple[Story, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()
    based_on: int | None = None


class Planner:
    """Makes the plans of slots; each slot of a schedule must know of those before it."""

    def __init__(
        self,
        *,
        store: Store,
        briefer: Briefer,
        feeds: FeedReader,
        platforms: Mapping[PlatformName, Platform],
        clock: Clock,
    ) -> None:
        self._store = store
        self._briefer = briefer
        self._feeds = feeds
        self._platforms = platforms
        self._clock = clock
        #: Where messages are composed, one after the other: each takes some milliseconds, and many
        #: wait for one article and wake together. The loop goes on. One thread, because each that
        #: ever ran keeps memory of its own.
        self._desk = ThreadPoolExecutor(1, "desk")

    async def plan(self, slot: Slot) -> SlotPlan:
        """What a slot of a platform that is set up posts."""
        prepared = await self.prepare(slot.schedule)
        return await self._at_desk(self._planned, slot, prepared)

    async def prepare(self, schedule: Schedule, until: datetime | None = None) -> Prepared:
        """What the schedule would post now; `until`: without what was published later."""
        listed, remarks = await self._list(schedule)
        if until is not None:
            listed = [one for one in listed if (published_at(one) or until) <= until]
        based_on = await self._store.last_story(schedule.id)  # before anything that it is about
        chosen = await self._select(schedule, listed)
        reports: list[Report] = []
        skipped, seen, stories = list(chosen.skipped), set(chosen.seen), list[Story]()
        where = schedule.destination
        wish = Wish(schedule.engine, schedule.language)
        with paid_by(name_payer(where.platform, where.tenant_id)) as bill:
            made = await asyncio.gather(*(self._brief(c.listed, wish) for c in chosen.chosen))
        remarks += list_costs(bill.charges, [one for one in made if isinstance(one, Briefing)])
        for choice, outcome in zip(chosen.chosen, made, strict=True):
            if isinstance(outcome, BriefingError):
                skipped.append(_unreadable(choice.listed, outcome))
                if outcome.retryable:
                    seen -= choice.keys
                continue
            also = tuple((other.feed.title, other.entry.url or "") for other in choice.also)
            reports.append(Report(outcome, also))
            stories.append(choice.story)
        name = schedule.name or (listed[0].feed.title if listed else schedule.id)
        posts = await self._at_desk(posts_of, reports, schedule.mode, name)
        return Prepared(
            posts=posts,
            seen=frozenset(seen),
            stories=tuple(stories),
            skipped=tuple(skipped),
            remarks=tuple(remarks),
            based_on=based_on,
        )

    async def _list(self, schedule: Schedule) -> tuple[list[Listed], list[str]]:
        """The entries of all feeds, and a sentence for each feed that is empty or can't be read."""
        read = await asyncio.gather(*map(self._feeds.read, schedule.feeds), return_exceptions=True)
        listed: list[Listed] = []
        remarks: list[str] = []
        for outcome in read:
            if isinstance(outcome, SourceError):
                remarks.append(explain_in_chat(outcome))
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                if not outcome.entries:
                    remarks.append(NO_ENTRIES.format(url=outcome.url))
                listed += [Listed(entry, outcome) for entry in outcome.entries]
        return listed, remarks

    async def _select(self, schedule: Schedule, listed: Sequence[Listed]) -> Selection:
        now = self._clock.now()
        keys = {key for one in listed for key in key_of(one)}
        return select(
            listed,
            schedule=schedule,
            seen=await self._store.seen_keys(schedule.id, keys) if schedule.id else frozenset(),
            stories=await self._store.list_stories(schedule.id, now - KEEP_STORIES),
            is_first_run=not await self._store.has_seen_any(schedule.id),
            now=now,
        )

    async def _brief(self, listed: Listed, wish: Wish) -> Briefing | BriefingError:
        try:
            return await self._briefer.brief_entry(listed.entry, listed.feed, wish)
        except BriefingError as error:
            return error

    def _planned(self, slot: Slot, prepared: Prepared) -> SlotPlan:
        return SlotPlan(
            deliveries=tuple(self._deliveries(slot, prepared.posts)),
            seen=prepared.seen,
            stories=prepared.stories,
            skipped=prepared.skipped,
            remarks=prepared.remarks,
            based_on=prepared.based_on,
        )

    def _deliveries(self, slot: Slot, posts: Sequence[Post]) -> Iterator[Delivery]:
        """A row for each part; a post's details go into the thread of its first part."""
        where = slot.schedule.destination
        platform = self._platforms[where.platform]
        part = 0
        for post in posts:
            opening = part
            for message in platform.compose(post.top, post.details):
                yield Delivery(
                    schedule_id=slot.schedule.id,
                    slot_at=slot.slot_at,
                    destination=where,
                    part=part,
                    nonce=secrets.token_urlsafe(_NONCE_BYTES),
                    body=message.body,
                    thread_part=opening if message.is_detail else None,
                )
                part += 1

    async def _at_desk(self, compose: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._desk, partial(compose, *args, **kwargs))


def _unreadable(listed: Listed, error: BriefingError) -> Skipped:
    return Skipped(listed.entry.title, listed.entry.url, "unreadable", explain_in_chat(error))
