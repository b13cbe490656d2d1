"""What buttons and forms carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.custom_ids import LONGEST, CustomId, read_custom_id

COMMANDS = st.sampled_from(["show", "briefing edit", "briefing preview"])
KINDS = st.sampled_from(["button", "more", "form"])


@given(
    kind=KINDS,
    command=COMMANDS,
    value=st.text(max_size=79),
    page=st.integers(0, 9),
    pages=st.integers(0, 9),
    draft=st.from_regex(r"[A-Za-z0-9_-]{0,8}", fullmatch=True),
)
def test_an_id_says_again_what_was_put_in(kind, command, value, page, pages, draft):
    """Whatever a button carries comes back letter for letter."""
    sent = CustomId(kind, command, value, page, pages, draft)
    assert read_custom_id(str(sent)) == sent


def test_the_longest_value_that_fits():
    """Beside the longest command there is room for 79 characters."""
    assert CustomId("button", "briefing preview", "v" * 79).fits
    assert len(str(CustomId("button", "briefing preview", "v" * 79))) <= LONGEST
    assert not CustomId("button", "briefing preview", "v" * 80).fits


@pytest.mark.parametrize("strange", ["", "x00:show:1", "b0:show:1", "b00:Show:1", "view:1"])
def test_a_strange_id_is_none_of_ours(strange):
    """An id that another version or another bot made is not taken for one of ours."""
    assert read_custom_id(strange) is None
