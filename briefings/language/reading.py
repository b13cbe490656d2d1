"""Reads an article with the embedded pipeline: sentences, words, tags, trees and quotations.

A Reading is what every section of the extractive summarizer looks at. It finds no actors and no
claims itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefings.article import Article, Sentence
from briefings.evidence import Span
from briefings.language.captions import find_captions
from briefings.language.parsing import Part, load_pipeline, parse
from briefings.language.quotes import Quotation, find_quotations
from briefings.language.sentences import split_sentences

#: The pipeline holds some kilobytes for each word it reads at once; an article is seldom longer.
_WORDS_AT_ONCE = 1_500
#: So many characters without white space are no word; the longest in English have some 45.
_ENDLESS = re.compile(r"\S{120,}")


class Reading:
    """An article with its words.

    `doc` holds every word of the article and no white space; its sentences are `sentences`, in the
    same order. `starts[i]` and `ends[i]` are the code-point offsets of word i in `article.text`.
    """

    def __init__(
        self, article: Article, sentences: tuple[Sentence, ...], doc: Doc, starts: list[int]
    ) -> None:
        self.article = article
        self.sentences = sentences
        self.doc = doc
        self.starts = starts
        self.ends = [start + len(word.text) for start, word in zip(starts, doc, strict=True)]
        self.sents = tuple(doc.sents)
        self._first_words = [sent.start for sent in self.sents]
        self.quotations: tuple[Quotation, ...] = find_quotations(article.text)
        self._quote_starts = [quotation.start for quotation in self.quotations]

    @property
    def text(self) -> str:
        """The article's text, to which all offsets point."""
        return self.article.text

    @cached_property
    def captions(self) -> frozenset[int]:
        """Numbers of the sentences that belong to a picture and are no part of the report."""
        return find_captions(self.text, self.sentences, self.sents)

    def sentence_number(self, word: Token | int) -> int:
        """Index of the sentence that holds a word."""
        i = word if isinstance(word, int) else word.i
        return bisect_right(self._first_words, i) - 1

    def sentence_of(self, word: Token | int) -> Sentence:
        """The sentence that holds a word."""
        return self.sentences[self.sentence_number(word)]

    def span(self, first: int, last: int) -> Span:
        """Evidence from word `first` to word `last`, both included."""
        return Span.of(self.text, self.starts[first], self.ends[last])

    def span_of_sentence(self, number: int) -> Span:
        """Evidence of a whole sentence, by its number."""
        sentence = self.sentences[number]
        return Span.of(self.text, sentence.start, sentence.end)

    def words_between(self, start: int, end: int) -> Words:
        """The words that lie wholly between two offsets of the text."""
        return self.doc[bisect_left(self.starts, start) : bisect_right(self.ends, end)]

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds an offset, its marks included."""
        i = bisect_right(self._quote_starts, offset) - 1
        if i >= 0 and offset < self.quotations[i].end:
            return self.quotations[i]
        return None

    def is_quoted(self, word: Token | int) -> bool:
        """Whether a word stands in a quotation."""
        i = word if isinstance(word, int) else word.i
        return self.quotation_at(self.starts[i]) is not None


def read(article: Article) -> Reading:
    """Split, tag and parse an article. Deterministic; about 10,000 words a second on one core."""
    pipeline = load_pipeline()
    parts: list[Part] = [Part()]
    kept: list[Sentence] = []
    starts: list[int] = []
    for sentence in split_sentences(article):
        words = _words_of(pipeline, article.text[sentence.start : sentence.end])
        if not words:
            continue
        if len(parts[-1].words) + len(words) > _WORDS_AT_ONCE and parts[-1].words:
            parts.append(Part())
        parts[-1].add([w.text for w in words], [*(w.has_space for w in words[:-1]), True])
        starts += [sentence.start + word.start for word in words]
        kept.append(Sentence(len(kept), sentence.start, sentence.end, sentence.paragraph))
    docs = [parse(part) for part in parts]
    whole = docs[0] if len(docs) == 1 else _join(docs)
    return Reading(article, tuple(kept), whole or docs[0], starts)


def _join(docs: list[Doc]) -> Doc | None:
    # The library's own annotations leave `exclude` out.
    return Doc.from_docs(docs, exclude=["tensor", "user_data"])  # type: ignore[call-arg]


class _Word(NamedTuple):
    """A word of a sentence: its text, where it starts there, and whether a space follows."""

    text: str
    start: int
    has_space: bool


def split_words(text: str) -> list[str]:
    """The words of one sentence as a reading would part them, unread."""
    return [word.text for word in _words_of(load_pipeline(), text)]


def _words_of(pipeline: Language, text: str) -> list[_Word]:
    """The words of a sentence.

    What runs on without a space for too long is no word of a language and is taken as one: the
    tokenizer takes marks off one by one, in time that grows with the square of their number.
    """
    words: list[_Word] = []
    at = 0
    for endless in _ENDLESS.finditer(text):
        words += _tokenized(pipeline, text[at : endless.start()], at)
        words.append(_Word(endless[0], endless.start(), has_space=True))
        at = endless.end()
    return words + _tokenized(pipeline, text[at:], at)


def _tokenized(pipeline: Language, text: str, start: int) -> list[_Word]:
    tokens = (token for token in pipeline.tokenizer(text) if not token.is_space)
    return [_Word(token.text, start + token.idx, bool(token.whitespace_)) for token in tokens]
