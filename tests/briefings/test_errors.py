"""Errors travel between processes as they are."""

import pickle

import pytest

from briefings import errors

MADE = {
    "a plain one": errors.NoText("u", "d"),
    "with a status": errors.Unreachable("u", "d", status=404),
    "with a field": errors.InvalidBriefing("claims[0]", "d"),
    "with a reason": errors.ModelFailed("llm", "d", reason="server", tokens=(3, 4)),
    "with a language": errors.ForeignUnreadNow("u", language="de", reason="timeout"),
}


@pytest.mark.parametrize("error", MADE.values(), ids=MADE)
def test_an_error_comes_out_of_a_worker_whole(error):
    """Class, message and all that it carries: it is put into words in another process."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert type(again) is type(error)
    assert (again.args, vars(again)) == (error.args, vars(error))
