"""What Slack sends, as requests: slash commands, buttons, the message shortcut, modals, the Home.

Pure: payloads in (docs.slack.dev/interactivity), plain values out.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.commands import FORM, HOME, Asker, CommandRequest
from bot.platform import Destination
from bot.slack.to_blocks import read_press, read_state
from bot.slack.to_fields import CHANNEL, read_fields

Json = Mapping[str, Any]

#: An address as Slack writes it, <https://…|label>, or bare.
_ANGLED = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_ADDRESS = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>|(https?://[^\s<>|\"]+)", re.IGNORECASE)
#: Where the parts of a message that aren't its text hold an address, a link preview's last.
_LINKS: Final = ("url", "title_link", "from_url", "original_url", "author_link")
_TEXTS: Final = ("text", "fallback")


@dataclass(frozen=True, slots=True)
class Turn:
    """Whom to answer, and how: one thing that somebody did.

    `key` is the same when Slack sends it again. `trigger_id` opens a modal, for 3 s. `view_id`:
    the modal it was done in. `is_home`: it was done in the App Home.
    """

    key: str
    destination: Destination
    user_id: str
    response_url: str = ""
    trigger_id: str = ""
    thread_id: str | None = None
    view_id: str = ""
    is_home: bool = False


def to_turn(payload: Json) -> Turn:
    """Who did something, and where. A person's id stands for the channel of their App Home."""
    user_id = str(payload.get("user_id") or _in(payload, "user", "id"))
    view = payload.get("view") or {}
    is_home = view.get("type") == "home"
    channel_id = (
        payload.get("channel_id")
        or _in(payload, "channel", "id")
        or _in(payload, "container", "channel_id")
        or read_state(view).get("channel")
        or user_id
    )
    message = payload.get("message") or {}
    return Turn(
        key=_key_of(payload),
        destination=Destination("slack", tenant_of(payload), str(channel_id)),
        user_id=user_id,
        response_url=str(payload.get("response_url") or ""),
        trigger_id=str(payload.get("trigger_id") or ""),
        thread_id=message.get("thread_ts") or _in(payload, "container", "thread_ts") or None,
        view_id="" if is_home else str(view.get("id") or ""),
        is_home=is_home or (bool(view) and channel_id == user_id),
    )


def to_home_turn(body: Json) -> Turn:
    """Who opened the App Home."""
    user_id = str(_in(body, "event", "user"))
    where = Destination("slack", tenant_of(body), user_id)
    return Turn(key=event_key(body), destination=where, user_id=user_id, is_home=True)


def from_slash(turn: Turn, payload: Json) -> CommandRequest:
    """The command with its line of text: /briefing list is "briefing" with "list"."""
    name = str(payload.get("command", "")).lstrip("/")
    return _request(turn, name, {"text": read_text(str(payload.get("text") or ""))})


def from_press(turn: Turn, payload: Json) -> CommandRequest:
    """The command that a button carries."""
    actions = payload.get("actions") or [{}]
    command, value = read_press(str(actions[0].get("value") or ""))
    options = {"value": value, "id": value} if command == FORM else {"value": value}
    return _request(turn, command, {k: v for k, v in options.items() if v or k == "value"})


def from_shortcut(turn: Turn, payload: Json) -> CommandRequest | None:
    """A briefing of the message's first link; None where it holds none."""
    url = first_link(payload.get("message") or {})
    return _request(turn, "brief", {"url": url}) if url else None


def from_submission(turn: Turn, payload: Json) -> CommandRequest:
    """The command of a form, with its fields. A channel that was picked is where it applies."""
    view = payload.get("view") or {}
    state, fields = read_state(view), read_fields(view)
    request = _request(turn, state.get("command", ""), fields | {"value": state.get("value", "")})
    if not (picked := fields.get(CHANNEL)):
        return request
    where = Destination("slack", turn.destination.tenant_id, picked)
    return CommandRequest(request.id, where, request.asker, request.name, request.options)


def from_home(turn: Turn) -> CommandRequest:
    """What the App Home shows."""
    return _request(turn, HOME, {})


def tenant_of(payload: Json) -> str:
    """The workspace; where the app is installed for a whole organisation, the organisation."""
    found = (
        payload.get("team_id")
        or _in(payload, "team", "id")
        or _in(payload, "user", "team_id")
        or payload.get("enterprise_id")
        or _in(payload, "enterprise", "id")
    )
    return str(found or "")


def event_key(body: Json) -> str:
    """The same for an event that is sent again."""
    return str(body.get("event_id") or "") or _key_of(body)


def read_text(text: str) -> str:
    """A line of text as it was typed: addresses without Slack's marks, signs without entities."""
    return _unescape(_ANGLED.sub(r"\1", text)).strip()


def first_link(message: Json) -> str:
    """The first http or https address of a message, of its text, blocks or attachments; or ""."""
    parts = (message.get("text"), message.get("blocks"), message.get("attachments"))
    return next((url for part in parts for url in _links_in(part)), "")


def _links_in(part: object) -> Iterator[str]:
    if isinstance(part, str):
        for match in _ADDRESS.finditer(part):
            yield _unescape(match[1] or match[2].rstrip(".,;:!?)'”’"))
    elif isinstance(part, list):
        for piece in part:
            yield from _links_in(piece)
    elif isinstance(part, Mapping):
        yield from _links_of(part)


def _unescape(text: str) -> str:
    """Slack's three entities and no others: "&copy=1" belongs to an address."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _links_of(part: Json) -> Iterator[str]:
    """Texts first, then addresses, then what is nested."""
    for name in (*_TEXTS, *_LINKS):
        yield from _links_in(part.get(name))
    nested = [value for name, value in part.items() if name not in (*_TEXTS, *_LINKS)]
    yield from _links_in([value for value in nested if isinstance(value, list | Mapping)])


def _request(turn: Turn, name: str, options: Mapping[str, str]) -> CommandRequest:
    return CommandRequest(
        id=secrets.token_hex(6),
        destination=turn.destination,
        asker=Asker(turn.user_id),
        name=name,
        options=options,
    )


def _key_of(payload: Json) -> str:
    """Slack gives interactions no id; one that is sent again is the same to the letter."""
    text = json.dumps(payload, sort_keys=True, default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:40]}"


def _in(payload: Json, *names: str) -> Any:  # noqa: ANN401  # JSON of any shape
    found: Any = payload
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found or ""
