"""Joins mentions into the cast of a story: one member for each person, body, state or group.

"Katz", "Foreign Minister Israel Katz" and "the minister" become one; so do an acronym and its
expansion, a company and its short name. It chooses nobody and judges nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefings.language import gazetteer, lexicon
from briefings.language.lexicon import words as listed
from briefings.language.model_names.entities import find_entities
from briefings.language.names import Name
from briefings.language.reading import Reading
from briefings.summarizers.extractive.anaphora import Described, find_antecedent
from briefings.summarizers.extractive.members import Member, key_of
from briefings.summarizers.extractive.mentions import Mention, find_mentions
from briefings.summarizers.extractive.naming import Namesakes, is_institution
from briefings.summarizers.extractive.roles import Role, find_roles
from briefings.summarizers.extractive.why.members import why_land, why_settled
from briefings.summarizers.notes import note

#: How many words the names of persons have that no title or given name shows to be persons.
_PERSON_NAME_LENGTHS = (2, 3)
#: A word in capitals is an acronym from so many letters on; shorter, it may be initials.
_SHORTEST_ACRONYM = 3
_DEMONYM_ENDINGS = ("n", "ns", "ese", "i", "is", "ish")
_SPEAKING = ("say", "tell", "add", "write", "ask")


class Cast:
    """Who is in the story: `members`, and `at`, which maps a word to the member it mentions."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.members: list[Member] = []
        self.at: dict[int, Member] = {}
        #: Words of an apposition to the main word of the name it explains.
        self.explains: dict[int, int] = {}
        self._join(find_mentions(reading))

    def member_in(self, first: int, last: int) -> Iterator[Member]:
        """Members mentioned among the words `first` to `last`, each once, in order."""
        seen = set()
        for i in range(first, last + 1):
            member = self.at.get(i)
            if member and member.number not in seen:
                seen.add(member.number)
                yield member

    def last_of(self, i: int) -> int:
        """Last word of the mention that holds word `i`; `i` itself where none does."""
        member, last = self.at.get(i), i
        while member is not None and self.at.get(last + 1) is member:
            last += 1
        return last

    def _join(self, mentions: tuple[Mention, ...]) -> None:
        # A headline shortens names that the body gives in full, so the body is read first.
        body = [m for m in mentions if self.reading.sentence_of(m.head).paragraph > 0]
        title = [m for m in mentions if self.reading.sentence_of(m.head).paragraph == 0]
        self._join_names([(m, m.name) for m in (*body, *title) if m.name])
        self._find_lands()
        taken_for = self._types_by_component()
        for member in self.members:
            self._settle_type(member, taken_for.get(member.number))
        self._join_nominals([m for m in (*body, *title) if m.form == "nominal"])
        for mention in body:
            if mention.form == "pronoun":
                antecedent = find_antecedent(self.reading, self.at, mention)
                if antecedent:
                    self._add(antecedent, mention)

    def _join_names(self, names: list[tuple[Mention, Name]]) -> None:
        """Join names of several words first: those of one shorten them, wherever they stand."""
        namesakes = Namesakes()
        for is_single in (False, True):
            for mention, name in names:
                if (len(name.text.split()) == 1) == is_single:
                    member = namesakes.find(mention, name) or self._new(mention)
                    self._add(member, mention)
                    namesakes.learn(member, mention)
            self._read_roles(several_words=not is_single)

    def _join_nominals(self, nominals: list[Mention]) -> None:
        described = Described(self.reading, self.at, tuple(self.members))
        for mention in nominals:
            if mention.head not in self.at:
                member = described.find(mention) or self._new(mention)
                self._add(member, mention)
                if not member.is_named:
                    described.learn(member, mention)

    def _new(self, mention: Mention) -> Member:
        """A member for a mention of nobody known so far."""
        member = Member(len(self.members), mention.text, mention.type)
        self.members.append(member)
        if mention.name:
            _mark_kind(member, mention.name)
        elif mention.form == "nominal":
            lemma = self.reading.doc[mention.head].lemma_.lower()
            inside = self.at.get(mention.first)  # "the Reuters news agency"
            is_outlet = inside is not None and inside.is_media
            member.name = inside.name if inside is not None and is_outlet else member.name
            member.is_media = is_outlet or lemma in listed("actors", "media")
        return member

    def _add(self, member: Member, mention: Mention) -> None:
        member.learn(mention)
        if self._is_passing(mention):
            member.passing.append(mention)
            return
        member.mentions.append(mention)
        if mention.form == "nominal":
            member.heads.add(self.reading.doc[mention.head].lemma_.lower())
        bounds = mention.name or mention
        for i in range(bounds.first, bounds.last + 1):
            self.at.setdefault(i, member)
        self.at[mention.head] = member

    def _is_passing(self, mention: Mention) -> bool:
        """Whether the name of a state or place only colours another noun: "Israeli officials"."""
        known = mention.name.known if mention.name else None
        if known is None and mention.form == "name":
            is_owner = (
                self.reading.doc[min(mention.last + 1, len(self.reading.doc) - 1)].tag_ == "POS"
            )
            return not is_owner and _colours_a_thing(self.reading.doc[mention.head])
        if known is not None and known.kind == "body":
            return _names_an_index(self.reading.doc[mention.head])
        if known is None or known.kind not in ("state", "place"):
            return False
        is_adjective = known.form == "demonym" and not mention.is_plural
        return is_adjective or self.reading.doc[mention.head].dep_ in ("amod", "compound")

    def _find_lands(self) -> None:
        """Take names for states that no lexicon lists, where the article gives them officials.

        "Talmiran officials", "Kessara's foreign minister": who has those is a land.
        """
        derived = {word.text for word in self.reading.doc if _may_be_demonym(word)}
        for member in self.members:
            land = _land_name(member) if member.type is None and member.can_take_part else None
            if land is not None:
                demonyms = {w for w in derived if w.startswith(land[:-1]) and w != land}
                is_full = land != member.name
                has_official = any(_has_official(self.reading.doc, m) for m in member.mentions)
                if demonyms or is_full or has_official:
                    member.type = "state"
                    member.demonyms |= demonyms
                    note(member, why_land, Cast, self.reading, member)

    # --- roles and types -----------------------------------------------------------------------

    def _read_roles(self, *, several_words: bool) -> None:
        """Learn what stands beside the names of several words, or beside those of one.

        Long names come first: only a name known to be a person's is shortened as persons are.
        """
        for member in self.members:
            for mention in member.mentions:
                if (len(mention.text.split()) > 1) == several_words:
                    for role in find_roles(self.reading, mention):
                        self._learn_role(member, mention, role)

    def _learn_role(self, member: Member, mention: Mention, role: Role) -> None:
        member.roles.append(role)
        if role.kind == "relative":
            return
        if role.kind == "apposition":
            self.explains.update(dict.fromkeys(range(role.first, role.last + 1), mention.head))
        head = self.reading.doc[role.head]
        lemma = head.lemma_.lower()
        member.heads |= {lemma, *_offices(lemma)}
        self.at.setdefault(role.head, member)
        member.gender = member.gender or gazetteer.gender_of(head.lower_)
        is_plain = lemma not in listed("actors", "of_anybody")
        if member.type is None and is_plain and gazetteer.role_noun(lemma) == "person":
            member.type = "person"

    def _abbreviates_a_thing(self, member: Member) -> bool:
        """Whether a bracket gives the name as letters for a thing: "reserve ratios (RR)"."""
        if not (member.name.isupper() and member.name.isalpha()):
            return False
        doc, size = self.reading.doc, len(member.name)
        return any(
            m.first > size
            and doc[m.first - 1].text == "("
            and _spells(doc[m.first - 1 - size : m.first - 1], member.name)
            and gazetteer.role_noun(doc[m.first - 2].lemma_.lower()) is None
            for m in member.mentions
        )

    def _types_by_component(self) -> dict[int, str]:
        """What the trained component takes those members for whom nothing else tells of.

        One name is one thing in one article: what most of its mentions were taken for.
        """
        unsettled = [m for m in self.members if m.type is None and m.can_take_part]
        if not unsettled:
            return {}
        where = {self.reading.sentence_number(m.head) for x in unsettled for m in x.mentions}
        found = find_entities(self.reading, sentences=where)
        types = {(e.first, e.last): e.type for e in found}
        taken_for: dict[int, str] = {}
        for member in unsettled:
            spans = [(m.name.first, m.name.last) for m in member.mentions if m.name]
            votes = Counter(types[span] for span in spans if span in types)
            if votes:
                taken_for[member.number] = votes.most_common(1)[0][0]
        return taken_for

    def _settle_type(self, member: Member, taken_for: str | None) -> None:
        """Decide what a capitalised name with no telling word is, from how it is used.

        `taken_for` is PER, ORG or LOC where the trained component found it.
        """
        if member.type is not None or not member.can_take_part:
            return
        words = [self.reading.doc[m.head] for m in member.mentions]
        is_subject = any(word.dep_.startswith("nsubj") for word in words)
        has_acronym = bool(member.acronyms) or any(t.isupper() for t in member.tokens)
        if self._abbreviates_a_thing(member):
            member.is_thing = True
        elif any(map(_is_in_place, words)) and not is_subject:
            member.is_place = True
        elif _can_be_person(member, words) and (
            taken_for == "PER" or (taken_for is None and _reads_as_person(member, words))
        ):
            member.type = "person"
        elif taken_for == "ORG":
            member.type = "organization"
        elif not is_subject and taken_for == "LOC":
            member.is_place = True
        elif not (is_subject or has_acronym) and (taken_for is None or len(member.tokens) == 1):
            member.is_thing = True
        else:
            member.type = "organization"
        if member.type is not None:
            note(member, why_settled, Cast, find_entities, self.reading, member, taken_for)


def _names_an_index(word: Token) -> bool:
    """Whether a body's name is that of a measure here: "the Nasdaq composite index"."""
    is_before = word.dep_ in ("compound", "nmod:poss") and word.head.i > word.i
    return is_before and word.head.lemma_.lower() in ("index", "average", "benchmark")


def _spells(words: Words, letters: str) -> bool:
    """Whether plain words before a bracket have these initials: "reserve requirement ratios"."""
    initials = "".join(w.text[0] for w in words if w.is_alpha)
    return initials.islower() and initials.upper() == letters


def _colours_a_thing(word: Token) -> bool:
    """Whether a name only colours a thing: "the Simón Duarte sports hall", "Messenger calls"."""
    noun = word.head
    is_common = noun.tag_ in ("NN", "NNS") and noun.text.islower() and noun.i > word.i
    if word.dep_ != "compound" or not is_common:
        return False
    lemma = noun.lemma_.lower()
    is_sort = lemma in listed("actors", "holding") | listed("actors", "company")  # "the Pana app"
    return not is_sort and gazetteer.role_noun(lemma) is None


def _land_name(member: Member) -> str | None:
    """The word that may be a land's own name: a name of one word, or of "Republic of Vask"."""
    kind, _, rest = member.name.partition(" of ")
    is_form = kind.split()[-1].lower() in listed("names", "form_of_state")
    own = rest.removeprefix("the ") if is_form else member.name
    return own if len(own.split()) == 1 else None


def _may_be_demonym(word: Token) -> bool:
    """Whether a word reads like the adjective of a land before an official of it, or its people."""
    text = word.text
    if not text[:1].isupper() or not text.endswith(_DEMONYM_ENDINGS) or word.i + 1 >= len(word.doc):
        return False
    return text.endswith("ns") or word.nbor(1).lower_ in listed("actors", "of_a_land")


def _has_official(doc: Doc, mention: Mention) -> bool:
    """Whether a possessive after a name gives it a government: "Kessara's foreign minister"."""
    after = doc[mention.last + 1 : mention.last + 4]
    is_owner = len(after) > 1 and after[0].tag_ == "POS"
    return is_owner and any(word.lower_ in listed("actors", "of_a_land") for word in after[1:])


def _mark_kind(member: Member, name: Name) -> None:
    """Note what the name a member was first met by tells of it."""
    if name.known:
        member.key = key_of(name.known)
        if member.listed_as == "state" and name.known.level == "nation":
            member.name = name.known.name
    member.is_media = name.kind == "media"
    member.is_place = name.kind == "place"
    member.is_thing = name.kind == "thing"


def _offices(title: str) -> list[str]:
    """What else a title lets its holder be called: "Gov." is the governor."""
    offices: dict[str, list[str]] = lexicon.load("actors")["offices"]
    return offices.get(title, [])


def _can_be_person(member: Member, words: list[Token]) -> bool:
    """Whether a name has the form of a person's: a lone word or a plural seldom has.

    The component takes many a firm for a person, and a person it misses does no harm.
    """
    sorts = {*listed("names", "place"), *listed("names", "organization")}
    last = member.tokens[-1].lower()
    is_plural = any(word.tag_ in ("NNPS", "NNS") for word in words) or last.removesuffix("s") in (
        sorts if last.endswith("s") else ()
    )
    is_lone = len(member.tokens) == 1 and not gazetteer.is_first_name(member.name)
    return not is_plural and not is_lone


def _reads_as_person(member: Member, words: list[Token]) -> bool:
    """Two or three plain words, the first a given name or the whole a speaker."""
    if any(m.gender for m in member.mentions):
        return True
    tokens = member.tokens
    has_acronym = any(t.isupper() and len(t) >= _SHORTEST_ACRONYM for t in tokens)
    is_body = has_acronym or bool(member.acronyms) or any(map(is_institution, tokens))
    if len(tokens) not in _PERSON_NAME_LENGTHS or is_body:
        return False
    speaks = any(w.dep_.startswith("nsubj") and w.head.lemma_ in _SPEAKING for w in words)
    return speaks or gazetteer.is_first_name(tokens[0])


def _is_in_place(word: Token) -> bool:
    """Whether a word hangs in its sentence as a place does: "in X", "near X"."""
    prepositions = listed("names", "before_place")
    return any(child.dep_ == "case" and child.lower_ in prepositions for child in word.children)
