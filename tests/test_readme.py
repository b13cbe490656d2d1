"""The README against what the project does today."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import cli
from bot.discord.rights import INVITE_PERMISSIONS
from bot.settings import Settings, known_settings
from briefings.rendering import FORMATS, SECTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- shows: briefbot (.*) -->", README)


def test_what_it_shows_is_what_the_command_prints():
    """Help texts and the sample briefing are those of today; `uv run poe readme` renews them."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.readme", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_it_shows_every_command_s_help_and_a_briefing():
    """Each command's help is there, and one whole briefing of a sample article."""
    assert {"--help", *(f"{name} --help" for name in cli.commands)} <= set(SHOWN)
    assert any(re.fullmatch(r"brief tests/data/articles/\S+", shown) for shown in SHOWN)


def test_its_commands_parse():
    """Every briefbot command in the README has options that exist."""
    lines = re.findall(r"^(?:\$ |uv run )?briefbot (.*)$", README, re.MULTILINE)
    assert lines
    for line in lines:
        name, *words = shlex.split(line.split(" | ")[0].split(" > ")[0], comments=True)
        params = cli.commands[name].params if name in cli.commands else cli.params
        known = {option for p in params for option in p.opts} | {"--help", "--version"}
        assert {word for word in [name, *words] if word.startswith("--")} <= known, line


@pytest.mark.parametrize(
    "name", [*FORMATS, *SECTIONS, *(key for key, _ in known_settings(Settings))]
)
def test_it_names_everything_that_can_be_chosen(name):
    """Formats, sections and settings are all named."""
    assert f"`{name}`" in README


def test_the_invite_link_asks_for_what_posting_takes():
    """The permissions in Discord's invite link are those that the bot looks for, no more."""
    [number] = re.findall(r"permissions=(\d+)", README)
    assert int(number) == INVITE_PERMISSIONS.value


def test_the_folders_it_maps_exist():
    """The map of folders names folders and files that are there, and every top-level one."""
    mapped = re.findall(r"^(\S+/|\S+\.\w+) {2,}", README, re.MULTILINE)
    assert {"bot/", "briefings/", "config/", "tests/"} <= set(mapped)
    assert not [path for path in mapped if not (ROOT / path).exists()]


def test_its_links_into_the_project_lead_somewhere():
    """Every relative link names a file that is there."""
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", README) if "://" not in link]
    assert links
    assert not [link for link in links if not (ROOT / link).is_file()]
