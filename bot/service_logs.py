"""The log of a service: one JSON object a line, each with the ids of what it belongs to.

At INFO no record holds an article's text: records name ids.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.logs import strike_out

#: Libraries whose INFO tells nothing to who runs the bot, or too much.
_CHATTY = ("apscheduler", "discord", "slack_bolt", "slack_sdk", "aiosqlite", "alembic", "aiohttp")


def configure_service_logging(*, debug: bool) -> None:
    """For a service: every record a JSON object on standard error, with the request's id."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _strike_values,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.DEBUG if debug else logging.WARNING)
    # It warns whenever a look at what is due takes longer than the time to the next.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.captureWarnings(True)


def bind(**names: str) -> None:
    """Put these names on every record of the present task: request_id, schedule, slot."""
    structlog.contextvars.bind_contextvars(**names)


def _strike_values(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = strike_out(value)
        elif key not in ("_record", "_from_structlog"):
            event[key] = value if isinstance(value, int | float | bool) else strike_out(str(value))
    return event
