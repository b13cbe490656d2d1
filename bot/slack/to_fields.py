"""A form's fields as the inputs of a modal, and back: what somebody filled in as options.

Pure, and it knows no command.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bot import messages
from bot.commands import Field, Form

Json = dict[str, Any]

#: `action_id` of every input; its block_id is the option's name.
ELEMENT: Final = "value"
#: The option that is a channel: picked, not typed.
CHANNEL: Final = "channel"
#: Sizes of Block Kit: label and hint of an input, typed text, choices and their words.
WORDS, TYPED, CHOICES, CHOICE_LABEL, CHOICE_VALUE = 2_000, 3_000, 100, 75, 150


def with_channel(form: Form) -> Form:
    """The form with a channel to pick, before everything else."""
    if any(field.option == CHANNEL for field in form.fields):
        return form
    picked = Field(CHANNEL, messages.SLACK_CHANNEL, is_required=True)
    return replace(form, fields=(picked, *form.fields))


def to_input(field: Field) -> Json:
    """One field as an input block."""
    block: Json = {
        "type": "input",
        "block_id": field.option,
        "label": _plain(field.label[:WORDS]),
        "optional": not field.is_required,
        "element": {**_to_element(field), "action_id": ELEMENT},
    }
    return {**block, "hint": _plain(field.hint[:WORDS])} if field.hint else block


def read_fields(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by option; "" where a field was left empty."""
    values = (view.get("state") or {}).get("values") or {}
    return {
        str(option): _read_element(element)
        for option, elements in values.items()
        for element in elements.values()
    }


def fields_of(view: Mapping[str, Any]) -> Iterator[Field]:
    """The fields that a modal showed, as its payload repeats them."""
    for block in view.get("blocks") or ():
        if block.get("type") == "input":
            yield _to_field(block)


def _to_element(field: Field) -> Json:
    if field.choices and len(field.choices) <= CHOICES:
        options = [_to_option(value, label) for value, label in field.choices.items()]
        chosen = [option for option in options if option["value"] == field.value]
        start: Json = {"initial_option": chosen[0]} if chosen else {}
        return {"type": "static_select", "options": options, **start}
    if field.option == CHANNEL:
        kinds = {"include": ["public", "private"], "exclude_bot_users": True}
        start = {"initial_conversation": field.value} if field.value else {}
        return {"type": "conversations_select", "filter": kinds, **start}
    start = {"initial_value": field.value[:TYPED]} if field.value else {}
    sizes = {"multiline": field.is_long, "max_length": TYPED}
    return {"type": "plain_text_input", **sizes, **start}


def _to_option(value: str, label: str) -> Json:
    return {"text": _plain(label[:CHOICE_LABEL]), "value": value[:CHOICE_VALUE]}


def _read_element(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option") or {}
    picked = element.get("selected_conversation") or element.get("selected_channel")
    return str(element.get("value") or chosen.get("value") or picked or "")


def _to_field(block: Mapping[str, Any]) -> Field:
    element = block.get("element") or {}
    choices = {o["value"]: o["text"]["text"] for o in element.get("options") or ()}
    return Field(
        option=str(block.get("block_id", "")),
        label=str((block.get("label") or {}).get("text", "")),
        hint=str((block.get("hint") or {}).get("text", "")),
        is_required=not block.get("optional"),
        is_long=bool(element.get("multiline")),
        choices=choices or None,
    )


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
