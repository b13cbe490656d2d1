"""/briefing: the schedules of a channel, set up, shown, changed, tried out and explained.

What a slot posts is `rounds`' to decide, when it is due is `schedule`'s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.commands import telling
from bot.commands.access import Access
from bot.commands.drafting import LONGEST_NAME, read_changes
from bot.commands.forms import MOST_SUGGESTIONS, form_for, suggest_zones
from bot.commands.replies import reply_with, tell
from bot.commands.values import FORM, Button, CommandRequest, Form, Reply
from bot.engines import Engines, Wish
from bot.errors import NoSuchSchedule, OptionRefused
from bot.messages import commands as words
from bot.platform import Destination
from bot.posts import sections_of
from bot.rounds import Rounds
from bot.schedule import Filter, Schedule, next_fire_at, next_slots
from bot.store.port import Store
from bot.times import read_times
from briefings.languages import suggest_languages
from briefings.ports import Clock

#: Next instants that a person is shown.
_SHOWN_INSTANTS = 3
_SHOWN_SLOTS = 10
MOST_SCHEDULES = 20
#: The tenant's own setting.
_ZONE = "zone"
_BUTTONS = words.SCHEDULE_BUTTONS


class ScheduleCommands:
    """Each method answers one subcommand. All raise CommandError, DeliveryError or SourceError."""

    def __init__(
        self,
        store: Store,
        rounds: Rounds,
        access: Access,
        clock: Clock,
        *,
        zone: str,
        engines: Engines,
    ) -> None:
        self._store = store
        self._rounds = rounds
        self._access = access
        self._clock = clock
        self._zone = zone
        self._engines = engines

    # --- changes ----------------------------------------------------------------------------

    async def add(self, request: CommandRequest) -> Reply:
        """Set a schedule up, once its feeds have been read and the channel can be posted to."""
        target = _target(request)
        await self._access.ensure_may_change(request, target)
        await self._access.ensure_can_post(target)
        for option in ("urls", "times"):
            if not request.options.get(option):
                raise OptionRefused(option, "", "missing")
        await self._ensure_room(target, "urls")
        draft = await self._drafted(request, target)
        added = await self._store.add_schedule(draft)
        return await self._with_preview(words.ADDED.format(id=added.id), added)

    async def edit(self, request: CommandRequest) -> Reply:
        schedule = await self._changeable(request)
        changes = read_changes(request.options, schedule.filter)
        target = _target(request) if request.options.get("channel") else schedule.destination
        if target != schedule.destination:
            await self._access.ensure_may_change(request, target)
            await self._access.ensure_can_post(target)
            await self._ensure_room(target, "channel")
            changes["destination"] = target
        if not changes:
            raise OptionRefused("", "", "no change")
        changed = await self._changed(schedule, changes)
        await self._store.update_schedule(changed)
        return await self._with_preview(words.EDITED.format(id=changed.id), changed)

    async def pause(self, request: CommandRequest) -> Reply:
        schedule = await self._changeable(request)
        await self._store.update_schedule(
            replace(schedule, is_paused=True, next_fire_at=None, paused_because="")
        )
        return reply_with(words.PAUSED.format(id=schedule.id))

    async def resume(self, request: CommandRequest) -> Reply:
        schedule = await self._changeable(request)
        await self._access.ensure_can_post(schedule.destination)
        resumed = self._timed(replace(schedule, is_paused=False, paused_because=""))
        await self._store.update_schedule(resumed)
        return reply_with(words.RESUMED.format(id=schedule.id), self._say_next(resumed))

    async def remove(self, request: CommandRequest) -> Reply:
        schedule = await self._changeable(request)
        await self._store.remove_schedule(schedule.id)
        return reply_with(words.REMOVED.format(id=schedule.id))

    async def run(self, request: CommandRequest) -> Reply:
        """Post now what is new; the reply says what came of it."""
        schedule = await self._changeable(request)
        logged = await self._rounds.run_now(schedule, asked_by=request.asker.user_id)
        return reply_with(
            words.RAN.format(id=schedule.id),
            *([telling.log_line(logged, schedule.zone)] if logged else [words.RUNS_ALREADY]),
            bullets=telling.log_details(logged) if logged else (),
        )

    # --- reading ----------------------------------------------------------------------------

    async def list(self, request: CommandRequest) -> Reply:
        found = await self._schedules_of(request.destination)
        if not found:
            return reply_with(words.NO_SCHEDULES)
        lines = [telling.summary_line(schedule) for schedule in found]
        buttons = tuple(
            Button(_BUTTONS["show"].format(id=s.id), "briefing show", s.id) for s in found[:5]
        )
        return replace(reply_with(words.SCHEDULES, bullets=lines), buttons=buttons)

    async def show(self, request: CommandRequest) -> Reply:
        schedule = await self._own(request)
        return replace(
            reply_with(
                telling.title_of(schedule),
                self._say_next(schedule),
                bullets=telling.describe(schedule),
            ),
            buttons=_buttons_of(schedule),
        )

    async def preview(self, request: CommandRequest) -> Reply:
        schedule = await self._own(request)
        return await self._with_preview(words.PREVIEW.format(id=schedule.id), schedule)

    async def log(self, request: CommandRequest) -> Reply:
        """What was posted at each slot, and why nothing was."""
        schedule = await self._own(request)
        slots = await self._store.list_slots(schedule.id, _SHOWN_SLOTS)
        title = words.LOG.format(id=schedule.id)
        if not slots:
            return reply_with(title, words.NO_LOG)
        lines = [
            line
            for slot in slots
            for line in (telling.log_line(slot, schedule.zone), *telling.log_details(slot))
        ]
        return reply_with(title, bullets=lines)

    async def help(self, request: CommandRequest) -> Reply:  # noqa: ARG002  # as all the others
        commands = [f"{command}: {meaning}" for command, meaning in words.HELP]
        model = (words.HELP_MODEL,) if self._engines.has_model else ()
        rest = (words.HELP_TIMES, words.HELP_FILTERS, *model, words.HELP_CHECK)
        return reply_with(words.HELP_TITLE, *rest, bullets=commands)

    async def home(self, request: CommandRequest) -> Reply:
        """The workspace's or guild's schedules that the asker may see, each with a way to it."""
        found = await self._store.list_schedules(
            platform=request.destination.platform, tenant_id=request.destination.tenant_id
        )
        channels = {schedule.destination for schedule in found}
        seen = {where for where in channels if await self._access.may_read(request, where)}
        found = tuple(schedule for schedule in found if schedule.destination in seen)
        lines = [telling.summary_line(s, with_channel=True) for s in found]
        told = reply_with(words.HOME_TITLE, *([] if found else [words.HOME_EMPTY]), bullets=lines)
        shown = tuple(Button(_BUTTONS["edit one"].format(id=s.id), FORM, s.id) for s in found)
        return replace(told, buttons=(Button(words.HOME_ADD, FORM), *shown))

    # --- forms and completions -----------------------------------------------------------------

    async def form(self, request: CommandRequest) -> Form:
        named = request.options.get("id") or request.options.get("value")
        schedule = await self._own(request) if named else None
        zone = await self._zone_of(request.destination)
        return form_for(schedule, zone, has_model=self._engines.has_model)

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> tuple[str, ...]:
        if option == "zone":
            return suggest_zones(typed)
        if option == "language":
            return suggest_languages(typed, MOST_SUGGESTIONS)
        if option != "id":
            return ()
        found = await self._schedules_of(request.destination)
        wanted = typed.strip().lower()
        fitting = [s.id for s in found if wanted in f"{s.id} {s.name}".lower()]
        return tuple(fitting[:MOST_SUGGESTIONS])

    # --- steps ----------------------------------------------------------------------------------

    async def _drafted(self, request: CommandRequest, target: Destination) -> Schedule:
        blank = Schedule(
            id="",
            destination=target,
            name="",
            feeds=(),
            times="",
            zone=await self._zone_of(target),
            created_by=request.asker.user_id,
            created_at=self._clock.now(),
        )
        return await self._changed(blank, read_changes(request.options, Filter()))

    async def _changed(self, schedule: Schedule, changes: dict[str, Any]) -> Schedule:
        """The schedule with these fields, its sites replaced by their feeds, its next slot set."""
        if changes.keys() & {"engine", "language"}:
            changed = replace(schedule, **changes)
            self._engines.ensure(Wish(changed.engine, changed.language))
        if "feeds" in changes:
            # A feed that stands is not asked again: a form names it though nobody changed it.
            new = [url for url in changes["feeds"] if url not in schedule.feeds]
            found = {url: await self._rounds.find_feed(url) for url in new}
            feeds = (found[url].url if url in found else url for url in changes["feeds"])
            changes = {**changes, "feeds": tuple(dict.fromkeys(feeds))}
            if found and not schedule.name and "name" not in changes:
                changes["name"] = found[new[0]].title[:LONGEST_NAME]
        return self._timed(replace(schedule, **changes))

    def _timed(self, schedule: Schedule) -> Schedule:
        return replace(schedule, next_fire_at=next_fire_at(schedule, self._clock.now()))

    async def _with_preview(self, title: str, schedule: Schedule) -> Reply:
        """When it posts next, and what it would post at this moment."""
        found = await self._rounds.preview(schedule)
        told = tell(title, self._say_next(schedule), bullets=telling.preview_lines(found))
        shown = replace(told, sections=(*told.sections, *sections_of(found.posts)))
        return Reply(notice=title, document=shown, buttons=_buttons_of(schedule))

    def _say_next(self, schedule: Schedule) -> str:
        if schedule.is_paused:
            return telling.say_paused(schedule)
        instants = next_slots(
            read_times(schedule.times), schedule.zone, self._clock.now(), _SHOWN_INSTANTS
        )
        return words.NEXT_TIMES.format(
            instants=words.say_instants(instants, schedule.zone), zone=schedule.zone
        )

    async def _changeable(self, request: CommandRequest) -> Schedule:
        schedule = await self._own(request)
        await self._access.ensure_may_change(request, schedule.destination)
        return schedule

    async def _own(self, request: CommandRequest) -> Schedule:
        """The schedule named, if the asker may know of it."""
        named = request.options.get("id") or request.options.get("value") or ""
        if not named:
            raise OptionRefused("id", "", "missing")
        schedule = await self._store.find_schedule(named)
        if schedule is None or not _is_of(schedule, request.destination):
            raise NoSuchSchedule(named)
        if not await self._access.may_read(request, schedule.destination):
            raise NoSuchSchedule(named)
        return schedule

    async def _ensure_room(self, target: Destination, option: str) -> None:
        """Raises OptionRefused where the channel has as many schedules as it may."""
        if len(await self._schedules_of(target)) >= MOST_SCHEDULES:
            raise OptionRefused(option, str(MOST_SCHEDULES), "too many schedules")

    async def _schedules_of(self, target: Destination) -> tuple[Schedule, ...]:
        return await self._store.list_schedules(
            platform=target.platform, tenant_id=target.tenant_id, channel_id=target.channel_id
        )

    async def _zone_of(self, target: Destination) -> str:
        own = await self._store.get_setting(target.platform, target.tenant_id, _ZONE)
        return own or self._zone


def _target(request: CommandRequest) -> Destination:
    """The channel that was named, else the one in which the command was given."""
    channel = request.options.get("channel", "").strip("<#> ").partition("|")[0]
    return replace(request.destination, channel_id=channel) if channel else request.destination


def _is_of(schedule: Schedule, asked_in: Destination) -> bool:
    own = schedule.destination
    return (own.platform, own.tenant_id) == (asked_in.platform, asked_in.tenant_id)


def _buttons_of(schedule: Schedule) -> tuple[Button, ...]:
    turn = "resume" if schedule.is_paused else "pause"
    commands = {turn: f"briefing {turn}", "edit": FORM} | {
        word: f"briefing {word}" for word in ("preview", "log")
    }
    return tuple(Button(_BUTTONS[word], to, schedule.id) for word, to in commands.items())
