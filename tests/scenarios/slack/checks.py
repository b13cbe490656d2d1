"""Whether Slack would take a message or a view: by slackblocks, and by sizes it does not know."""

import json
from collections import Counter

import slackblocks as sb
from slackblocks.errors import InvalidUsageError

#: Characters of a message from which Slack answers msg_blocks_too_long (bolt-js #2509).
LARGEST = 11_300


def why_refused(body, *, surface):
    """Slack's word for what is wrong with blocks on a "message", "modal" or "home"; "" if nothing.

    Raises nothing: whatever slackblocks can't build is invalid_blocks.
    """
    blocks = body.get("blocks") or []
    try:
        built = [_build(block) for block in blocks]
        _surround(body, built, surface)
    except (InvalidUsageError, KeyError, TypeError, ValueError) as error:
        return f"invalid_blocks: {type(error).__name__} {error}"
    if twice := _twice([block["block_id"] for block in blocks if "block_id" in block]):
        return f"invalid_blocks: block_id {twice} twice"
    if surface != "message" and len(json.dumps(body, ensure_ascii=False).encode()) > 250_000:
        return "view_too_large"
    if surface == "message" and len(json.dumps(body, ensure_ascii=False)) > LARGEST:
        return "msg_blocks_too_long"
    return ""


def _surround(body, built, surface):
    if surface == "message":
        sb.Message(channel="C1", blocks=built or None, text=body.get("text"))
    elif surface == "home":
        sb.HomeTabView(blocks=built, private_metadata=body.get("private_metadata"))
    else:
        sb.ModalView(
            title=_text(body["title"]),
            blocks=built,
            close=_text(body.get("close")),
            submit=_text(body.get("submit")),
            private_metadata=body.get("private_metadata"),
            callback_id=body.get("callback_id"),
        )


def _build(block):
    kind, name = block["type"], block.get("block_id")
    if kind == "actions":
        if not block["elements"]:
            raise ValueError("no elements")
        if twice := _twice([element["action_id"] for element in block["elements"]]):
            raise ValueError(f"action_id {twice} twice")
        return sb.ActionsBlock([_button(element) for element in block["elements"]], name)
    if kind == "input":
        return sb.InputBlock(
            label=_text(block["label"]),
            element=_element(block["element"]),
            hint=_text(block.get("hint")),
            optional=block["optional"],
            block_id=name,
        )
    return sb.Block.from_dict(block)


def _button(element):
    return sb.Button(
        text=_text(element["text"]),
        action_id=element["action_id"],
        url=element.get("url"),
        value=element.get("value"),
    )


def _element(element):
    action_id = element["action_id"]
    match element["type"]:
        case "plain_text_input":
            if len(element.get("initial_value", "")) > element["max_length"]:
                raise ValueError("initial_value is longer than max_length")
            return sb.PlainTextInput(
                action_id=action_id,
                initial_value=element.get("initial_value"),
                multiline=element["multiline"],
                max_length=element["max_length"],
            )
        case "static_select":
            if element.get("initial_option") not in (None, *element["options"]):
                raise ValueError("initial_option is none of the options")
            return sb.StaticSelectMenu(
                action_id=action_id,
                options=[sb.Option(_text(o["text"]), o["value"]) for o in element["options"]],
            )
        case "conversations_select":
            return sb.ConversationSelectMenu(
                action_id=action_id, initial_conversation=element.get("initial_conversation")
            )
    raise ValueError(f"no element {element['type']}")


def _text(found):
    if found is None:
        return None
    if found["type"] != "plain_text" or not found["text"]:
        raise ValueError(f"no plain text: {found}")
    return sb.Text(found["text"], type_=sb.TextType.PLAINTEXT, emoji=found.get("emoji"))


def _twice(names):
    return next((name for name, times in Counter(names).items() if times > 1), None)
