"""Where log records go: nowhere unless somebody asked to see them, then to standard error.

What looks like a token is struck out of every one.
"""

from __future__ import annotations

import logging
import re

#: Tokens of Slack and Discord, and passwords in addresses.
_SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)
_STRUCK = "***"


def configure_logging(*, debug: bool) -> None:
    """Keep libraries' own words from people; with `debug`, show everything."""
    logging.captureWarnings(True)
    if debug:
        logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s: %(message)s")
        for handler in logging.getLogger().handlers:
            handler.addFilter(_strike_out)
    else:
        logging.getLogger().addHandler(logging.NullHandler())


def strike_out(text: str) -> str:
    """The text without what looks like a token or a password."""
    return _SECRET.sub(_STRUCK, text)


def _strike_out(record: logging.LogRecord) -> bool:
    record.msg, record.args = strike_out(record.getMessage()), None
    return True
