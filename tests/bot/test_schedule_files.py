"""Schedules in a file: the samples that come with the bot, and what people write in their own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import ZoneUnknown
from bot.schedule import Filter, next_fire_at
from bot.schedule_files import read_schedules

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "config" / "feeds.toml"


def test_the_samples_can_be_read():
    """What comes with the bot is right, and each is due at some time."""
    found = read_schedules(SAMPLES, "Europe/Berlin", NOW)
    assert len(found) == 3
    assert {schedule.destination.platform for schedule in found} == {"slack", "discord"}
    assert all(next_fire_at(schedule, NOW) for schedule in found)


def test_lists_and_numbers_are_read_as_they_stand(tmp_path):
    """A list is as good as commas, and keeps a comma inside of a phrase."""
    path = tmp_path / "feeds.toml"
    path.write_text(
        "[[schedule]]\nchannel = 42\nurls = ['a.example', 'https://b.example/f']\n"
        "times = 'daily 9:00'\nany = ['Rafah, Gaza', 'aid']\nmax = 7\n"
        "none = 'sport, “box office”'\n"
    )
    (found,) = read_schedules(path, "Asia/Tokyo", NOW)
    assert found.destination.channel_id == "42"
    assert found.feeds == ("https://a.example", "https://b.example/f")
    assert found.filter == Filter(any_of=("Rafah, Gaza", "aid"), none_of=("sport", "box office"))
    assert (found.at_most, found.mode, found.zone) == (7, "each", "Asia/Tokyo")


def test_a_wrong_zone_is_told_as_in_a_command(tmp_path):
    """With the name that was probably meant."""
    path = tmp_path / "feeds.toml"
    path.write_text(
        "[[schedule]]\nchannel = 'x'\nurls = 'a.example'\ntimes = 'daily 9:00'\nzone = 'Berlyn'\n"
    )
    with pytest.raises(ZoneUnknown) as caught:
        read_schedules(path, "UTC", NOW)
    assert caught.value.nearest == "Europe/Berlin"
