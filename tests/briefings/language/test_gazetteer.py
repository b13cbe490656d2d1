from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.language import gazetteer
from briefings.language.gazetteer_tables import bare, key_of, preferences, tables
from briefings.language.lexicon import load

NATIONS = sorted(load("states")["nations"])
UNITS = sorted(bare(name) for units in load("states")["units"].values() for name in units)
CANONICAL = sorted({known.name for held in tables().meanings.values() for known in held})


@pytest.mark.parametrize(
    ("phrase", "kind", "name", "form", "state"),
    [
        pytest.param("Egypt", "state", "Egypt", "name", "Egypt", id="state by name"),
        pytest.param("Egyptian", "state", "Egypt", "demonym", "Egypt", id="adjective"),
        pytest.param("Egyptians", "state", "Egypt", "people", "Egypt", id="people"),
        pytest.param("Cairo", "state", "Egypt", "capital", "Egypt", id="capital"),
        pytest.param("Kremlin", "state", "Russia", "government", "Russia", id="seat of government"),
        pytest.param(
            "the White House",
            "state",
            "United States",
            "government",
            "United States",
            id="article left off",
        ),
        pytest.param("US", "state", "United States", "acronym", "United States", id="acronym"),
        pytest.param(
            "U.S.", "state", "United States", "acronym", "United States", id="acronym with points"
        ),
        pytest.param(
            "Britons", "state", "United Kingdom", "people", "United Kingdom", id="irregular people"
        ),
        pytest.param(
            "Dutch", "state", "Netherlands", "demonym", "Netherlands", id="irregular adjective"
        ),
        pytest.param("Niger", "state", "Niger", "name", "Niger", id="Niger"),
        pytest.param("Nigerien", "state", "Niger", "demonym", "Niger", id="of Niger"),
        pytest.param("Nigerian", "state", "Nigeria", "demonym", "Nigeria", id="of Nigeria"),
        pytest.param(
            "North Korean", "state", "North Korea", "demonym", "North Korea", id="two words"
        ),
        pytest.param(
            "Côte d’Ivoire", "state", "Ivory Coast", "name", "Ivory Coast", id="curly apostrophe"
        ),
        pytest.param("Élysée", "state", "France", "government", "France", id="accents"),
        pytest.param("Elysee", "state", "France", "government", "France", id="accents left off"),
        pytest.param("Texan", "state", "Texas", "demonym", "United States", id="of a unit"),
        pytest.param(
            "Calif.", "state", "California", "acronym", "United States", id="newspaper abbreviation"
        ),
        pytest.param(
            "Holyrood", "state", "Scotland", "government", "United Kingdom", id="seat of a unit"
        ),
        pytest.param("UN", "body", "United Nations", "acronym", None, id="international body"),
        pytest.param("U.N.", "body", "United Nations", "acronym", None, id="body with points"),
        pytest.param("Brussels", "body", "European Union", "capital", None, id="seat of a body"),
        pytest.param("IDF", "body", "Israel Defense Forces", "acronym", "Israel", id="army"),
        pytest.param("Knesset", "body", "Knesset", "name", "Israel", id="parliament"),
        pytest.param(
            "State Department", "body", "State Department", "name", "United States", id="department"
        ),
        pytest.param(
            "Supreme Court", "body", "Supreme Court", "name", None, id="court of no known state"
        ),
        pytest.param(
            "Democrats", "body", "Democratic Party", "people", "United States", id="party members"
        ),
        pytest.param("Hamas", "group", "Hamas", "name", "Palestine", id="armed group"),
        pytest.param("Hizbollah", "group", "Hezbollah", "name", "Lebanon", id="other spelling"),
        pytest.param("al-Qaida", "group", "Al-Qaeda", "name", None, id="group of no state"),
        pytest.param("Kurdish", "group", "Kurds", "demonym", None, id="people of no state"),
        pytest.param("AFP", "media", "Agence France-Presse", "acronym", None, id="agency"),
        pytest.param(
            "The Guardian", "media", "The Guardian", "name", None, id="paper with its article"
        ),
        pytest.param("Rafah", "place", "Rafah", "name", "Palestine", id="town"),
        pytest.param(
            "Khan Yunis", "place", "Khan Younis", "name", "Palestine", id="other spelling of a town"
        ),
        pytest.param(
            "The Hague", "place", "The Hague", "name", "Netherlands", id="article that belongs"
        ),
        pytest.param("European", "place", "Europe", "demonym", None, id="of a continent"),
    ],
)
def test_phrase_is_known(phrase: str, kind: str, name: str, form: str, state: str | None) -> None:
    """A phrase of running text is known by what it names, how it names it and whose it is."""
    known = gazetteer.lookup(phrase)
    assert known is not None
    assert (known.kind, known.name, known.form, known.state) == (kind, name, form, state)


@pytest.mark.parametrize("phrase", ["us", "who", "male", "polish", "turkey", "", "the", "Xyzzy"])
def test_ordinary_words_are_unknown(phrase: str) -> None:
    """Case counts: a lower-case word is not the name it spells."""
    assert gazetteer.lookup(phrase) is None


def test_canonical_names_look_themselves_up() -> None:
    """Whatever a lookup answers with is itself a phrase of the gazetteer, with the same meaning."""
    lost = {
        name
        for name in CANONICAL
        if all(known.name != name for known in gazetteer.candidates(name))
    }
    assert lost == set()


@pytest.mark.parametrize("name", NATIONS)
def test_every_nation_is_a_nation(name: str) -> None:
    """No unit, body or place takes a nation's own name from it."""
    known = gazetteer.lookup(name)
    assert known is not None
    assert (known.kind, known.name, known.state, known.level) == ("state", name, name, "nation")
    assert name in gazetteer.forms_of(name)


def test_every_unit_knows_its_nation() -> None:
    """A unit below a state says which state, and is marked as one."""
    found = {name: [k for k in gazetteer.candidates(name) if k.level == "sub"] for name in UNITS}
    assert [name for name, meanings in found.items() if not meanings] == []
    assert all(k.state in NATIONS for meanings in found.values() for k in meanings)


def test_no_phrase_has_two_meanings_in_silence() -> None:
    """A phrase that several entries claim stands in the list of preferred meanings."""
    listed = {key_of(phrase) for phrase in preferences()}
    clashes = {
        key
        for key, held in tables().meanings.items()
        if len(held) > 1 and key.replace(".", "") not in listed
    }
    assert clashes == set()


@pytest.mark.parametrize(("phrase", "meant"), sorted(preferences().items()))
def test_preferred_meaning_comes_first(phrase: str, meant: str) -> None:
    """The listed meaning wins, and the others are still there for whoever asks."""
    meanings = gazetteer.candidates(phrase)
    assert len(meanings) > 1
    assert meant in (meanings[0].name, meanings[0].state)


def test_georgia_keeps_its_second_meaning() -> None:
    """Candidates give the US state after the nation."""
    levels = [known.level for known in gazetteer.candidates("Georgia")]
    assert levels == ["nation", "sub"]


@given(st.sampled_from(sorted(tables().meanings)), st.sampled_from(["'s", "’s"]))
def test_possessive_ending_does_not_count(key: str, ending: str) -> None:
    """A phrase with a possessive ending is known wherever the phrase is."""
    assert gazetteer.lookup(key + ending) is not None


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    """No phrase is too odd to ask about, and every answer is among the candidates."""
    known = gazetteer.lookup(text)
    assert known is None or known in gazetteer.candidates(text)
    gazetteer.is_media(text)
    gazetteer.is_title(text)
    gazetteer.is_first_name(text)


@pytest.mark.parametrize(
    ("text", "count", "name"),
    [
        pytest.param("United Nations said", 2, "United Nations", id="two words"),
        pytest.param("UN Security Council voted", 3, "UN Security Council", id="longest wins"),
        pytest.param(
            "al - Qaeda in the Arabian Peninsula fighters",
            7,
            "Al-Qaeda in the Arabian Peninsula",
            id="split at the hyphen",
        ),
        pytest.param("People 's Republic of China", 5, "China", id="split before the possessive"),
        pytest.param("Egypt 's government", 1, "Egypt", id="possessive not matched"),
        pytest.param("Egypt’s government", 1, "Egypt", id="possessive inside the word"),
        pytest.param("New York Times reported", 3, "New York Times", id="paper, not the state"),
        pytest.param("Israel is ready", 1, "Israel", id="words not run together"),
        pytest.param("New York reported", 2, "New York", id="the state alone"),
        pytest.param("The Hague court", 2, "The Hague", id="article of the name"),
        pytest.param("St. Petersburg", 2, "St. Petersburg", id="abbreviation"),
    ],
)
def test_longest_match(text: str, count: int, name: str) -> None:
    """The longest known phrase from a word on is found, however a tokenizer parts it."""
    match = gazetteer.longest_match(text.split(), 0)
    assert match is not None
    assert (match[0], match[1].name) == (count, name)


@pytest.mark.parametrize(
    "text", ["the United Nations", "said Egypt", "Unitedly", "The Australian police", "—", "'s"]
)
def test_no_match_at_the_start(text: str) -> None:
    """A match begins with the very word asked about, and an article is a word of its own."""
    assert gazetteer.longest_match(text.split(), 0) is None


@given(
    st.lists(
        st.sampled_from(
            ["the", "United", "Nations", "of", "Egypt", "-", "'s", "New", "York", "Times", ""]
        ),
        min_size=1,
        max_size=8,
    )
)
def test_match_never_runs_past_the_words(words: list[str]) -> None:
    """The number of words matched is at least one and at most what is left."""
    for start in range(len(words)):
        match = gazetteer.longest_match(words, start)
        assert match is None or 1 <= match[0] <= len(words) - start


@pytest.mark.parametrize(
    "phrase",
    [
        "Mr.",
        "Gov.",
        "Maj. Gen.",
        "Rep.",
        "Sen.",
        "President",
        "Prime Minister",
        "King",
        "Sheikh",
        "Justice",
        "Deputy Foreign Minister",
        "Secretary of State",
        "Police Chief",
        "Vice President",
        "Chief Justice",
        "Lt. Col.",
        "Former President",
        "Senate Majority Leader",
        "Secretary-General",
    ],
)
def test_titles(phrase: str) -> None:
    """Honorifics, ranks and offices that stand before a name are titles."""
    assert gazetteer.is_title(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["president", "Mark", "Foreign", "Egypt", "Prime", "", "President Obama", "Defense Ministry"],
)
def test_no_titles(phrase: str) -> None:
    """A role in lower case, a half title and a name are none."""
    assert not gazetteer.is_title(phrase)


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [
        ("minister", "person"),
        ("spokeswoman", "person"),
        ("lawyer", "person"),
        ("official", "person"),
        ("hydrologist", "person"),
        ("co-founder", "person"),
        ("ex-mayor", "person"),
        ("ombudsperson", "person"),
        ("crowd", "group"),
        ("family", "group"),
        ("opposition", "group"),
        ("court", "organization"),
        ("ministry", "organization"),
        ("union", "organization"),
        ("panel", "organization"),
        ("table", None),
        ("human", None),
        ("Minister", None),
        ("", None),
    ],
)
def test_role_nouns(lemma: str, kind: str | None) -> None:
    """A lemma says whether its bearer is one person, people together or a body."""
    assert gazetteer.role_noun(lemma) == kind


def test_a_role_noun_has_one_kind() -> None:
    """No noun stands in two lists, for then the order of asking would decide."""
    roles = {kind: set(load("roles")[kind].split()) for kind in ("person", "group", "organization")}
    assert not roles["person"] & roles["group"]
    assert not roles["person"] & roles["organization"]
    assert not roles["group"] & roles["organization"]


@pytest.mark.parametrize(
    "name",
    [
        "Mark",
        "José",
        "Jean-Claude",
        "Łukasz",
        "Aoife",
        "Nguyen",
        "Sameh",
        "Yitzhak",
        "Mei",
        "Thandiwe",
    ],
)
def test_first_names(name: str) -> None:
    """Given names of many languages are known, with their accents and without."""
    assert gazetteer.is_first_name(name)


@pytest.mark.parametrize("word", ["mark", "Ministry", "Shoukry", "", "The", "German", "Can"])
def test_no_first_names(word: str) -> None:
    """Words, surnames and names in lower case are no given names."""
    assert not gazetteer.is_first_name(word)


def test_a_given_name_stands_in_one_list() -> None:
    """A name is borne by women, by men or by both."""
    names = {key: set(text.split()) for key, text in load("persons").items()}
    assert not names["female"] & names["male"]
    assert not names["either"] & (names["female"] | names["male"])


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Sarah", "f"),
        ("Ahmed", "m"),
        ("Robin", None),
        ("spokeswoman", "f"),
        ("king", "m"),
        ("Mrs.", "f"),
        ("Mr", "m"),
        ("congressman", "m"),
        ("policewomen", "f"),
        ("minister", None),
        ("human", None),
        ("Goodman", None),
        ("", None),
    ],
)
def test_gender(word: str, gender: str | None) -> None:
    """Only a name or noun that settles it shows a gender."""
    assert gazetteer.gender_of(word) == gender


@pytest.mark.parametrize(
    "phrase",
    [
        "Reuters",
        "the New York Times",
        "Haaretz",
        "Ynet",
        "reuters.com",
        "www.bbc.co.uk",
        "Harrow Bay Herald",
        "Kessaran Times",
        "Valley Free Press",
        "Daily Mirandelan",
        "Oberland Zeitung",
        "Belmar Evening Post",
    ],
)
def test_media(phrase: str) -> None:
    """Known outlets, their domains and names built like an outlet's are media."""
    expected = phrase != "Daily Mirandelan"
    assert gazetteer.is_media(phrase) is expected


@pytest.mark.parametrize(
    "phrase",
    [
        "Hard Times",
        "Breaking News",
        "Border Post",
        "Gold Star",
        "Times",
        "harbour news",
        "Egypt",
        "example.org",
        "Peer Review",
    ],
)
def test_no_media(phrase: str) -> None:
    """A noun phrase with an outlet's last word is not one by that alone."""
    assert not gazetteer.is_media(phrase)


def test_outlet_of_an_address() -> None:
    """A host leads to its outlet, a subdomain to its parent's."""
    assert gazetteer.outlet_at("edition.cnn.com") == "CNN"
    assert gazetteer.outlet_at("news.example") is None


@pytest.mark.parametrize(
    ("tag", "party", "name"),
    [
        ("R-Utah", "R", "Utah"),
        ("(D-Mass.)", "D", "Massachusetts"),
        ("R-TX", "R", "Texas"),
        ("D-N.Y.", "D", "New York"),
        ("R-Ga", "R", "Georgia"),
    ],
)
def test_party_tag(tag: str, party: str, name: str) -> None:
    """A lawmaker's tag gives the party's letter and the state, however it is shortened."""
    found = gazetteer.party_state(tag)
    assert found is not None
    assert (found[0], found[1].name) == (party, name)


@pytest.mark.parametrize("tag", ["R-Atlantis", "X", "r-utah", "COVID-19"])
def test_no_party_tag(tag: str) -> None:
    """Anything else is no tag."""
    assert gazetteer.party_state(tag) is None


def test_forms_of_a_state() -> None:
    """All the ways of naming a state, longest first; none for a state nobody knows."""
    forms = gazetteer.forms_of("Egypt")
    assert {"Egypt", "Egyptian", "Egyptians", "Cairo"} <= set(forms)
    assert list(forms) == sorted(forms, key=len, reverse=True)
    assert gazetteer.forms_of("Atlantis") == ()


def test_places_name_real_states() -> None:
    """The state of every place, body and group is a state of the lexicon."""
    states = {known.state for held in tables().meanings.values() for known in held} - {None}
    assert states <= set(NATIONS)
