"""Where log records go: nowhere unless somebody asked to see them, then to standard error."""

from __future__ import annotations

import logging


def configure_logging(*, debug: bool) -> None:
    """Keep libraries' own words from people; with `debug`, show everything."""
    logging.captureWarnings(True)
    if debug:
        logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s: %(message)s")
    else:
        logging.getLogger().addHandler(logging.NullHandler())
