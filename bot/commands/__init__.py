"""Every command, handled once for all platforms; adapters only translate."""

from bot.commands.handler import CommandHandler
from bot.commands.values import (
    FORM,
    HOME,
    Asker,
    Button,
    CommandRequest,
    Commands,
    Field,
    Form,
    Reply,
)

__all__ = [
    "FORM",
    "HOME",
    "Asker",
    "Button",
    "CommandHandler",
    "CommandRequest",
    "Commands",
    "Field",
    "Form",
    "Reply",
]
