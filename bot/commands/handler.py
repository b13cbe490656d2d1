"""Runs a command: finds who answers it, and turns what goes wrong into a reply.

It words nothing and knows no command's insides.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.commands.articles import ArticleCommands
from bot.commands.grammar import read_command
from bot.commands.replies import reply_with
from bot.commands.schedules import ScheduleCommands
from bot.commands.values import CommandRequest, Form, Reply
from bot.errors import (
    BotError,
    CommandNotUnderstood,
    OptionRefused,
    TimesUnreadable,
    ZoneUnknown,
)
from bot.messages.chat import explain_in_chat
from bot.messages.commands import FAILED
from bot.metrics import Metrics
from bot.service_logs import bind
from briefings.errors import BriefingError, SourceError

_log = logging.getLogger(__name__)
Answer = Callable[[CommandRequest], Awaitable[Reply]]


def _option_of(error: Exception, command: str) -> str:
    """The option that an error is about, for a form to show it there."""
    match error:
        case OptionRefused():
            return error.option
        case TimesUnreadable():
            return "times"
        case ZoneUnknown():
            return "zone"
        case SourceError():
            return "url" if command == "brief" else "urls"
    return ""


class CommandHandler:
    """The Commands that adapters call."""

    def __init__(
        self, articles: ArticleCommands, schedules: ScheduleCommands, metrics: Metrics
    ) -> None:
        self._schedules = schedules
        self._metrics = metrics
        self._answers: Mapping[str, Answer] = {
            "brief": articles.brief,
            "show": articles.show,
            "briefing add": schedules.add,
            "briefing list": schedules.list,
            "briefing show": schedules.show,
            "briefing edit": schedules.edit,
            "briefing pause": schedules.pause,
            "briefing resume": schedules.resume,
            "briefing remove": schedules.remove,
            "briefing run": schedules.run,
            "briefing preview": schedules.preview,
            "briefing log": schedules.log,
            "briefing help": schedules.help,
            "briefing home": schedules.home,
        }

    async def run(self, request: CommandRequest) -> Reply:
        """Do what was asked; what goes wrong is a private reply with one sentence."""
        bind(request_id=request.id)
        began = time.monotonic()
        name, outcome = "unknown", "done"
        try:
            name, read = self._read(request)
            return await self._answers[name](read)
        except (BotError, BriefingError) as error:
            outcome = type(error).__name__
            return replace(
                reply_with(explain_in_chat(error)),
                wrong_option=_option_of(error, name),
                is_refused=True,
            )
        except Exception:  # noqa: BLE001  # the asker waits: whatever it is, they are told
            outcome = "failed"
            _log.exception("command failed")
            return replace(reply_with(FAILED.format(request=request.id)), is_refused=True)
        finally:
            platform = request.destination.platform
            self._metrics.commands.labels(platform, name, outcome).inc()
            self._metrics.command_seconds.labels(name).observe(time.monotonic() - began)
            _log.info("command", extra={"command": name, "outcome": outcome, "on": platform})

    async def form(self, request: CommandRequest) -> Form:
        """Raises CommandError where the schedule named is none of this workspace or guild."""
        return await self._schedules.form(request)

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> tuple[str, ...]:
        return await self._schedules.suggest(request, option, typed)

    def _read(self, request: CommandRequest) -> tuple[str, CommandRequest]:
        name, options = read_command(request.name, request.options)
        if name not in self._answers:
            raise CommandNotUnderstood(name)
        return name, replace(request, name=name, options=options)
