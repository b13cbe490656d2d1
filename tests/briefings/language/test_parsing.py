from spacy.tokens import Doc

from briefings.language.parsing import Part, load_pipeline, parse

SENTENCES = (
    "Harbour chief says cranes will stand still until crews are paid",
    "The port , which handles grain for three provinces , has not paid its crews in March .",
    "“ We will load nothing , ” she said .",
    "Nothing moved .",
    "Why ?",
    "Asked whether the mayor , who had promised to pay , would come , the clerk shut the door .",
)


def part_of(sentences: tuple[str, ...]) -> Part:
    part = Part()
    for sentence in sentences:
        words = sentence.split()
        part.add(words, [True] * len(words))
    return part


def rows(doc: Doc) -> list[tuple[str, str, str, int, str]]:
    return [(w.text, w.tag_, w.lemma_, w.head.i, w.dep_) for w in doc]


def test_trees_made_together_are_those_of_the_whole():
    """Parsed side by side, sentences get the trees that the parser makes of them in a row."""
    part = part_of(SENTENCES)
    pipeline = load_pipeline()
    whole = Doc(pipeline.vocab, words=part.words, spaces=part.spaces, sent_starts=part.is_first)
    for _, component in pipeline.pipeline:
        whole = component(whole)
    read = parse(part)
    assert rows(read) == rows(whole)
    assert [s.start for s in read.sents] == [i for i, opens in enumerate(part.is_first) if opens]


def test_no_words_make_an_empty_document():
    """A part without a word is a document without one."""
    assert len(parse(Part())) == 0
