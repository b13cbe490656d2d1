"""Drop from a page what a browser does not show: machines read it, so words are hidden there.

It reads inline styles and the page's own plain class and id rules; it loads no style sheet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

_UNSEEN = (
    "//comment()|//processing-instruction()|//script[not(@type='application/ld+json')]|//style"
    "|//template|//noscript|//svg|//iframe|//object|//form//select|//dialog[not(@open)]"
    "|//*[@hidden]|//input[@type='hidden']"
)
#: Pages hide these until their scripts have run; a page without words is nobody's aim.
_ROOTS = frozenset({"html", "body"})
_HIDING_CLASSES = frozenset(
    ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-only")
)
#: The properties that hide an element by a rule of the page's as well; the others are too often
#: the start of an animation, or undone by the rules of descendants.
_RULED = frozenset({"display", "visibility"})
_ZERO = r"[+-]?(?:0+(?:\.\d*)?|\.\d+)"  # under 1
_TINY = r"[+-]?(?:[01](?:\.\d*)?|\.\d+)(?:px|pt)?"
#: By property, the values that put an element out of sight (CSS 2.2; CSS Transforms; Masking).
_HIDING_VALUES = {
    name: re.compile(pattern)
    for name, pattern in {
        "display": r"none",
        "visibility": r"hidden|collapse",
        "clip": rf"rect\(\s*(?:{_TINY}[\s,]*){{4}}\).*",
        "clip-path": r"inset\((?:(?:.*\s)?\d{3,}%.*|\s*[5-9]\d%\s*\))|circle\(\s*0(?!\.?\d).*",
        "transform": r".*\bscale(?:x|y|3d)?\(\s*(?:0+(?:\.0*)?|\.0+)\s*[,)].*"
        r"|.*\btranslate\w*\(\s*-\d{4,}.*",
        "scale": r"(?:0+(?:\.0*)?|\.0+)(?:\s.*)?",
        "left": r"-\d{3,}.*|\d{4,}.*",
        "top": r"-\d{3,}.*",
        "right": r"-\d{4,}.*",
        "text-indent": r"-\d{3,}.*",
        "margin-left": r"-\d{4,}.*",
        "margin-top": r"-\d{4,}.*",
    }.items()
}
_TINY_FONT = re.compile(rf"{_TINY}|{_ZERO}%|0*(?:\.0\d*)?r?em")
_OWN_FONT_SIZE = re.compile(r"[\d.]+(?:px|pt|rem)|(?:xx?-)?(?:small|large)|medium")
# Also how pages fade their own text in: whoever hides most of the page means to show it.
_NO_OPACITY = re.compile(r"(?:0*\.0\d*|0+\.?)%?")
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SHOWN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*|@(?:layer|supports)\b.*")
_PLAIN_SELECTOR = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<marks>(?:[.#][\w-]+)+)", re.IGNORECASE)

#: Values by property, "!important" last in each where the author wrote it.
Style = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule on elements of one `tag` ("" for any) that bear all `marks`: ".class" or "#id"."""

    tag: str
    marks: frozenset[str]
    style: Style

    @property
    def weight(self) -> tuple[int, int, int]:
        """CSS' specificity: ids, classes, tag."""
        ids = sum(mark.startswith("#") for mark in self.marks)
        return ids, len(self.marks) - ids, bool(self.tag)


def drop_unseen(tree: HtmlElement) -> None:
    """Take out of `tree` what no reader of the page sees, style sheets and scripts included."""
    rules = _read_rules(tree)
    half = len(tree.text_content()) / 2
    hidden = list(tree.xpath(_UNSEEN))
    for element in tree.xpath("//*[@style or @class or @id]"):
        inline = read_style(element.get("style", ""))
        ruled = _cascade([*_rules_for(element, rules), inline])
        if _hides(inline, ruled) or _HIDING_CLASSES & set(element.get("class", "").split()):
            hidden.append(element)
        elif _NO_OPACITY.fullmatch(_value(inline, "opacity")):
            hidden += [element] if len(element.text_content()) < half else []
        elif element.tag not in _ROOTS and _TINY_FONT.fullmatch(_value(inline, "font-size")):
            _drop_inherited(element)
    for element in hidden:
        if element.tag not in _ROOTS and element.getparent() is not None:
            element.drop_tree()


def read_style(css: str) -> dict[str, str]:
    """Values by property, in lower case; of two the later or the important one stands."""
    style: dict[str, str] = {}
    for declaration in _CSS_COMMENT.sub("", css).lower().split(";"):
        name, _, value = declaration.partition(":")
        _declare(style, name.strip(), value.strip())
    return style


def _declare(style: dict[str, str], name: str, value: str) -> None:
    if value and not (_is_important(style.get(name, "")) and not _is_important(value)):
        style[name] = value


def _is_important(value: str) -> bool:
    return "!" in value


def _value(style: Style, name: str) -> str:
    return style.get(name, "").partition("!")[0].strip()


def _cascade(styles: list[Style]) -> Style:
    """The styles as one, the weightiest last."""
    merged: dict[str, str] = {}
    for style in styles:
        for name, value in style.items():
            _declare(merged, name, value)
    return merged


def _hides(inline: Style, ruled: Style) -> bool:
    return any(
        pattern.fullmatch(_value(ruled if name in _RULED else inline, name))
        for name, pattern in _HIDING_VALUES.items()
    )


def _drop_inherited(element: HtmlElement) -> None:
    """Drop the words that inherit an illegible font size; builders of mails wrap text in such."""
    pending = [element]
    while pending:
        parent = pending.pop()
        parent.text = None
        for child in parent:
            child.tail = None
            size = _value(read_style(child.get("style", "")), "font-size")
            if not _OWN_FONT_SIZE.fullmatch(size):
                pending.append(child)


def _read_rules(tree: HtmlElement) -> dict[str, list[_Rule]]:
    """The rules that may show or hide elements, by one of their marks."""
    rules: dict[str, list[_Rule]] = defaultdict(list)
    for sheet in tree.xpath("//style[not(ancestor::noscript or ancestor::svg)]"):
        if sheet.get("media", "all").strip().lower() not in {"", "all", "screen"}:
            continue
        for selectors, body in _blocks(_CSS_COMMENT.sub("", sheet.text or "")):
            style = {name: value for name, value in read_style(body).items() if name in _RULED}
            for selector in selectors.split(",") if style else ():
                if plain := _PLAIN_SELECTOR.fullmatch(selector.strip()):
                    marks = re.findall(r"[.#][\w-]+", plain["marks"])
                    tag = (plain["tag"] or "").strip("*").lower()
                    rules[marks[0]].append(_Rule(tag, frozenset(marks), style))
    return rules


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that holds on a screen of any size."""
    opened: list[tuple[str, bool]] = []
    before = ""
    for piece in re.split(r"([{}])", css):
        if piece == "{":
            is_shown = not opened or (
                opened[-1][1] and bool(_SHOWN_MEDIA.fullmatch(opened[-1][0].lower()))
            )
            opened.append((before.rpartition(";")[2].strip(), is_shown))
        elif piece == "}" and opened:
            selectors, is_shown = opened.pop()
            if is_shown:
                yield selectors, before
        before = piece if piece not in {"{", "}"} else ""


def _rules_for(element: HtmlElement, rules: Mapping[str, list[_Rule]]) -> list[Style]:
    marks = {f".{name}" for name in element.get("class", "").split()}
    marks.add(f"#{element.get('id', '').strip()}")
    found = [
        rule
        for mark in marks
        for rule in rules.get(mark, ())
        if rule.marks <= marks and rule.tag in {"", element.tag}
    ]
    return [rule.style for rule in sorted(found, key=lambda rule: rule.weight)]
