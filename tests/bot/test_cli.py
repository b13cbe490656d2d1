"""The command line on fakes: what goes where, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import cli
from briefings.errors import SummarizerUnavailable
from briefings.rendering import EXPLAINED_FORMATS, FORMATS, SECTIONS

TEXT = """Ministers meet over the bridge

The ministers of both countries met on Monday to talk about the bridge, officials said. They spoke
for two hours and agreed to meet again next week, according to a statement by both governments.

The bridge has been closed since January, when a flood carried away one of its pillars. Traders on
both banks say that they have lost half of their customers since then, and want it open by May.
"""
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Second story</title><link>https://news.example/2</link>
<pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate></item>
<item><title>First story</title><link>https://news.example/1</link>
<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>
</channel></rss>"""


@pytest.fixture
def run_in_shell(child_environment):
    """Run `briefbot` and what follows it as a shell would, redirections included."""

    def run(command, cwd):
        return subprocess.run(
            [
                "/bin/sh",
                "-c",
                f'"$0" -c "from bot.cli import main; main()" {command}',
                sys.executable,
            ],
            cwd=cwd,
            env=child_environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_json_is_one_object_and_nothing_else(briefbot, article):
    """--format json prints one object on standard output and nothing on standard error."""
    result = briefbot("brief", article, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["source"]["title"] == "Ministers meet over the bridge"
    assert result.stderr == ""


@pytest.mark.parametrize("name", [*FORMATS])
def test_every_format_prints_in_a_pipe(briefbot, article, name):
    """Each format prints the headline, without colours or progress, and ends its last line."""
    result = briefbot("brief", article, "--format", name)
    assert result.exit_code == 0
    assert "Ministers meet over the bridge" in result.stdout
    assert result.stdout.endswith("\n")
    assert "\x1b" not in result.output
    assert result.stderr == ""


def test_an_explanation_stands_under_the_lines(briefbot, article):
    """--explain prints under each line what proposed it and where that rule stands."""
    result = briefbot("brief", article, "--explain")
    assert result.exit_code == 0
    assert "? line: the title [testing.py: FakeSummarizer]" in result.stdout
    assert "? line" not in briefbot("brief", article).stdout


def test_an_explanation_stands_beside_the_json(briefbot, article):
    """--explain with JSON prints the same briefing as without, and the explanation beside it."""
    told = json.loads(briefbot("brief", article, "--explain", "--format", "json").stdout)
    plain = json.loads(briefbot("brief", article, "--format", "json").stdout)
    assert told["briefing"] == plain
    assert told["explanation"]["lines"][0]["part"] == "summary"


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in EXPLAINED_FORMATS])
def test_a_format_without_room_for_reasons_says_so(briefbot, article, name):
    """--explain in a format that can't carry it is misuse, told in a sentence before any work."""
    result = briefbot("brief", article, "--explain", "--format", name)
    assert result.exit_code == 2
    assert f"--format {name} has no room for an explanation" in result.stderr
    assert result.stdout == ""


def test_standard_input_is_a_source(briefbot):
    """A lone dash reads the article from standard input."""
    result = briefbot("brief", "-", "--format", "json", stdin=TEXT.encode())
    assert json.loads(result.stdout)["source"]["title"] == "Ministers meet over the bridge"


def test_sections_are_chosen_by_name(briefbot, article):
    """Every section can be asked for, several at once."""
    arguments = [word for name in SECTIONS for word in ("--section", name)]
    assert briefbot("brief", article, *arguments).exit_code == 0


def test_a_feed_is_listed_and_an_entry_is_briefed_by_its_number(briefbot, tmp_path, app):
    """The number that `feed` prints is the one that `brief --entry` takes."""
    feed = tmp_path / "feed.xml"
    feed.write_bytes(RSS)
    app.fetcher.pages["https://news.example/1"] = TEXT.encode()
    assert "2  2026-03-02  First story" in briefbot("feed", feed).stdout
    result = briefbot("brief", feed, "--entry", 2, "--format", "json")
    assert json.loads(result.stdout)["source"]["url"] == "https://news.example/1"


def test_a_missing_entry_is_one_sentence(briefbot, tmp_path):
    """An entry that the feed has not is a failure that says where to look."""
    feed = tmp_path / "feed.xml"
    feed.write_bytes(RSS)
    result = briefbot("brief", feed, "--entry", 7)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "briefbot feed" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["brief"], "Missing argument 'SOURCE'", id="no source"),
        pytest.param(["brief", " "], "SOURCE is empty", id="blank source"),
        pytest.param(["brief", "a", "b"], "unexpected extra argument", id="two sources"),
        pytest.param(["brief", "a", "--format", "pdf"], "'text'", id="unknown format"),
        pytest.param(["brief", "a", "--section", "mood"], "'claims'", id="unknown section"),
        pytest.param(
            ["brief", "a", "--section", "claims", "--format", "json"],
            "Leave --section out",
            id="a section of the whole",
        ),
        pytest.param(["brief", "a", "--entry", "0"], "x>=1", id="entry zero"),
        pytest.param(["brief", "a", "--output", "."], "is a folder", id="folder as output"),
        pytest.param(["brief", "a", "--output", "no/x"], "no folder", id="output nowhere"),
        pytest.param(["brief", "a", "--output", "no/"], "no folder no/", id="no such folder"),
        pytest.param(["brief", "a", "--output", "x" * 300], "too long", id="over-long output"),
        pytest.param(["brief", "a", "--output", ""], "--output is empty", id="empty output"),
        pytest.param(["brief", "a", "--config", ""], "It is empty", id="empty config"),
        pytest.param(["brief", "a", "--colour"], "No such option", id="unknown option"),
        pytest.param(["breif", "a"], "No such command", id="unknown command"),
    ],
)
def test_misuse_exits_2(briefbot, arguments, told):
    """A command that cannot be meant exits 2, says why, and prints no result."""
    result = briefbot(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_wrong_settings_exit_2(tmp_path, article):
    """Settings that cannot be used are misuse, told before any work."""
    settings = tmp_path / "own.toml"
    settings.write_text("[fetch]\nmax_bites = 1")
    result = click.testing.CliRunner().invoke(
        cli, ["brief", str(article), "--config", str(settings)]
    )
    assert result.exit_code == 2
    assert result.stderr == (
        f"There is no setting fetch.max_bites ({settings}). Did you mean fetch.max_bytes?\n"
    )


def test_a_missing_file_exits_1(briefbot, tmp_path):
    """A source that is not there is a failure told in one line."""
    result = briefbot("brief", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "can't be opened" in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("failure", "code", "told"),
    [
        pytest.param(SummarizerUnavailable("fake", "no model"), 1, "no model", id="ours"),
        pytest.param(KeyError("inner words"), 1, "KeyError", id="unforeseen"),
        pytest.param(MemoryError(), 1, "MemoryError", id="no memory"),
        pytest.param(KeyboardInterrupt(), 130, "", id="Ctrl-C"),
        pytest.param(BrokenPipeError(), 1, "BrokenPipeError", id="a pipe of its own"),
    ],
)
def test_how_a_failing_summarizer_ends(briefbot, article, app, failure, code, told):
    """Whatever is raised ends in one sentence and an exit code, never in a traceback."""
    app.summarizer.failure = failure
    result = briefbot("brief", article)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stderr.count("\n") == (1 if told else 0)
    assert "Traceback" not in result.output
    assert "inner words" not in result.output


def test_a_failure_leaves_the_output_file_alone(briefbot, article, app, tmp_path):
    """--output never replaces a briefing by a failure."""
    kept = tmp_path / "kept.txt"
    kept.write_text("yesterday's")
    app.summarizer.failure = SummarizerUnavailable("fake")
    assert briefbot("brief", article, "--output", kept).exit_code == 1
    assert kept.read_text() == "yesterday's"


def test_output_goes_to_the_file_alone(briefbot, article, tmp_path):
    """With --output, the file holds what standard output would have, and that stays empty."""
    file = tmp_path / "out.html"
    result = briefbot("brief", article, "--format", "html", "--output", file)
    assert (result.exit_code, result.output) == (0, "")
    assert file.read_text() == briefbot("brief", article, "--format", "html").stdout


def test_the_schema_fits_what_json_prints(briefbot, article):
    """`schema` prints the JSON Schema whose required fields are those that JSON has."""
    schema = json.loads(briefbot("schema").stdout)
    printed = json.loads(briefbot("brief", article, "--format", "json").stdout)
    assert set(schema["required"]) == set(schema["properties"]) == set(printed)


@pytest.mark.parametrize("command", ["brief", "feed", "schema"])
def test_help_has_an_example_that_parses(briefbot, command):
    """Each command's help shows how it is called, with options that exist."""
    text = briefbot(command, "--help").stdout
    examples = [line.split() for line in text.splitlines() if f"briefbot {command} " in line]
    examples = [words for words in examples if words[0] in {"briefbot", "pbpaste"}]
    options = {option for p in cli.commands[command].params for option in p.opts}
    assert examples
    for words in examples:
        assert {word for word in words if word.startswith("--")} <= options


def test_help_and_version_load_nothing_slow():
    """--help and --version answer at once: they import neither parsers nor models."""
    slow = {"spacy", "aiohttp", "trafilatura", "feedparser", "rich", "jinja2", "pydantic_settings"}
    code = (
        "import sys\nfrom bot.cli import cli\n"
        "for word in ('--help', '--version'):\n"
        "    cli([word], standalone_mode=False)\n"
        f"print(sorted({slow!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == "[]\n"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        pytest.param("brief article.txt >&-", "standard output", id="brief to nowhere"),
        pytest.param("feed article.txt >&-", "standard output", id="feed to nowhere"),
        pytest.param("schema >&-", "standard output", id="schema to nowhere"),
        pytest.param("brief - <&-", "no standard input", id="brief from nowhere"),
        pytest.param("feed - <&-", "no standard input", id="feed from nowhere"),
    ],
)
def test_a_closed_stream_is_one_sentence(run_in_shell, article, command, told):
    """Without standard output or input there is a sentence that says so, and no work."""
    done = run_in_shell(command, cwd=article.parent)
    assert done.returncode == 1
    assert told in done.stderr
    assert "it is closed" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["--help", "--version", "brief --help", "schema"])
def test_a_full_standard_output_is_one_sentence(run_in_shell, tmp_path, command):
    """Help and results that find no room are a failure told in a sentence, and exit 1."""
    done = run_in_shell(f"{command} >/dev/full", cwd=tmp_path)
    assert done.returncode == 1
    assert "standard output (No space left" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_standard_streams_end_the_command(run_in_shell, tmp_path):
    """Where not even the sentence finds room, the exit code still tells."""
    assert run_in_shell("--help >/dev/full 2>/dev/full", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["brief", "http://user:secret@a.example/"], id="brief"),
        pytest.param(["feed", "http://user:secret@a.example/"], id="feed"),
        pytest.param(["brief", "http://user:secret@a.example/", "--debug"], id="debug"),
        pytest.param(["http://user:secret@a.example/"], id="as command"),
        pytest.param(["brief", "a", "http://user:secret@a.example/"], id="one too many"),
        pytest.param(["brief", "a", "--format", "http://user:secret@a.example/"], id="as choice"),
    ],
)
def test_a_password_is_never_printed_back(arguments):
    """Whatever becomes of an address, its password does not appear."""
    result = click.testing.CliRunner().invoke(cli, arguments)
    assert result.exit_code in {1, 2}
    assert "a.example" in result.stderr
    assert "secret" not in result.output


def test_endless_standard_input_is_too_large(run_in_shell, tmp_path):
    """Standard input is read up to the limit of a file, and no further."""
    done = run_in_shell("brief - </dev/zero", cwd=tmp_path)
    assert done.returncode == 1
    assert "standard input is larger than 5 MB" in done.stderr
