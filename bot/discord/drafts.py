"""What was typed into a command or form that could not be used, to be corrected in a form.

Kept in memory alone: after a restart the form opens as it is made, and nothing typed is on a disk.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.commands import CommandRequest, Field, Form, Reply
from bot.discord.custom_ids import CustomId

#: Commands that open a form when nothing but an id is given, and whose mistakes lead back to it.
FORMS: Final = frozenset({"briefing add", "briefing edit"})
#: So many are kept; the oldest go. At most 4,000 characters in each of five fields.
KEPT: Final = 500
_KEY_BYTES: Final = 6
#: Which schedule is meant; the form's own id carries it.
_NAMING: Final = ("id", "value")


@dataclass(frozen=True, slots=True)
class Draft:
    """`options`: all that was typed; `mistake`: what is wrong with `wrong_option`, if with one."""

    options: Mapping[str, str]
    wrong_option: str
    mistake: str


class Drafts:
    """The drafts of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Draft] = OrderedDict()

    def keep(self, request: CommandRequest, reply: Reply, page: int) -> CustomId | None:
        """The way back to what was typed, opening `page`; None where there is none."""
        typed = {name: text for name, text in request.options.items() if name not in _NAMING}
        if request.name not in FORMS or not reply.is_refused or not typed:
            return None
        key = secrets.token_urlsafe(_KEY_BYTES)
        named = request.options.get("value") or request.options.get("id", "")
        way = CustomId("more", request.name, named, page, draft=key)
        if not way.fits:
            return None
        self._kept[key] = Draft(typed, reply.wrong_option, reply.notice)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return way

    def find(self, key: str) -> Draft | None:
        return self._kept.get(key)


def fill_in(form: Form, draft: Draft) -> Form:
    """The form with what was typed, and the mistake as the hint of its field.

    A wrong option that the form does not ask for gets a field of its own, or it would stay wrong.
    """
    fields = form.fields
    if draft.wrong_option in draft.options and draft.wrong_option not in _options_of(form):
        fields = (Field(draft.wrong_option, draft.wrong_option.title()), *fields)
    return replace(form, fields=tuple(_fill_in(field, draft) for field in fields))


def _options_of(form: Form) -> set[str]:
    return {field.option for field in form.fields}


def _fill_in(field: Field, draft: Draft) -> Field:
    hint = draft.mistake if field.option == draft.wrong_option else field.hint
    return replace(field, value=draft.options.get(field.option, field.value), hint=hint)
