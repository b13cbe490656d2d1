"""What a button or form carries in its custom_id, so that it works after a restart.

Nothing is remembered here: the id alone says which command is meant, of what, and which page; what
was typed before is named, and lost with a restart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

#: Characters that Discord takes (Discord, "Custom ID").
LONGEST: Final = 100
#: A button runs its command; "more" opens a page of its form; a form sends one page.
Kind = Literal["button", "more", "form"]
_LETTERS: Final[dict[Kind, str]] = {"button": "b", "more": "n", "form": "f"}
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}
_PATTERN = re.compile(r"([bnf])(\d)(\d)(?:\.([\w-]+))?:([a-z ]+):(.*)", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class CustomId:
    """`page` counts from 0, of `pages` pages that the form has; 0 and 0 for a button.

    `draft`: the key of what was typed before, if anything was.
    """

    kind: Kind
    command: str
    value: str = ""
    page: int = 0
    pages: int = 0
    draft: str = ""

    def __str__(self) -> str:
        place = f"{_LETTERS[self.kind]}{self.page}{self.pages}" + (
            f".{self.draft}" if self.draft else ""
        )
        return f"{place}:{self.command}:{self.value}"

    @property
    def fits(self) -> bool:
        return len(str(self)) <= LONGEST


def read_custom_id(text: str) -> CustomId | None:
    """The reverse; None for an id that is not one of ours."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    letter, page, pages, draft, command, value = match.groups()
    return CustomId(_KINDS[letter], command, value, int(page), int(pages), draft or "")
