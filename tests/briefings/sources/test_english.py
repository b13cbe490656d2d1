"""Is it English?"""

import time
from pathlib import Path

import pytest

from briefings.sources.english import foreign_language, is_plainly_english

SHARED = Path(__file__).parents[4] / "shared"
DEV_ARTICLES = sorted((SHARED / "eval/dev/articles").glob("*.txt"))

ENGLISH = (
    "Ferry crews in Port Ellery walked out on Monday over a new rota that their union says leaves "
    "them without rest. The operator said that the rota was lawful and had been agreed in January."
)
FOREIGN = {
    "de": "Die Besatzungen der Fähren haben am Montag die Arbeit niedergelegt. Die Gewerkschaft "
    "teilte mit, der neue Dienstplan lasse ihren Mitgliedern zu wenig Zeit für die Erholung.",
    "fr": "Les équipages des ferries ont cessé le travail lundi. Le syndicat affirme que le "
    "nouveau tableau de service ne leur laisse pas assez de repos entre deux traversées.",
    "nl": "De bemanning van de veerboten heeft maandag het werk neergelegd. Volgens de bond is het "
    "nieuwe rooster te zwaar en is er geen rust meer tussen twee nachten op het water.",
    "ru": "Экипажи паромов в понедельник прекратили работу из-за нового графика. Профсоюз "
    "заявляет, что график не оставляет времени на отдых между двумя ночными рейсами.",
    "zh": "渡轮船员周一罢工，抗议新的排班表。工会表示，新的排班表没有留出休息时间。",
}
HEADLINES = [
    "Kenya floods",
    "Kenya faces worst flood crisis as country grapples with climate change",
    "Motorists in crime-ridden Caracas seek safety through 'Buddy' app",
    "Governor Threatens to Block Energy Leases Off Louisiana",
    "Amazon India denies it gives select sellers preferential treatment",
]


def test_an_ordinary_article_is_settled_by_its_words():
    """English news needs no identifier, and hardly any time."""
    began = time.perf_counter()
    assert is_plainly_english(ENGLISH * 20)
    assert time.perf_counter() - began < 0.05


@pytest.mark.parametrize("code", FOREIGN)
async def test_other_languages_are_named(code):
    """A text in another language is refused with that language's code."""
    assert not is_plainly_english(FOREIGN[code])
    assert await foreign_language(FOREIGN[code], source="a.txt") == code


@pytest.mark.parametrize("headline", HEADLINES)
async def test_short_english_passes(headline):
    """A headline alone, full of names, is not taken for another language."""
    assert await foreign_language(headline, source="a.txt") is None


@pytest.mark.skipif(not DEV_ARTICLES, reason="the evaluation articles are not on this machine")
@pytest.mark.parametrize("path", DEV_ARTICLES, ids=lambda path: path.stem)
def test_real_articles_pass_without_the_identifier(path):
    """Every article of the evaluation is plainly English."""
    assert is_plainly_english(path.read_text(encoding="utf-8"))
