"""Bytes to clean characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.letters import clean, clean_line, decode

TEXT = "“We won’t sail,” said Zoë – at the café."


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        pytest.param(TEXT.encode(), None, id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), "iso-8859-1", id="utf-8 with a BOM, misdeclared"),
        pytest.param(TEXT.encode(), "iso-8859-1", id="utf-8, misdeclared"),
        pytest.param(TEXT.encode("cp1252"), None, id="windows-1252, undeclared"),
        pytest.param(TEXT.encode("cp1252"), "utf-8", id="windows-1252, misdeclared"),
        pytest.param(TEXT.encode("cp1252"), "iso-8859-1", id="windows-1252 under its web label"),
        pytest.param(TEXT.encode("utf-16"), None, id="utf-16 with a BOM"),
        pytest.param(TEXT.encode("utf-16-le"), None, id="utf-16-le, undeclared"),
        pytest.param(TEXT.encode("utf-16-be"), None, id="utf-16-be, undeclared"),
        pytest.param(TEXT.encode("utf-32"), None, id="utf-32 with a BOM"),
        pytest.param(TEXT.encode("mac-roman"), "macintosh", id="declared, and rare"),
        pytest.param(TEXT.encode("cp1252"), "no-such-encoding", id="unknown label"),
        pytest.param(TEXT.encode("cp1252"), "zlib", id="a codec that unpacks is no encoding"),
    ],
)
def test_every_encoding_gives_the_same_letters(body, declared):
    """Quotation marks and accents arrive as written, whatever the server says of them."""
    assert decode(body, declared) == TEXT


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(TEXT.encode() + b" \xff", TEXT + " \ufffd", id="a stray byte"),
        pytest.param(TEXT.encode() + b" na\xefve", TEXT + " na\ufffdve", id="windows-1252 inside"),
        pytest.param((TEXT + "”").encode()[:-1], TEXT + "\ufffd", id="cut within a letter"),
        pytest.param(
            TEXT.encode() * 2 + b"\xff\xfe\xff", TEXT * 2 + "\ufffd", id="a run is one mark"
        ),
    ],
)
def test_a_bad_byte_costs_one_mark(body, text, declared):
    """Damaged UTF-8 keeps every letter that is whole, whatever it was declared as."""
    assert decode(body, declared) == text


def test_another_script_without_a_declaration_is_guessed():
    """Cyrillic bytes are read as Cyrillic, so that the language can be named."""
    text = "Правительство заявило вчера о новом законе, который вступит в силу в январе. " * 4
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("zero\u200bwidth\u200d", "zerowidth"),
        ("\ufeffmark", "mark"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eright to left\u202c\u2066\u2069", "right to left"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07end", "red end"),
        ("bell\x07 null\x00", "bell null"),
        ("no\u00a0break\u202fspace", "no break space"),
        ("tag\U000e0041s", "tags"),
        ("a\r\nb\u2028c\x0bd", "a\nb\nc\nd"),
        ("“curly” – ‘dash’ — …", "“curly” – ‘dash’ — …"),
        ("e\u0301 stays two", "e\u0301 stays two"),
        ("flag \U0001f1ea\U0001f1fa", "flag \U0001f1ea\U0001f1fa"),
    ],
)
def test_only_the_invisible_goes(dirty, cleaned):
    """What moves the cursor or can't be seen is removed; every letter stays as written."""
    assert clean(dirty) == cleaned


@given(st.text())
def test_clean_text_is_clean_for_good(text):
    """Cleaning twice changes nothing, and leaves no control, format or separator character."""
    once = clean(text)
    assert clean(once) == once
    unwanted = {"Cc", "Cs", "Zl", "Zp"}
    assert not [c for c in once if unicodedata.category(c) in unwanted and c != "\n"]


@given(st.text())
def test_a_clean_line_is_one_line(text):
    """A line has no break, no edge of white space, and no run of spaces."""
    line = clean_line(text)
    assert "\n" not in line
    assert line == line.strip()
    assert "  " not in line


@given(st.binary(max_size=200), st.none() | st.text(max_size=12))
def test_any_bytes_decode(body, declared):
    """There are no bytes, and no label, that stop the reader."""
    assert isinstance(decode(body, declared), str)
