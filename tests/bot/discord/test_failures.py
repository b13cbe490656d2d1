"""What errors mean, beyond what the scenarios show over real sockets."""

import aiohttp
import discord
import pytest

from bot.discord.api import Attempt
from bot.discord.failures import UNSAID_WAIT, to_delivery_error
from bot.errors import (
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    PermissionMissing,
    RateLimited,
)
from bot.platform import Destination

HERE = Destination("discord", "1", "2")
LOST = aiohttp.ServerDisconnectedError()
CASES = {
    "never left": (LOST, Attempt(), DeliveryFailed),
    "left and unanswered": (LOST, Attempt(unanswered=1), DeliveryUncertain),
    "answered, but cut off": (LOST, Attempt(status=200), DeliveryUncertain),
    "refused, but cut off": (LOST, Attempt(status=400), DeliveryRefused),
    "forbidden, but cut off": (LOST, Attempt(status=403), DeliveryFailed),
    "limited, but cut off": (LOST, Attempt(status=429), RateLimited),
    "limited after a doubt": (
        discord.RateLimited(40),
        Attempt(unanswered=1, status=429),
        DeliveryUncertain,
    ),
    "bad token": (discord.LoginFailure(), Attempt(), PermissionMissing),
}


@pytest.mark.parametrize(("error", "attempt", "kind"), CASES.values(), ids=CASES)
def test_what_is_known_of_the_requests_decides(error, attempt, kind):
    """Only a request that left without an answer, or was obeyed, leaves a doubt."""
    found = to_delivery_error(error, HERE, attempt)
    assert type(found) is kind
    assert found.destination == HERE


def test_a_limit_without_a_figure():
    """Where nobody says how long, the wait is a minute."""
    found = to_delivery_error(KeyError("retry_after"), HERE, Attempt(status=429))
    assert isinstance(found, RateLimited)
    assert found.retry_after == UNSAID_WAIT
