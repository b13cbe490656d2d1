"""Takes out of foreign text what steers a screen instead of being read on it.

It never changes a visible character: quotation marks, dashes and letters stay as they were.
"""

from __future__ import annotations

import re

#: Escape sequences of terminals (ECMA-48): CSI, then OSC with its terminator.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
)
#: Controls but tab and line feed; bidirectional controls (UAX #9); byte order mark, invisible tags,
#: and lone surrogates, which no encoding can carry.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` without terminal escapes, control and bidirectional characters; line feeds stay."""
    return _CONTROLS.sub("", _BREAKS.sub("\n", _ESCAPES.sub("", text)))


def clean_line(text: str) -> str:
    """`clean` on one line: every stretch of white space becomes a single space."""
    return _SPACE.sub(" ", clean(text))
