"""When two names mean the same one."""

import pytest

from briefings.briefing import Actor
from briefings.evidence import Span
from tests.quality.names import is_same, pair_actors


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The Acas", "acas", id="article and case"),
        pytest.param("Katrin Solberg", "Solberg", id="surname"),
        pytest.param("the authority's director, Katrin Solberg", "Katrin Solberg", id="role first"),
        pytest.param("Oliver Strand, its head of policy", "Oliver Strand", id="role after a comma"),
        pytest.param("Mayor Ignazio Rell of Alto Serro", "Mayor Ignazio Rell", id="phrase after"),
        pytest.param("Mr Penrose", "Martin Penrose", id="courtesy"),
        pytest.param("Russia’s Foreign Ministry", "Russia's Foreign Ministry", id="apostrophes"),
    ],
)
def test_same(one, other):
    """A shorter form of a name is the same name, in either place."""
    assert is_same(one, other)
    assert is_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Lethia", "Lethia's Defense Ministry", id="a state and its ministry"),
        pytest.param("Harlow", "Harlow & Finch", id="a part of a firm's name"),
        pytest.param("he", "he", id="a pronoun names nobody"),
        pytest.param("Judith Penrose", "Martin Penrose", id="a shared surname"),
        pytest.param("", "Acas", id="no name"),
    ],
)
def test_different(one, other):
    """Words in common do not make two names one."""
    assert not is_same(one, other)
    assert not is_same(other, one)


def actor(name, *aliases):
    evidence = (Span(start=0, end=1, quote="x"),)
    return Actor(
        id=name,
        name=name,
        aliases=aliases,
        type="person",
        salience=1,
        mentions=1,
        evidence=evidence,
    )


def test_equal_names_are_paired_first(annotate):
    """A short form takes what equal names leave over, whatever the order."""
    people = [
        {"name": "Lena Brandt", "tier": 1, "type": "person", "role": ["chairwoman"]},
        {
            "name": "Ada Brandt",
            "aliases": ["Brandt"],
            "tier": 1,
            "type": "person",
            "role": ["chairwoman"],
        },
    ]
    gold = annotate(
        actors=people,
        contested=False,
        issue=[],
        sides=[],
        claims=[
            {
                "speaker": "Lena Brandt",
                "kind": "state",
                "says": ["“They broke … the union's chairwoman."],
            }
        ],
    )
    pairs = pair_actors([actor("L. Brandt"), actor("Lena Brandt")], gold)
    assert {ours: one.name for ours, one in pairs.items()} == {
        "Lena Brandt": "Lena Brandt",
        "L. Brandt": "Ada Brandt",
    }


def test_a_shared_alias_is_no_shared_name(annotate):
    """That both are called "the company" somewhere makes two firms no one firm."""
    gold = annotate(
        actors=[
            {
                "name": "Hask",
                "aliases": ["the mill"],
                "tier": 1,
                "type": "organization",
                "role": ["owner"],
            },
            {"name": "weavers' union", "tier": 1, "type": "organization", "role": ["union"]},
            {"name": "Lena Brandt", "tier": 1, "type": "person", "role": ["chairwoman"]},
        ]
    )
    assert pair_actors([actor("Movanta", "the mill")], gold) == {}
    assert pair_actors([actor("owner", "Hask")], gold)
