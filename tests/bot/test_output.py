"""Where results go: whole files or none, and quiet pipes."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import OutputFailed, OutputRefused
from bot.output import USUAL_WIDTH, check_output, choose_layout, write_result

PRINT_LONG = "from bot.output import write_result; write_result('line\\n' * 200_000, None)"
FULL_DISK = Path("/dev/full")


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path):
    """An existing file gets the new text, its own permissions, and no neighbours."""
    file = tmp_path / "briefing.txt"
    file.write_text("a much longer text that was here before")
    file.chmod(0o640)
    write_result("new “text”", str(file))
    assert file.read_bytes() == "new “text”\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    """A new file is as readable as any file that the person makes."""
    (tmp_path / "usual").touch()
    write_result("x", str(tmp_path / "new"))
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_link_stays_a_link(tmp_path):
    """Writing through a link changes the file that it leads to."""
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to("target")
    write_result("new", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new\n"


def test_a_device_is_written_to_and_not_replaced():
    """What is no file, such as /dev/null, stays what it is."""
    write_result("x", os.devnull)
    assert not Path(os.devnull).is_file()


def test_a_failing_write_leaves_what_was_there(tmp_path, child_environment):
    """When the room ends in the middle of a file, the old file stays and no draft does."""
    kept = tmp_path / "kept.txt"
    kept.write_text("yesterday's")
    code = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        f"from bot.output import write_result\nwrite_result('x' * 5000, {str(kept)!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=child_environment,
        check=False,
        timeout=60,
    )
    assert b"OutputFailed" in done.stderr
    assert kept.read_text() == "yesterday's"
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.skipif(not FULL_DISK.exists(), reason="no device that is always full")
def test_a_full_device_is_told():
    """Writing to what has no room is a failure."""
    with pytest.raises(OutputFailed, match="space"):
        write_result("x", str(FULL_DISK))


@pytest.mark.skipif(not FULL_DISK.exists(), reason="no device that is always full")
def test_a_full_standard_output_is_told(child_environment):
    """A result that finds no room on standard output is a failure like any other."""
    with FULL_DISK.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from bot.output import write_result; write_result('x', None)"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=child_environment,
            check=False,
            timeout=60,
        )
    assert b"OutputFailed: standard output" in done.stderr


@pytest.mark.parametrize(
    ("name", "reason"), [("", "directory"), ("none/file", "no folder")], ids=["folder", "nowhere"]
)
def test_an_impossible_place_is_refused_before_the_work(tmp_path, name, reason):
    """A folder, or a file in a folder that is not there, is refused at once."""
    with pytest.raises(OutputRefused) as caught:
        check_output(str(tmp_path / name))
    assert caught.value.reason == reason


@pytest.mark.parametrize("path", [None, "-", "briefing.txt"])
def test_a_possible_place_is_accepted(tmp_path, monkeypatch, path):
    """Standard output and a file in an existing folder pass."""
    monkeypatch.chdir(tmp_path)
    check_output(path)


def test_a_reader_that_stops_early_is_no_problem(child_environment):
    """Into a pipe whose reader leaves, such as head, the command ends quietly and well."""
    with subprocess.Popen(
        [sys.executable, "-c", PRINT_LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment,
    ) as child:
        assert child.stdout.readline() == b"line\n"
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=60) == 0


def test_a_pipe_gets_no_colour_and_the_usual_width():
    """Without a terminal, lines have the usual width and no colour."""
    assert choose_layout(None) == (USUAL_WIDTH, False)


@pytest.mark.parametrize(("no_colour", "shown"), [("", "(72, True)"), ("1", "(72, False)")])
def test_a_terminal_gives_its_width_and_colour(child_environment, read_terminal, no_colour, shown):
    """On a terminal, lines fit it and are coloured unless the person turned that off."""
    env = {**child_environment, "COLUMNS": "72", "NO_COLOR": no_colour, "TERM": "xterm"}
    code = "from bot.output import choose_layout; print(choose_layout(None))"
    assert shown in read_terminal([sys.executable, "-c", code], env)
