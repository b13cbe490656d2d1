"""Who makes the briefings: what settings and options choose, and what is told where it can't be."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.engines import Engines, StoreLedger, Wish, build_engines, count_usage, name_payer
from bot.errors import OptionRefused, SettingsInvalid
from bot.messages import explain
from bot.metrics import Metrics
from bot.setting_groups import SummarizerSettings
from bot.testing import MemoryStore
from briefings.article import Article
from briefings.briefing import Usage
from briefings.errors import EngineNotInstalled, ModelUnusable
from briefings.summarizers.llm.asking import Limits
from briefings.summarizers.llm.budget import MemoryLedger
from briefings.summarizers.llm.exchange import EXTRA, EXTRAS, connect
from briefings.testing import FakeSummarizer, FixedClock

ARTICLE = "Ferries stop\n\nThe crews of the ferries stopped work on Monday, the owner said."
#: What a Python without the extra does when it is imported.
WITHOUT_EXTRA = "import sys; sys.modules['pydantic_ai'] = None; from bot.cli import main; main()"


class FakeEmbedded(FakeSummarizer):
    async def settle(self, article, proposal, asked):
        raise NotImplementedError


def build(**values):
    return build_engines(
        SummarizerSettings(**values), FakeEmbedded(), ledger=MemoryLedger(), clock=FixedClock()
    )


MODEL = {"model": "openai:tiny", "base_url": "http://127.0.0.1:1/v1"}


@pytest.mark.parametrize(
    ("values", "wish", "key"),
    [
        pytest.param({}, Wish(), "", id="nothing set"),
        pytest.param(MODEL, Wish(), "llm en", id="a model"),
        pytest.param({**MODEL, "engine": "llm"}, Wish(), "llm en", id="llm"),
        pytest.param({**MODEL, "engine": "extractive"}, Wish(), "", id="extractive"),
        pytest.param({**MODEL, "engine": "extractive"}, Wish("auto"), "llm en", id="wished for"),
        pytest.param(MODEL, Wish("extractive"), "", id="wished away"),
        pytest.param(MODEL, Wish("llm", "de"), "llm de", id="in a language"),
        pytest.param({}, Wish("auto"), "", id="auto without a model"),
        pytest.param({}, Wish("llm"), "without model", id="llm without a model"),
    ],
)
def test_wishes_win_over_settings(values, wish, key):
    """auto asks a model where one is named; the other two say it themselves."""
    chosen = build(**values).choose(wish)
    assert chosen.key == key
    assert chosen.reads_any_language is key.startswith("llm")


@pytest.mark.parametrize(
    ("values", "wish", "sentence"),
    [
        pytest.param({}, Wish("llm"), "No language model is set up here", id="engine"),
        pytest.param({}, Wish("", "de"), "which language “German” needs", id="language"),
        pytest.param(MODEL, Wish("extractive", "de"), "writes English alone", id="embedded"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_one_sentence(values, wish, sentence):
    """Who asks for a model where there is none is told so, and by which setting there would be."""
    with pytest.raises(OptionRefused) as caught:
        build(**values).ensure(wish)
    assert sentence in explain(caught.value)


async def test_a_schedule_whose_model_is_gone_says_so(article):
    """The embedded engine stands in, and its briefing names the reason."""
    briefing = await Engines(FakeSummarizer()).choose(Wish("llm")).summarizer.summarize(article)
    assert (briefing.engine.name, briefing.engine.fallback) == ("fake", "not set up")


def test_a_model_that_nobody_named():
    """llm without a model is a setting that is missing."""
    with pytest.raises(SettingsInvalid) as caught:
        build(engine="llm")
    assert "summarizer.model" in explain(caught.value)


def test_the_limits_are_those_of_the_engine():
    """Somebody who sets nothing gets the limits that the engine itself would choose."""
    settings, limits = SummarizerSettings(), Limits()
    assert (settings.seconds, settings.tokens) == (limits.seconds, limits.tokens)
    assert settings.exchange_tokens == limits.exchange_tokens
    assert (settings.at_once, settings.repairs) == (limits.at_once, limits.repairs)


def test_a_model_that_cannot_be_asked_is_named():
    """The sentence names the model and the settings to look at, and shows no key."""
    with pytest.raises(ModelUnusable) as caught:
        build(model="nobody:tiny", key="hunter2")
    sentence = explain(caught.value)
    assert "nobody:tiny" in sentence
    assert "summarizer.model" in sentence
    assert "hunter2" not in sentence


def test_the_extra_is_named_where_it_is_missing():
    """One sentence holds the command that installs what is missing."""
    sentence = explain(EngineNotInstalled("llm", extra="llm"))
    assert "pip install 'briefbot[llm]'" in sentence


@pytest.fixture
def article():
    title, text = ARTICLE.split("\n\n")
    return Article.compose(title, [text], retrieved_at=FixedClock().now())


@pytest.fixture
def without_extra(tmp_path, child_environment):
    """Run `briefbot` in a Python that lacks the packages of the extra."""
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE)

    def run(*arguments, **variables):
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_EXTRA, "brief", str(file), *arguments],
            cwd=tmp_path,
            env={**child_environment, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_without_the_extra_everything_else_works(without_extra):
    """A briefing by the embedded engine, and the prompt of a dry run, need nothing of it."""
    made = without_extra("--format", "json")
    assert json.loads(made.stdout)["engine"]["name"] == "extractive"
    shown = without_extra("--engine", "llm", "--dry-run")
    assert shown.returncode == 0
    assert "[1] The crews of the ferries stopped work" in shown.stdout


def test_without_the_extra_a_model_is_one_sentence(without_extra):
    """Asking for a model ends 1 with the command that installs it, and no traceback."""
    asked = without_extra("--engine", "llm", BRIEFBOT_SUMMARIZER__MODEL="openai:tiny")
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "pip install 'briefbot[llm]'" in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


PROVIDERS = {
    "anthropic:claude-sonnet-4-5": ("anthropic", "llm-anthropic"),
    "bedrock:amazon.nova-pro-v1:0": ("boto3", "llm-bedrock"),
    "google:gemini-2.5-flash": ("google.genai", "llm-google"),
    "mistral:mistral-small-latest": ("mistralai.client", "llm-mistral"),
    "openai:gpt-5-mini": ("openai", "llm"),
    "ollama:llama3.2": ("openai", "llm"),
}


@pytest.mark.parametrize("model", [name for name in PROVIDERS if not name.startswith("bedrock")])
def test_each_provider_can_be_asked(model):
    """With all extras installed every provider's name is one; nothing is sent."""
    assert connect(model, key="hunter2").model == model


def test_a_provider_whose_client_is_missing_is_one_sentence(child_environment):
    """The sentence names the extra that installs it, provider by provider."""
    script = (
        "import sys, json\n"
        "providers = json.loads(sys.argv[1])\n"
        "for module, _ in providers.values(): sys.modules[module] = None\n"
        "from briefings.errors import EngineNotInstalled\n"
        "from briefings.summarizers.llm.exchange import connect\n"
        "from bot.messages import explain\n"
        "for model in providers:\n"
        "    try: connect(model, key='k')\n"
        "    except EngineNotInstalled as error: print(explain(error))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, json.dumps(PROVIDERS)],
        env=child_environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert told.stdout.splitlines() == [
        "A language model needs packages that are not installed. "
        f"Install them with: pip install 'briefbot[{extra}]'"
        for _, extra in PROVIDERS.values()
    ]


def test_each_extra_that_is_named_exists():
    """What a sentence tells people to install can be installed."""
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert {EXTRA, *EXTRAS.values()} == set(project["optional-dependencies"])


def test_a_dry_run_prints_the_prompt_and_its_size(tmp_path, monkeypatch):
    """Instructions, the fenced article and how much that is; nobody listens at the address."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFBOT_SUMMARIZER__MODEL", "openai:tiny")
    monkeypatch.setenv("BRIEFBOT_SUMMARIZER__BASE_URL", "http://127.0.0.1:1/v1")
    (tmp_path / "article.txt").write_text(ARTICLE)
    result = CliRunner().invoke(cli, ["brief", "article.txt", "--engine", "llm", "--dry-run"])
    assert result.exit_code == 0
    instructions, _, message = result.stdout.partition("── Part 1 of 1")
    assert "You brief one news article" in instructions
    assert "[0] Ferries stop\n[1] The crews" in message
    assert result.stdout.rstrip().endswith("tokens. Nothing was sent.")


MISUSED = {
    "no model": (["brief", "article.txt", "--language", "de"], "which language “de” needs"),
    "no language": (["brief", "article.txt", "--language", "Elvish"], "“Elvish” is no language"),
    "no model to preview": (["preview", "article.txt", "--engine", "llm"], "summarizer.model"),
}


@pytest.mark.parametrize(("arguments", "sentence"), MISUSED.values(), ids=MISUSED)
def test_what_cannot_be_had_ends_2(tmp_path, monkeypatch, arguments, sentence):
    """On the command line too it is one sentence, told before anything is read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE)
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_a_dry_run_shows_what_a_translation_is_asked_with(tmp_path, monkeypatch):
    """By the language's English name, in our instructions."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE)
    arguments = ["brief", "article.txt", "--engine", "llm", "--dry-run", "--language", "deutsch"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert "its `text` in German" in result.stdout.partition("── Part 1")[0]


def test_a_dry_run_goes_with_a_model(briefbot):
    """The embedded engine sends nothing that could be shown."""
    result = briefbot("brief", "article.txt", "--dry-run")
    assert result.exit_code == 2
    assert "--engine llm" in result.stderr


async def test_a_store_keeps_what_each_tenant_spent():
    """The ledger of a service is its store, tenant by tenant."""
    store = MemoryStore()
    ledger = StoreLedger(store)
    await ledger.write(name_payer("slack", "T1"), "2026-03-02 5")
    await ledger.write(name_payer("discord", "T1"), "2026-03-02 7")
    again = StoreLedger(store)
    assert await again.read(name_payer("slack", "T1")) == "2026-03-02 5"
    assert await again.read(name_payer("discord", "T1")) == "2026-03-02 7"
    assert await again.read(name_payer("slack", "T2")) is None


def test_metrics_count_what_a_model_took(caplog):
    """Tokens and cost add up by model; the outcome is the reason, or that it was used."""
    metrics = Metrics()
    told = count_usage(metrics)
    with caplog.at_level("INFO", logger="bot.engines"):
        told("m", Usage(exchanges=1, tokens_in=10, tokens_out=5, cost=0.5), None)
        told("m", Usage(exchanges=1, tokens_in=10, tokens_out=0, cost=None), "server")
    read = metrics.registry.get_sample_value
    assert read("briefbot_model_tokens_total", {"model": "m", "way": "in"}) == 20
    assert read("briefbot_model_cost_dollars_total", {"model": "m"}) == 0.5
    assert read("briefbot_model_briefings_total", {"model": "m", "outcome": "server"}) == 1
    assert [record.tokens_in for record in caplog.records] == [10, 10]
