"""How a command ends: its reply, its figures, and what its asker is told when it fails."""

import pytest

from bot.errors import StoreUnavailable
from bot.store.memory import MemoryStore


class BrokenStore(MemoryStore):
    """Fails in the way a test sets."""

    failure: Exception = RuntimeError("a secret of ours")

    async def list_schedules(self, **_):
        raise self.failure


@pytest.fixture
def broken(world, article_page):
    return type(world)(article_page, store=BrokenStore())


async def test_a_fault_of_our_own_is_told_without_its_insides(broken, caplog):
    """The asker gets a word to pass on; the log has the rest."""
    reply = await broken.run("briefing", "list")
    assert reply.notice == (
        "Something went wrong on my side (r1). Try again; if it stays so, give whoever runs this "
        "bot the word in brackets."
    )
    assert reply.is_refused
    assert reply.is_private
    assert "command failed" in caplog.messages


async def test_a_database_that_does_not_answer_is_not_described_to_a_channel(broken):
    """Where it stands is nobody's business there."""
    broken.store.failure = StoreUnavailable("postgresql://db.internal/bot", "refused")
    assert (await broken.run("briefing", "list")).notice == (
        "The bot's database does not answer. Try again in a minute."
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "briefing",
            "ad x",
            (
                "“ad” is not understood. Use one of: add, list, show, edit, pause, resume, remove, "
                "run, preview, log, help."
            ),
        ),
        (
            "briefing",
            "list please",
            "“please” is not understood here. /briefing help shows how it is written.",
        ),
        (
            "briefly",
            "",
            "“briefly” is not understood here. /briefing help shows how it is written.",
        ),
    ],
    ids=["subcommand", "word", "command"],
)
async def test_what_is_not_understood_is_named(world, name, text, sentence):
    """The word that has no use here, and where to look."""
    assert (await world.run(name, text)).notice == sentence


async def test_commands_are_counted_by_what_came_of_them(world):
    """Names that we don't know are one, however many somebody makes up."""
    await world.run("briefing", "list")
    await world.run("briefing", "show zzzz")
    for made_up in ("x1", "x2"):
        await world.run(made_up)
    samples = [s for metric in world.metrics.commands.collect() for s in metric.samples]
    counted = {
        (s.labels["command"], s.labels["outcome"]): s.value
        for s in samples
        if s.name.endswith("_total")
    }
    assert counted == {
        ("briefing list", "done"): 1.0,
        ("briefing show", "NoSuchSchedule"): 1.0,
        ("unknown", "CommandNotUnderstood"): 2.0,
    }


async def test_the_log_names_no_words_of_the_asker(world, caplog):
    """Commands are logged by name and outcome."""
    caplog.set_level("INFO")
    await world.run("brief", "https://news.example/secret-story")
    assert [record.getMessage() for record in caplog.records] == ["command"]
    assert "secret-story" not in str([vars(record) for record in caplog.records])
