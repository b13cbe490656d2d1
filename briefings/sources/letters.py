"""Bytes of any encoding to clean characters: nothing invisible, nothing that moves the cursor.

Letters, quotation marks and dashes stay as they are written; wording is never touched.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Labels that web pages use for windows-1252 (WHATWG Encoding Standard, section 4.2).
_LATIN_LABELS = frozenset({"iso8859-1", "ascii", "latin-1", "cp1252"})
_PROBE_BYTES = 4_096
#: UTF-16 of Latin text has NULs in every other place.
_UTF16_NULS = 0.3
#: A text in Latin letters has few bytes outside ASCII; with fewer than this share the western
#: code page, which browsers assume as well, is a better guess than a statistical one.
_WESTERN_SHARE = 0.15
_ASCII_BYTES = bytes(range(128))
#: What stands for letters that could not be read.
UNREADABLE = "\ufffd"
_UNREADABLE_RUN = re.compile(f"{UNREADABLE}+")
#: Up to this share of faults among the signs outside ASCII, a text is UTF-8 that was damaged: in
#: the text of another encoding hardly any byte sequence is valid.
_DAMAGED_SHARE = 0.25
#: Codecs of Python's that decode no encoding of the web, some in quadratic time.
_NO_ENCODINGS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# ECMA-48 control sequences: colours and cursor moves of a terminal.
_TERMINAL_CODES = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|[@-Z\\\\^_]|\\][^\x07\x1b]*(?:\x07)?)")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls; soft hyphen; zero-width and bidi characters (Unicode's Default_Ignorable and
# Bidi_Control); interlinear marks; lone surrogates; non-characters; tag characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACE_RUN = re.compile(" {2,}")


def decode(body: bytes, declared: str | None = None) -> str:
    """The characters of `body`. `declared`: an encoding's label, from HTTP or the page itself.

    A BOM wins, then UTF-8 that decodes without fault (no other encoding does so by chance), then
    UTF-8 with a few damaged bytes, then the declared encoding, then a guess. One UNREADABLE stands
    for each run of bytes that are no letters.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _replace_faults(body.removeprefix(mark), name)
    for decoded in (_try_decode(body, _tell_utf16(body)), _try_decode(body, "utf-8")):
        if decoded is not None:
            return decoded
    damaged = _mend_utf8(body)
    if damaged is not None:
        return damaged
    decoded = _try_decode(body, _codec_of(declared))
    return _guess(body) if decoded is None else decoded


def clean(text: str) -> str:
    """`text` with line feeds for line breaks, plain spaces, and nothing invisible."""
    text = _TERMINAL_CODES.sub("", _LINE_BREAKS.sub("\n", text))
    return _INVISIBLE.sub("", _SPACES.sub(" ", text))


def clean_line(text: str) -> str:
    """`text` as one clean line, runs of white space joined; may be empty."""
    return _SPACE_RUN.sub(" ", clean(text).replace("\n", " ")).strip()


def _tell_utf16(body: bytes) -> str | None:
    probe = body[:_PROBE_BYTES]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    if even + odd < _UTF16_NULS * max(len(probe), 1):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _codec_of(label: str | None) -> str | None:
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in _NO_ENCODINGS:
        return None
    return "cp1252" if name in _LATIN_LABELS else name


def _try_decode(body: bytes, name: str | None) -> str | None:
    try:
        # Unlike `codecs.decode` this refuses Python's unpacking codecs: a label could name one.
        return body.decode(name) if name else None
    except (UnicodeError, LookupError):
        return None


def _replace_faults(body: bytes, name: str) -> str:
    return _join_marks(body.decode(name, "replace"))


def _join_marks(text: str) -> str:
    return _UNREADABLE_RUN.sub(UNREADABLE, text)


def _mend_utf8(body: bytes) -> str | None:
    """The text of damaged UTF-8; None where so little is valid that it is another encoding."""
    decoded = body.decode("utf-8", "replace")
    foreign = len(decoded) - len(decoded.encode("ascii", "ignore"))
    is_damaged = decoded.count(UNREADABLE) <= _DAMAGED_SHARE * foreign
    return _join_marks(decoded) if is_damaged else None


def _guess(body: bytes) -> str:
    probe = body[:_PROBE_BYTES]
    if len(probe.translate(None, _ASCII_BYTES)) > _WESTERN_SHARE * len(probe):
        # Rare, and dear to import: only text that is mostly in another script comes here.
        from charset_normalizer import from_bytes  # noqa: PLC0415

        best = from_bytes(body).best()
        if best is not None:
            return str(best)
    return body.decode("cp1252", "replace")
