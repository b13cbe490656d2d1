"""Where Discord is reached: its own addresses, or those of a proxy or a compatible server.

discord.py keeps them on two classes, so they hold for the whole process.
"""

from __future__ import annotations

from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


def use_addresses(*, api_url: str | None = None, gateway_url: str | None = None) -> None:
    """Talk to these from now on; None leaves an address as it is.

    `api_url` with the version, as in "https://discord.com/api/v10"; `gateway_url` with ws or wss.
    """
    if api_url is not None:
        Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)
