"""Replies and forms as discord.py's embeds, views and modals, within Discord's sizes.

Views are only laid out here and never listened to: presses are read from their custom_id.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import discord
from discord import ui

from bot.commands import Button, Field, Form
from bot.discord.custom_ids import CustomId
from bot.messages_discord import CORRECT, MORE_FIELDS
from briefings.rendering.limits import size_of

BUTTONS: Final = 25
BUTTONS_A_ROW: Final = 5
LABEL: Final = 80
LINK: Final = 512
FIELDS: Final = 5
FORM_TITLE: Final = 45
FIELD_LABEL: Final = 45
FIELD_HINT: Final = 100
CHOICES: Final = 25
CHOICE: Final = 100
LONGEST_INPUT: Final = 4_000

_log = logging.getLogger(__name__)


def to_embeds(body: Mapping[str, Any]) -> list[discord.Embed]:
    return [discord.Embed.from_dict(embed) for embed in body["embeds"]]


def to_view(buttons: Iterable[Button], *, more: CustomId | None = None) -> ui.View | None:
    """Rows of buttons; `more` adds one that opens the next page of a form, or what was typed again.

    None for no buttons.

    What Discord would refuse the whole message for is left out: a button whose id is too long or
    stands there twice, a link that is no web address or over 512 characters.
    """
    laid_out = [button for button in map(_to_button, buttons) if button is not None]
    if more is not None:
        label = CORRECT if more.draft else MORE_FIELDS.format(page=more.page + 1, pages=more.pages)
        laid_out.append(ui.Button(label=label, custom_id=str(more)))
    unique = {button.url or button.custom_id: button for button in laid_out}
    if not unique:
        return None
    view = ui.View(timeout=None)
    for number, button in enumerate([*unique.values()][:BUTTONS]):
        button.row = number // BUTTONS_A_ROW
        view.add_item(button)
    view.stop()  # or discord.py would remember each view for as long as the bot runs
    return view


def to_modal(form: Form, page: int = 0, *, draft: str = "") -> ui.Modal:
    """Page `page` of the form, five fields each, those that must be filled in first.

    `draft`: the key of what else was typed before.
    """
    fields, pages = page_of(form, page)
    sent = CustomId("form", form.command, form.value, page, pages, draft)
    modal = ui.Modal(title=shorten(form.title, FORM_TITLE), custom_id=str(sent))
    for field in fields:
        label = shorten(field.label, FIELD_LABEL)
        hint = shorten(field.hint, FIELD_HINT) or None
        modal.add_item(ui.Label(text=label, description=hint, component=_to_input(field)))
    modal.stop()  # as above: what is sent is read from the interaction
    return modal


def page_of(form: Form, page: int) -> tuple[tuple[Field, ...], int]:
    """The fields of a page, and how many pages there are."""
    ordered = sorted(form.fields, key=lambda field: not field.is_required)
    return tuple(ordered[page * FIELDS : (page + 1) * FIELDS]), -(-len(ordered) // FIELDS)


def page_with(form: Form, option: str) -> int | None:
    """The page on which a field stands."""
    pages = range(page_of(form, 0)[1])
    shown = ((page, page_of(form, page)[0]) for page in pages)
    return next((page for page, fields in shown if any(f.option == option for f in fields)), None)


def read_modal(components: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What a person filled in, by option; choices joined by a comma."""
    return {
        part["custom_id"]: str(part["value"]) if "value" in part else ", ".join(part["values"])
        for part in _inputs(components)
    }


def shorten(text: str, limit: int) -> str:
    """`text` within `limit` as Discord counts, cut with an ellipsis."""
    if size_of(text) <= limit:
        return text
    cut = text[: limit - 1]
    while size_of(cut) > limit - 1:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _inputs(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Inputs stand in labels, and in rows where an older client sends them so."""
    for part in components:
        if "custom_id" in part and ("value" in part or "values" in part):
            yield part
        nested = part.get("components") or [part["component"]] if _has_nested(part) else ()
        yield from _inputs(nested)


def _has_nested(part: Mapping[str, Any]) -> bool:
    return bool(part.get("components") or part.get("component"))


def _to_button(button: Button) -> ui.Button[ui.View] | None:
    label = shorten(button.label, LABEL)
    if button.url is not None:
        is_web = button.url.startswith(("https://", "http://"))
        return ui.Button(label=label, url=button.url) if is_web and _fits(button.url) else None
    pressed = CustomId("button", button.command, button.value)
    if not pressed.fits:
        _log.error("a button of %s is left out: its value is too long", button.command)
        return None
    return ui.Button(label=label, custom_id=str(pressed))


def _fits(url: str) -> bool:
    return size_of(url) <= LINK


def _to_input(field: Field) -> ui.TextInput[ui.View] | ui.Select[ui.View]:
    if field.choices is None:
        style = discord.TextStyle.paragraph if field.is_long else discord.TextStyle.short
        return ui.TextInput(
            custom_id=field.option,
            style=style,
            default=shorten(field.value, LONGEST_INPUT) or None,
            required=field.is_required,
            max_length=LONGEST_INPUT,
        )
    options = [
        discord.SelectOption(
            label=shorten(label, CHOICE), value=value, default=value == field.value
        )
        for value, label in [*field.choices.items()][:CHOICES]
    ]
    return ui.Select(
        custom_id=field.option,
        options=options,
        required=field.is_required,
        min_values=int(field.is_required),
    )
