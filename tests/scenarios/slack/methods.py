"""Slack's Web API methods that the bot calls, with the errors that their documentation names."""

from dataclasses import dataclass, field

from tests.scenarios.slack.checks import why_refused

TEAM, BOT_USER, BOT_ID = "T0TEAM", "U0BOT", "B0BOT"
#: Seconds that a trigger_id opens a view.
TRIGGER = 3


@dataclass
class Channel:
    id: str
    members: set = field(default_factory=lambda: {"U0MAKER", "U0ASKER", BOT_USER})
    creator: str = "U0MAKER"
    is_private: bool = False
    is_archived: bool = False
    messages: list = field(default_factory=list)


class Refused(Exception):
    """Slack's word for why a call is not obeyed."""


class Methods:
    """Each takes the body of a call and gives the answer's fields, or raises Refused."""

    def _auth_test(self, _):
        return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID, "url": self.api_url}

    def _apps_connections_open(self, _):
        ticket = f"ticket-{self.number()}"
        self.tickets.add(ticket)
        url = self._server.make_url("/link").with_scheme("ws").with_query(ticket=ticket)
        return {"url": str(url)}

    def _chat_postMessage(self, body):  # noqa: N802  # Slack's name
        channel = self._channel(body)
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        if channel.is_archived:
            raise Refused("is_archived")
        self._check_message(body)
        message = {
            "type": "message",
            "ts": self.stamp(),
            "bot_id": BOT_ID,
            "user": BOT_USER,
            **{k: body[k] for k in ("text", "blocks", "metadata", "thread_ts") if body.get(k)},
        }
        channel.messages.append(message)
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def _chat_postEphemeral(self, body):  # noqa: N802  # Slack's name
        channel = self._channel(body)
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        if body["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        self._check_message(body)
        return {"message_ts": self.stamp()}

    def _conversations_info(self, body):
        channel = self._channel(body)
        return {
            "channel": {
                "id": channel.id,
                "creator": channel.creator,
                "is_private": channel.is_private,
                "is_archived": channel.is_archived,
                "is_member": BOT_USER in channel.members,
            }
        }

    def _conversations_members(self, body):
        members = sorted(self._channel(body).members)
        start = int(body.get("cursor") or 0)
        end = start + min(int(body["limit"]), 2)  # fewer than asked for: Slack may
        cursor = str(end) if end < len(members) else ""
        return {"members": members[start:end], "response_metadata": {"next_cursor": cursor}}

    def _conversations_history(self, body):
        tops = [m for m in self._channel(body).messages if "thread_ts" not in m]
        return self._page(body, tops[::-1])

    def _conversations_replies(self, body):
        below = [m for m in self._channel(body).messages if body["ts"] in _threads_of(m)]
        if not below:
            raise Refused("thread_not_found")
        return self._page(body, below)

    def _page(self, body, messages):
        recent = [m for m in messages if float(m["ts"]) >= float(body.get("oldest") or 0)]
        start = int(body.get("cursor") or 0)
        end = start + min(int(body["limit"]), 3)
        cursor = str(end) if end < len(recent) else ""
        hides = self.hidden_metadata or str(body.get("include_all_metadata")).lower() not in "1true"
        shown = [{k: v for k, v in m.items() if k != "metadata" or not hides} for m in recent]
        return {
            "messages": shown[start:end],
            "has_more": bool(cursor),
            "response_metadata": {"next_cursor": cursor},
        }

    def _users_info(self, body):
        user = body["user"]
        return {
            "user": {
                "id": user,
                "is_admin": user in self.admins,
                "is_restricted": user.startswith("U0GUEST"),
                "deleted": user.startswith("U0GONE"),
            }
        }

    def _views_open(self, body):
        issued_at = self.triggers.pop(body["trigger_id"], None)
        if issued_at is None:
            raise Refused("exchanged_trigger_id")
        if self.now() - issued_at > TRIGGER:
            raise Refused("expired_trigger_id")
        return self._keep_view(f"V{self.number()}", body["view"])

    def _views_update(self, body):
        if body["view_id"] not in self.views:
            raise Refused("not_found")
        return self._keep_view(body["view_id"], body["view"])

    def _views_publish(self, body):
        self.check_view(body["view"], "home")
        self.homes[body["user_id"]] = body["view"]
        return {"view": {**body["view"], "id": f"V{body['user_id']}"}}

    def _keep_view(self, view_id, view):
        self.check_view(view, "modal")
        self.views[view_id] = view
        return {"view": {**view, "id": view_id}}

    def check_view(self, view, kind):
        if view.get("type") != kind:
            raise Refused("invalid_arguments: type")
        if why := why_refused(view, surface=kind):
            raise Refused(why)

    def _channel(self, body):
        channel = self.channels.get(body.get("channel"))
        if channel is None or (channel.is_private and BOT_USER not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def _check_message(self, body):
        if not body.get("text") and not body.get("blocks"):
            raise Refused("no_text")
        if why := why_refused(body, surface="message"):
            raise Refused(why)

    def stamp(self):
        """A message's ts: unique, and in order."""
        return f"{self.now():.0f}.{self.number():06d}"


def _threads_of(message):
    return (message["ts"], message.get("thread_ts"))
