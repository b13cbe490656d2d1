"""A dry run's platform: shows what another platform would get, and sends nothing."""

from bot.console.platform import ConsolePlatform
from bot.console.sizes import Size, sizes_of

__all__ = ["ConsolePlatform", "Size", "sizes_of"]
