"""Puts a result where it was asked for: standard output, or a file that is whole or not there.

It neither makes results nor words problems.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from bot.errors import OutputFailed, OutputRefused
from bot.settings import wants_colour

#: Columns of a text that no terminal limits, and the most that lines are comfortable to read at.
USUAL_WIDTH = 88
WIDEST = 100
#: As `--output`: standard output, as in many other commands.
STANDARD = "-"
STDOUT_NAME = "standard output"


def is_terminal(path: str | None) -> bool:
    """Whether the result goes straight before somebody's eyes."""
    return path in {None, STANDARD} and sys.stdout is not None and sys.stdout.isatty()


def choose_layout(path: str | None) -> tuple[int, bool]:
    """Columns, and whether to colour."""
    if not is_terminal(path):
        return USUAL_WIDTH, False
    return min(shutil.get_terminal_size((USUAL_WIDTH, 24)).columns, WIDEST), wants_colour()


def check_output(path: str | None) -> None:
    """Find out before the work whether `path` can hold a result.

    Raises OutputRefused, or OutputFailed where standard output is closed.
    """
    if path in {None, STANDARD}:
        if sys.stdout is None:  # as in `briefbot … >&-`
            raise OutputFailed(STDOUT_NAME, "it is closed")
        return
    named = path or ""
    if not named.strip():
        raise OutputRefused(named, "no name")
    try:
        if Path(named).is_dir():
            raise OutputRefused(named, "directory")
        if named.endswith("/") or not Path(named).absolute().parent.is_dir():
            raise OutputRefused(named, "no folder")
    except OSError as error:  # such as a name that is too long
        raise OutputRefused(named, "unusable", error.strerror or "") from error


def write_result(text: str, path: str | None) -> None:
    """Write `text` and one line end, in UTF-8. Raises OutputFailed."""
    body = text if text.endswith("\n") else f"{text}\n"
    try:
        if path in {None, STANDARD}:
            _write_standard(body)
        else:
            _write_file(body.encode(), Path(os.path.realpath(path or "")))
    except OSError as error:
        raise OutputFailed(path or STDOUT_NAME, error.strerror or str(error)) from error


def blame_standard(error: OSError) -> OutputFailed:
    """What to raise when standard output takes no more; its last flush then goes nowhere."""
    _drop_standard()
    return OutputFailed(STDOUT_NAME, error.strerror or str(error))


def _drop_standard() -> None:
    """Spare the interpreter, which flushes once more as it ends, a second failure."""
    with contextlib.suppress(OSError):  # a stream in memory has no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_standard(body: str) -> None:
    try:
        sys.stdout.buffer.write(body.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _drop_standard()
    except OSError as error:
        raise blame_standard(error) from error


def _write_file(body: bytes, target: Path) -> None:
    """Through a file beside it, so that `target` is never half a result (rename is atomic)."""
    if target.exists() and not target.is_file():  # such as /dev/null or a named pipe
        target.write_bytes(body)
        return
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.name[:50]}.", delete=False
    ) as draft:
        place = Path(draft.name)
        try:
            draft.write(body)
            draft.flush()
            os.fsync(draft.fileno())
            place.chmod(_permissions(target))
            place.replace(target)
        except BaseException:
            place.unlink(missing_ok=True)
            raise


def _permissions(target: Path) -> int:
    """Those of the file being replaced, or what any new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
