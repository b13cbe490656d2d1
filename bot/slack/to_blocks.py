"""Replies and forms as Slack shows them: messages with buttons, modals, the App Home.

Pure: it sends nothing. Buttons carry all their state, so they work after a restart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, Final

from bot import messages
from bot.commands import Button, Field, Form, Reply
from bot.slack.to_fields import to_input
from briefings.rendering.limits import SLACK, size_of
from briefings.rendering.slack import document_to_slack, escape_slack

Json = dict[str, Any]

#: What a button's action_id begins with: pressed, it is a command; or Slack opens its link.
PRESS: Final = "briefbot.press"
LINK: Final = "briefbot.link"
#: `callback_id` of the form, and of the message shortcut in the manifest.
FORM_ID: Final = "briefbot.form"
SHORTCUT_ID: Final = "brief_this"
#: Sizes of Block Kit (docs.slack.dev/reference/block-kit): buttons of one block, a button's words,
#: what it carries, a modal's title and its buttons, blocks of a view.
ACTIONS, LABEL, VALUE, TITLE, VIEW = 25, 75, 2_000, 24, 100
#: A view over 250 kB is refused ("view_too_large"); room is left for buttons, and for letters of
#: up to three bytes each.
VIEW_SIZE: Final = 70_000


def reply_to_slack(reply: Reply) -> list[Json]:
    """Bodies that show a reply's document and buttons; its details are not among them."""
    bodies = document_to_slack(reply.document, _gist_of(reply))
    blocks = to_actions(reply.buttons)
    if not blocks:
        return bodies
    last = bodies[-1]
    joined = {**last, "blocks": [*last["blocks"], *blocks]}
    fits = len(joined["blocks"]) <= SLACK.blocks and _size(joined) <= SLACK.message
    if fits:
        return [*bodies[:-1], joined]
    return [*bodies, *({**last, "blocks": [block]} for block in blocks)]


def details_to_slack(reply: Reply) -> list[Json]:
    """Bodies that show a reply's details, for its thread; none where it has none."""
    return document_to_slack(reply.details, _gist_of(reply)) if reply.details else []


def to_text(text: str) -> Json:
    """A body of one plain line."""
    return {"text": escape_slack(text), "unfurl_links": False, "unfurl_media": False}


def to_actions(buttons: Iterable[Button]) -> list[Json]:
    """Blocks of buttons, each in size; more buttons than one block takes go into further ones."""
    elements = [_to_button(number, button) for number, button in enumerate(buttons)]
    return [
        {
            "type": "actions",
            "block_id": f"briefbot.buttons.{start // ACTIONS}",
            "elements": elements[start : start + ACTIONS],
        }
        for start in range(0, len(elements), ACTIONS)
    ]


def read_press(value: str) -> tuple[str, str]:
    """Command and value of a button; both empty where it is none of ours."""
    found = _read_json(value)
    return str(found.get("command", "")), str(found.get("value", ""))


def to_form_view(form: Form, channel_id: str, *, mistake: str = "") -> Json:
    """A modal to fill in. `mistake`: what is wrong with what was sent, said on top."""
    told = [_section(mistake)] if mistake else []
    state = {"command": form.command, "value": form.value, "channel": channel_id}
    return {
        "type": "modal",
        "callback_id": FORM_ID,
        "title": _plain(_cut(form.title, TITLE)),
        "submit": _plain(_cut(form.submit, TITLE)),
        "close": _plain(messages.SLACK_CANCEL),
        "private_metadata": json.dumps(state),
        "blocks": [*told, *(to_input(field) for field in form.fields)][:VIEW],
    }


def to_form(view: Mapping[str, Any], options: Mapping[str, str], fields: Iterable[Field]) -> Form:
    """The form that a modal showed, its fields filled in as they were sent."""
    state = read_state(view)
    filled = tuple(
        Field(
            option=field.option,
            label=field.label,
            value=options.get(field.option, ""),
            hint=field.hint,
            is_required=field.is_required,
            is_long=field.is_long,
            choices=field.choices,
        )
        for field in fields
    )
    title, submit = (str((view.get(part) or {}).get("text", "")) for part in ("title", "submit"))
    return Form(title, state.get("command", ""), filled, submit, state.get("value", ""))


def read_state(view: Mapping[str, Any]) -> Mapping[str, str]:
    """What a modal carries: "command", "value" and "channel"."""
    found = _read_json(str(view.get("private_metadata") or ""))
    return {str(name): str(value) for name, value in found.items()}


def to_loading_view(channel_id: str = "") -> Json:
    """What a modal shows while its content is made: a trigger lasts 3 s, the making longer."""
    return _to_modal([_section(messages.SLACK_LOADING)], channel_id)


def to_text_view(text: str, channel_id: str = "") -> Json:
    """A modal of one plain line."""
    return _to_modal([_section(text)], channel_id)


def to_reply_view(reply: Reply, channel_id: str) -> Json:
    """A modal that shows a reply; buttons in it speak of `channel_id`."""
    return _to_modal(_to_view_blocks(reply), channel_id)


def to_home_view(reply: Reply) -> Json:
    """The App Home that shows a reply."""
    return {"type": "home", "blocks": _to_view_blocks(reply)}


def _to_modal(blocks: list[Json], channel_id: str) -> Json:
    return {
        "type": "modal",
        "title": _plain(messages.SLACK_TITLE),
        "close": _plain(messages.SLACK_CLOSE),
        "private_metadata": json.dumps({"channel": channel_id}),
        "blocks": blocks,
    }


def _to_view_blocks(reply: Reply) -> list[Json]:
    """A view is one page: parts follow on each other, without the lines that number them."""
    first, *later = document_to_slack(reply.document, "")
    blocks = [*first["blocks"], *(block for body in later for block in body["blocks"][1:])]
    actions = to_actions(reply.buttons)
    fitting = sum(size <= VIEW_SIZE for size in accumulate(map(_size, blocks)))
    if fitting == len(blocks) <= VIEW - len(actions):
        return [*blocks, *actions]
    cut = [_section(messages.SLACK_CUT), *actions]
    return [*blocks[: min(fitting, VIEW - len(cut))], *cut]


def _gist_of(reply: Reply) -> str:
    """What a notification says behind the title; nothing where that would say the title twice."""
    return "" if reply.notice == reply.document.title else reply.notice


def _to_button(number: int, button: Button) -> Json:
    label = _plain(_cut(button.label, LABEL))
    if button.url:
        address = {"url": button.url, "action_id": f"{LINK}.{number}"}
        return {"type": "button", "text": label, **address}
    state = json.dumps({"command": button.command, "value": button.value})
    if size_of(state) > VALUE:
        raise ValueError(f"a button that carries more than {VALUE} characters: {button.label}")
    return {"type": "button", "text": label, "action_id": f"{PRESS}.{number}", "value": state}


def _section(text: str) -> Json:
    shown = _cut(escape_slack(text), SLACK.section)
    return {"type": "section", "text": {"type": "mrkdwn", "text": shown, "verbatim": True}}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def _cut(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units of `text`."""
    if size_of(text) <= limit:
        return text
    units = text.encode("utf-16-le")[: 2 * (limit - 1)]
    return f"{units.decode('utf-16-le', errors='ignore')}…"


def _size(body: Json) -> int:
    return size_of(json.dumps(body, ensure_ascii=False))


def _read_json(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
