"""Times as people write them."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cron import Cron
from bot.errors import TimesUnreadable
from bot.messages import explain
from bot.times import Every, WallTimes, describe_times, read_times

WEEKDAYS, WEEKEND, ALL = range(5), (5, 6), range(7)


def at(days, *clocks):
    return WallTimes(frozenset((day, time.fromisoformat(c)) for day in days for c in clocks))


READINGS = {
    "weekdays": ("weekdays 08:00", at(WEEKDAYS, "08:00")),
    "twice a day": ("daily 07:30 and 18:00", at(ALL, "07:30", "18:00")),
    "half of the day": ("weekends 9am", at(WEEKEND, "09:00")),
    "half of the day, parted": ("Weekends at 9:15 PM", at(WEEKEND, "21:15")),
    "noon and midnight in halves": ("daily 12am, 12pm", at(ALL, "00:00", "12:00")),
    "named days": ("Mon,Thu 07:30", at((0, 3), "07:30")),
    "days in full": ("Mondays and Thursdays at 7.30", at((0, 3), "07:30")),
    "days after the time": ("8:00 on mondays", at((0,), "08:00")),
    "range over the week's end": ("fri-mon 10:00", at((4, 5, 6, 0), "10:00")),
    "range in words": ("Mon to Fri 10:00", at(WEEKDAYS, "10:00")),
    "time alone": ("noon", at(ALL, "12:00")),
    "every day": ("every day at 8", at(ALL, "08:00")),
    "every weekday": ("every weekday 08:00", at(WEEKDAYS, "08:00")),
    "groups": (
        "weekdays 08:00, weekends 10:00",
        WallTimes(at(WEEKDAYS, "08:00").moments | at(WEEKEND, "10:00").moments),
    ),
    "hourly": ("hourly", Every(timedelta(hours=1))),
    "hours": ("every 2 hours", Every(timedelta(hours=2))),
    "one hour": ("every hour", Every(timedelta(hours=1))),
    "minutes": ("Every 30 minutes", Every(timedelta(minutes=30))),
    "least": ("every 5 min", Every(timedelta(minutes=5))),
    "minutes past hours": ("every 90 minutes", Every(timedelta(minutes=90))),
}


@pytest.mark.parametrize(("text", "expected"), READINGS.values(), ids=READINGS)
def test_times_are_read_as_people_write_them(text, expected):
    """Days, times, halves of the day, ranges and periods mean what they mean in a sentence."""
    assert read_times(text) == expected


@pytest.mark.parametrize("text", ["0 8 * * 1-5", "*/15 9-17 * * mon", "`0 0 1,15 * 7`", "@weekly"])
def test_five_fields_are_cron(text):
    """Whatever has cron's five fields, or one of its nicknames, is read as cron."""
    assert isinstance(read_times(text), Cron)


REFUSALS = {
    "unknown word": ("weekdays 08:00 sharp", "sharp", "word"),
    "hour 25": ("daily 25:00", "25:00", "word"),
    "minute 60": ("daily 8:60", "8:60", "word"),
    "thirteen o'clock pm": ("daily 13pm", "13pm", "word"),
    "no time": ("weekdays", "weekdays", "no time"),
    "empty": ("  ", "", "no time"),
    "whose time": ("08:00 weekdays 10:00", "08:00 weekdays 10:00", "no time"),
    "too often": ("every 4 minutes", "every 4 minutes", "too often"),
    "no pause at all": ("every 0 hours", "every 0 hours", "too often"),
    "too seldom": ("every 36 hours", "every 36 hours", "too seldom"),
    "cron minute": ("61 8 * * *", "61", "word"),
    "cron name": ("0 8 * * funday", "funday", "word"),
    "cron range backwards": ("0 8 * * fri-mon", "fri-mon", "word"),
    "cron step of none": ("*/0 8 * * *", "*/0", "word"),
    "cron never due": ("0 8 30 2 *", "0 8 30 2 *", "never"),
    "cron never due in either month": ("0 8 31 4,6 *", "0 8 31 4,6 *", "never"),
}


@pytest.mark.parametrize(("text", "word", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_not_understood_is_named(text, word, reason):
    """The error tells the very word, and its sentence gives examples."""
    with pytest.raises(TimesUnreadable) as caught:
        read_times(text)
    assert (caught.value.word, caught.value.reason) == (word, reason)
    assert "weekdays 08:00" in explain(caught.value)
    assert word in explain(caught.value) or reason != "word"


moments = st.frozensets(
    st.tuples(st.integers(0, 6), st.times().map(lambda t: t.replace(second=0, microsecond=0))),
    min_size=1,
)
periods = st.integers(5, 24 * 60).map(lambda minutes: Every(timedelta(minutes=minutes)))


@given(moments.map(WallTimes) | periods)
def test_a_description_reads_back_as_the_same_times(times):
    """What a person is shown can be typed in again and means the same."""
    described = describe_times(times)
    assert read_times(described.replace(" and ", " ")) == read_times(described) == times


DESCRIPTIONS = {
    "weekdays 8:00": "weekdays at 08:00",
    "daily 18:00, 7:30": "daily at 07:30 and 18:00",
    "thu,mon 9am": "Mon and Thu at 09:00",
    "mon 8:00 sat 9:00": "Mon at 08:00, Sat at 09:00",
    "every 60 minutes": "every hour",
    "every 90 minutes": "every 90 minutes",
    "0 8 * * MON-FRI": "cron 0 8 * * mon-fri",
}


@pytest.mark.parametrize(("text", "expected"), DESCRIPTIONS.items(), ids=DESCRIPTIONS)
def test_descriptions_are_short(text, expected):
    """Times are told in the fewest words that say them."""
    assert describe_times(read_times(text)) == expected
    assert read_times(expected) == read_times(text)
