"""Every command, handled once for all platforms; adapters only translate."""

from bot.commands.values import (
    Asker,
    Button,
    CommandRequest,
    Commands,
    Field,
    Form,
    Reply,
)

__all__ = ["Asker", "Button", "CommandRequest", "Commands", "Field", "Form", "Reply"]
