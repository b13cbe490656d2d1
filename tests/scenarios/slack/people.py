"""What people do in the workspace, and how Slack tells the bot: by websocket or by signed HTTP."""

import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from tests.scenarios.slack.counterpart import SECRET
from tests.scenarios.slack.methods import BOT_ID, TEAM

#: Seconds within which Slack hears an acknowledgement or takes it for none.
ACKNOWLEDGED = 3


@dataclass
class Ack:
    """The acknowledgement: its payload, HTTP status, and seconds that it took."""

    payload: dict
    status: int
    seconds: float


class People:
    """`url`: where the bot takes HTTP; None for Socket Mode."""

    def __init__(self, slack, url=None):
        self.slack = slack
        self.url = url

    # Deeds

    async def slash(self, command, text="", *, user="U0ASKER", channel="C0NEWS"):
        payload = {
            "token": "legacy",
            "team_id": TEAM,
            "team_domain": "brask",
            "channel_id": channel,
            "channel_name": "news",
            "user_id": user,
            "user_name": "someone",
            "command": command,
            "text": text,
            "api_app_id": "A0APP",
            "is_enterprise_install": "false",
            "response_url": self.slack.response_url(),
            "trigger_id": self.trigger(),
        }
        return await self.tell("slash_commands", payload)

    async def press(self, message, label, *, user="U0OTHER", channel="C0NEWS"):
        """Press the button with this label under a message."""
        ts = message.get("ts", "1700000000.000001")
        shown = {k: v for k, v in message.items() if k in {"text", "blocks", "thread_ts"}}
        payload = self._pressed(message["blocks"], label, user) | {
            "container": {"type": "message", "message_ts": ts, "channel_id": channel},
            "channel": {"id": channel, "name": "news"},
            "message": {"type": "message", "ts": ts, "bot_id": BOT_ID, **shown},
            "response_url": self.slack.response_url(),
        }
        return await self.tell("interactive", payload)

    async def press_home(self, label, *, user="U0ASKER", late=0):
        home = self.slack.homes[user]
        payload = self._pressed(home["blocks"], label, user) | {
            "container": {"type": "view", "view_id": f"V{user}"},
            "view": {"id": f"V{user}", "team_id": TEAM, **home},
        }
        self.slack.triggers[payload["trigger_id"]] -= late
        return await self.tell("interactive", payload)

    async def press_modal(self, view_id, label, *, user="U0ASKER"):
        view = self.slack.views[view_id]
        payload = self._pressed(view["blocks"], label, user) | {
            "container": {"type": "view", "view_id": view_id},
            "view": {"id": view_id, "team_id": TEAM, **view},
        }
        return await self.tell("interactive", payload)

    async def shortcut(self, message, *, user="U0ASKER", channel="C0NEWS"):
        payload = self._who(user) | {
            "type": "message_action",
            "action_ts": self.slack.stamp(),
            "callback_id": "brief_this",
            "channel": {"id": channel, "name": "news"},
            "message_ts": "1700000000.000002",
            "message": {"type": "message", "user": "U0OTHER", "ts": "1700000000.000002", **message},
            "response_url": self.slack.response_url(),
        }
        return await self.tell("interactive", payload)

    async def submit(self, view_id, *, user="U0ASKER", **values):
        """Fill in a form's fields by block_id and send it; obey the acknowledgement."""
        payload = self.to_submission(view_id, values, user=user)
        ack = await self.tell("interactive", payload)
        self._obey(view_id, set(payload["view"]["state"]["values"]), ack)
        return ack

    def to_submission(self, view_id, values, *, user="U0ASKER"):
        """The payload of a form that was filled in so, the rest left as it opened."""
        view = self.slack.views[view_id]
        state = {
            block["block_id"]: {
                block["element"]["action_id"]: _fill(block, values.get(block["block_id"]))
            }
            for block in view["blocks"]
            if block["type"] == "input"
        }
        return self._who(user) | {
            "type": "view_submission",
            "view": {"id": view_id, "team_id": TEAM, "state": {"values": state}, **view},
            "response_urls": [],
        }

    def _obey(self, view_id, fields, ack):
        match ack.payload.get("response_action"):
            case "update":
                self.slack.check_view(ack.payload["view"], "modal")
                self.slack.views[view_id] = ack.payload["view"]
            case "errors":
                assert set(ack.payload["errors"]) <= fields
            case None:
                del self.slack.views[view_id]

    async def open_home(self, *, user="U0ASKER", event_id=None):
        event = {"type": "app_home_opened", "user": user, "channel": "D0HOME", "tab": "home"}
        return await self.happen(event, event_id=event_id)

    async def happen(self, event, *, event_id=None, retry=0):
        payload = {
            "token": "legacy",
            "team_id": TEAM,
            "api_app_id": "A0APP",
            "type": "event_callback",
            "event_id": event_id or f"Ev{self.slack.number()}",
            "event_time": int(self.slack.now()),
            "event": {"event_ts": self.slack.stamp(), **event},
        }
        return await self.tell("events_api", payload, retry=retry)

    def trigger(self):
        name = f"{self.slack.number()}.{self.slack.number()}.trigger"
        self.slack.triggers[name] = self.slack.now()
        return name

    def _who(self, user):
        return {
            "token": "legacy",
            "api_app_id": "A0APP",
            "team": {"id": TEAM, "domain": "brask"},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {"id": user, "username": "someone", "name": "someone", "team_id": TEAM},
            "trigger_id": self.trigger(),
        }

    def _pressed(self, blocks, label, user):
        button, block = next(
            (element, block)
            for block in blocks
            if block["type"] == "actions"
            for element in block["elements"]
            if element["text"]["text"] == label
        )
        action = {**button, "block_id": block["block_id"], "action_ts": self.slack.stamp()}
        return self._who(user) | {"type": "block_actions", "actions": [action]}

    # How Slack tells it

    async def tell(self, kind, payload, *, retry=0):
        """Deliver, and return the acknowledgement, which must come within 3 s."""
        started = time.monotonic()
        if self.url is None:
            answer, status = await self._by_socket(kind, payload, retry), 200
        else:
            answer, status = await self._by_http(kind, payload, retry)
        ack = Ack(answer, status, time.monotonic() - started)
        assert ack.seconds < ACKNOWLEDGED, f"acknowledged after {ack.seconds:.1f} s"
        return ack

    async def _by_socket(self, kind, payload, retry):
        await self.slack.until(lambda: self.slack.sockets, what="a connection")
        envelope_id = f"envelope-{self.slack.number()}"
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        await self.slack.sockets[-1].send_json(envelope)
        await self.slack.until(lambda: envelope_id in self.slack.acks, what="an acknowledgement")
        return self.slack.acks[envelope_id].get("payload") or {}

    async def _by_http(self, kind, payload, retry):
        if kind == "slash_commands":
            body, form = urlencode(payload), True
        elif kind == "interactive":
            body, form = urlencode({"payload": json.dumps(payload)}), True
        else:
            body, form = json.dumps(payload), False
        status, text = await self.post(body, is_form=form, retry=retry)
        assert status == 200
        return (
            json.loads(text) if text.startswith("{") else {"text": text} if text else {}
        ), status

    async def post(
        self, body, *, is_form=True, retry=0, secret=SECRET, age=0, headers=None, raw=None
    ):
        """Post a signed body, or `raw` under its signature, to the bot; its status and text."""
        timestamp = str(int(time.time()) - age)
        signed = {
            "Content-Type": "application/x-www-form-urlencoded" if is_form else "application/json",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": SignatureVerifier(secret).generate_signature(
                timestamp=timestamp, body=body
            ),
        }
        if retry:
            signed |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        signed |= headers or {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=raw or body, headers=signed) as response,
        ):
            return response.status, await response.text()


def _fill(block, value):
    element = block["element"]
    kind = element["type"]
    if kind == "static_select":
        chosen = next((o for o in element["options"] if o["value"] == value), None)
        return {"type": kind, "selected_option": chosen or element.get("initial_option")}
    if kind == "conversations_select":
        picked = value or element.get("initial_conversation")
        return {"type": kind, "selected_conversation": picked}
    return {"type": kind, "value": element.get("initial_value") if value is None else value}
