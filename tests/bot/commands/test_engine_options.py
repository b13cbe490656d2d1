"""Who writes a briefing and in which language: asked for in a command, kept with a schedule."""

import pytest

from bot.commands.grammar import read_command
from briefings.testing import FakeSummarizer

URL = "https://news.example/ferry-crews-walk-out"
FEED = "https://news.example/feed"


class ByModel(FakeSummarizer):
    async def summarize(self, article):
        made = await super().summarize(article)
        return made.model_copy(update={"engine": made.engine.model_copy(update={"model": "m"})})


class FakeModel:
    """Remembers the languages that it was asked for."""

    def __init__(self):
        self.asked = []

    def into(self, language):
        self.asked.append(language)
        return ByModel(name="llm")


@pytest.fixture
def model():
    return FakeModel()


@pytest.fixture
def world(world_with, model):
    return world_with(model=model)


@pytest.fixture
def plain_world(world_with):
    return world_with()


TYPED = {
    "word": (f"{URL} engine llm", {"engine": "llm"}),
    "colon": (f"{URL} engine:llm", {"engine": "llm"}),
    "both": (f"engine:auto {URL} language German", {"engine": "auto", "language": "German"}),
    "with a section": (f"{URL} claims language:de", {"section": "claims", "language": "de"}),
    "private": (f"{URL} engine extractive private", {"engine": "extractive", "private": "yes"}),
}


@pytest.mark.parametrize(("text", "expected"), TYPED.values(), ids=TYPED)
def test_brief_takes_an_engine_and_a_language(text, expected):
    """As two words or with a colon, in any place."""
    assert read_command("brief", {"text": text}) == ("brief", {"url": URL, **expected})


SCHEDULED = {
    "words": "at daily 9:00 engine llm language German",
    "colons": "at daily 9:00 engine:llm language:de",
}


@pytest.mark.parametrize("text", SCHEDULED.values(), ids=SCHEDULED)
async def test_a_schedule_keeps_them(world, model, text):
    """They are stored with it, shown, and asked for at each slot."""
    made = await world.added(text)
    schedule = await world.store.find_schedule(made)
    assert (schedule.engine, schedule.language) == ("llm", "de")
    assert "Written by: A language model. Language: German." in await world.told(f"show {made}")
    model.asked.clear()
    await world.rounds.run_now(schedule, asked_by="U1")
    assert set(model.asked) == {"de"}


@pytest.mark.parametrize("word", ["default", "-"])
async def test_a_schedule_forgets_them(world, word):
    """Afterwards the settings hold again."""
    made = await world.added("at daily 9:00 engine llm language de")
    await world.run("briefing", f"edit {made} engine {word} language {word}")
    schedule = await world.store.find_schedule(made)
    assert (schedule.engine, schedule.language) == ("", "")


async def test_other_changes_leave_them(world):
    """An edit of the times says nothing about who writes."""
    made = await world.added("at daily 9:00 engine llm language de")
    await world.run("briefing", f"edit {made} at daily 10:00")
    schedule = await world.store.find_schedule(made)
    assert (schedule.engine, schedule.language) == ("llm", "de")


async def test_a_command_asks_for_them(world, model):
    """/brief engine llm is the model's, engine extractive is not."""
    assert not (await world.run("brief", f"{URL} engine llm language French")).is_refused
    assert model.asked == ["fr"]
    await world.run("brief", f"{URL} engine extractive")
    assert model.asked == ["fr"]


REFUSED = {
    "no model": ("engine llm", "engine", "No language model is set up here"),
    "no model for a language": ("language de", "language", "which language “German” needs"),
    "no such engine": ("engine gpt", "engine", "“gpt” is none of extractive, llm and auto."),
    "no such language": ("language Elvish", "language", "“Elvish” is no language."),
}


@pytest.mark.parametrize(("text", "option", "sentence"), REFUSED.values(), ids=REFUSED)
async def test_what_cannot_be_had_is_one_sentence(plain_world, text, option, sentence):
    """In a command and for a schedule alike, private, naming the option."""
    asked = await plain_world.run("brief", f"{URL} {text}")
    added = await plain_world.run("briefing", f"add {FEED} at daily 9:00 {text}")
    for reply in (asked, added):
        assert reply.is_refused
        assert reply.wrong_option == option
        assert sentence in reply.notice
    assert await plain_world.store.list_schedules() == ()


async def test_english_needs_no_model(plain_world):
    """The embedded engine writes it."""
    assert not (await plain_world.run("brief", f"{URL} language English")).is_refused


async def test_a_form_asks_only_where_there_is_a_model(world, plain_world):
    """Nobody is asked for what can't be had."""
    names = {field.option for field in (await world.form()).fields}
    assert {"engine", "language"} <= names
    assert not {"engine", "language"} & {f.option for f in (await plain_world.form()).fields}


async def test_a_form_sent_unchanged_changes_nothing(world):
    """The engine's choices hold what stands, the language is shown by name."""
    made = await world.added("at daily 9:00 engine auto language de")
    before = await world.store.find_schedule(made)
    form = await world.form(id=made)
    sent = {field.option: field.value for field in form.fields}
    assert (sent["engine"], sent["language"]) == ("auto", "German")
    await world.run(form.command, **sent, value=form.value)
    assert await world.store.find_schedule(made) == before


async def test_languages_are_completed(world):
    """By the beginning of their names."""
    found = await world.commands.suggest(world.request("brief"), "language", "ger")
    assert found[0] == "German"
    assert len(found) <= 25


async def test_two_engines_of_one_article_have_buttons_of_their_own(world):
    """The one's buttons do not show the other's briefing."""
    one = (await world.run("brief", f"{URL} engine extractive")).buttons[0].value
    other = (await world.run("brief", f"{URL} engine llm")).buttons[0].value
    assert one != other
    assert not (await world.run("show", value=one)).is_refused


async def test_help_names_them_where_there_is_a_model(world, plain_world):
    """And says nothing of them where there is none."""
    assert "engine llm" in await world.told("help")
    assert "engine llm" not in await plain_world.told("help")
