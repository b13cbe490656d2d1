"""The commands of who runs the bot, from the command line: what they print and how they end."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.store.schema import newest_version

ARTICLE = """Ferry crews walk out over rest breaks

Crews of the island ferries walked out on Monday because the operator, Brindle Lines, refused to \
lengthen their rest breaks, their union said.

"We will not sail without eleven hours of rest," said Mara Quill, who leads the Seafarers' Union. \
Brindle Lines said the demand would cost it four ships a day and accused the union of holding \
passengers hostage.

Talks are to resume on Thursday, and without an agreement the walkout could last through Easter, \
the operator said. The crossing to Easter Vale has been closed since dawn, and it was not clear \
how many passengers were stranded on the islands.
"""


class Site:
    """A web server of one outlet on loopback."""

    def __init__(self):
        pages = self.pages = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):  # the library's name
                media_type, body = pages.get(self.path, ("", b""))
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def publish(self, *titles, dated=""):
        """A feed that lists these articles, newest first, and the articles."""
        items = ""
        for number, title in enumerate(titles):
            address = f"http://{self.host}/{number}-{len(titles)}"
            _, *paragraphs = ARTICLE.strip().split("\n\n")
            text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
            page = f"<html><body><article><h1>{title}</h1>{text}</article></body></html>"
            self.pages[f"/{number}-{len(titles)}"] = ("text/html", page.encode())
            date = f"<pubDate>{dated}</pubDate>" if dated else ""
            items += f"<item><title>{title}</title><link>{address}</link>{date}</item>"
        feed = f"<rss version='2.0'><channel><title>Harbour News</title>{items}</channel></rss>"
        self.pages["/feed"] = ("application/rss+xml", feed.encode())
        link = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
        home = f"<html><head>{link}</head><body><h1>Harbour News</h1></body></html>"
        self.pages["/"] = ("text/html", home.encode())

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def site():
    made = Site()
    made.publish("Ferry crews walk out over rest breaks")
    yield made
    made.close()


@pytest.fixture
def config(tmp_path, site):
    path = tmp_path / "bot.toml"
    path.write_text(
        f'database_url = "sqlite:///{tmp_path}/bot.db"\n'
        f'[fetch]\nallow_hosts = ["{site.host}"]\n[team]\nzone = "Europe/Berlin"\n'
    )
    return path


@pytest.fixture
def call(config):
    """Call a command with these settings."""

    def run(command, *arguments):
        given = [command, *map(str, arguments), "--config", str(config)]
        return CliRunner().invoke(cli, given, catch_exceptions=False)

    return run


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


def told(result):
    """The exit code with what was said on either side."""
    return result.exit_code, result.stdout, result.stderr


# --- migrate and check ---


def test_migrate_says_where_and_which_version(call, tmp_path):
    """Twice does no harm."""
    expected = f"The tables in sqlite:///{tmp_path}/bot.db are of version {newest_version()}.\n"
    assert told(call("migrate")) == (0, expected, "")
    assert told(call("migrate")) == (0, expected, "")


def test_check_says_what_to_do(call, tmp_path):
    """Before the tables are there the check fails and names the command; then all is well."""
    code, out, err = told(call("check"))
    assert (code, err) == (1, "")
    assert not (tmp_path / "bot.db").exists(), "to look is not to make"
    assert out.splitlines()[:3] == [
        "✓ settings: They can be read, and each has a value that fits.",
        "✓ tokens: None is set, so only dry runs work. The README says where to get them.",
        (
            f"✗ database: The database sqlite:///{tmp_path}/bot.db does not fit this version of "
            f"briefbot (its tables are missing, needed is {newest_version()}). "
            "Run: briefbot migrate"
        ),
    ]
    call("migrate")
    code, out, _ = told(call("check"))
    assert code == 0
    assert out.splitlines()[2] == (
        f"✓ database: sqlite:///{tmp_path}/bot.db answers, and its tables are up to date."
    )
    assert out.splitlines()[3].startswith(
        "✓ zone: Schedules that name no zone go by Europe/Berlin, where it is "
    )


def test_check_knows_a_token_by_its_shape(call, config):
    """What was pasted into the wrong place is named, and not shown."""
    call("migrate")
    with config.open("a") as file:
        file.write('[slack]\napp_token = "xoxb-wrong-place-1234"\n')
    code, out, _ = told(call("check"))
    assert code == 1
    assert (
        "✗ slack.app_token: What is set does not look like one, which would be xapp-…. Copy it "
        "again; the README says from where."
    ) in out
    assert "wrong-place" not in out


# --- schedules ---


def test_schedules_from_a_terminal(call, site):
    """The words of /briefing, for whoever has the terminal; refusals go to standard error."""
    call("migrate")
    where = ("--tenant", "T1", "--channel", "C1")
    assert told(call("schedules", "list")) == (
        0,
        "There are no schedules yet. Set one up with briefbot schedules add.\n",
        "",
    )
    feed = f"http://{site.host}/feed"
    assert told(call("schedules", "add", feed, "at", "daily 9:00")) == (
        1,
        "",
        "Name the channel too: --platform, --tenant and --channel.\n",
    )
    added = call("schedules", "add", feed, "at", "daily 9:00", "name", "Ferry news", *where)
    assert added.exit_code == 0
    made = added.stdout.split()[1]
    assert "Would post “Ferry crews walk out over rest breaks”" in added.stdout
    line = f"{made} “Ferry news” in C1: daily at 09:00 (Europe/Berlin)"
    assert told(call("schedules", "list")) == (0, f"{line}\n", "")
    assert told(call("schedules", "list", "--tenant", "T1")) == (0, f"{line}\n", "")
    assert told(call("schedules", "list", "--tenant", "T2"))[1].startswith("There are no")
    assert call("schedules", "list", *where).stdout.endswith(
        f"• {made} “Ferry news”: daily at 09:00 (Europe/Berlin)\n"
    )
    assert "Takes from" in call("schedules", "show", made).stdout
    assert told(call("schedules", "pause", made)) == (0, f"Schedule {made} is paused\n", "")
    assert told(call("schedules", "run", made)) == (
        1,
        "",
        f"Schedule {made} is paused. Resume it first: briefbot schedules resume {made}\n",
    )
    assert call("schedules", "resume", made).exit_code == 0
    assert told(call("schedules", "run", made)) == (
        0,
        f"Schedule {made} is due now: the running bot posts it within a second or two.\n",
        "",
    )
    assert "It has not been due yet." in call("schedules", "log", made).stdout
    assert call("schedules", "edit", made, "none", "-", "max", "2").exit_code == 0
    assert told(call("schedules", "remove", made)) == (0, f"Schedule {made} is deleted\n", "")
    assert told(call("schedules", "show", made)) == (
        1,
        "",
        f"There is no schedule {made} here. briefbot schedules list shows those there are.\n",
    )


def test_schedules_need_tables(call, tmp_path):
    """Without them the way out is named."""
    code, out, err = told(call("schedules", "list"))
    assert (code, out) == (1, "")
    assert err.endswith("Run: briefbot migrate\n")
    assert str(tmp_path) in err


# --- preview ---


@pytest.mark.parametrize("platform", ["slack", "discord"])
def test_preview_of_a_file_is_one_json_object(call, article, platform):
    """Platform, request bodies and sizes: nothing else, and all within the platform's limits."""
    result = call("preview", article, "--platform", platform)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert list(found) == ["platform", "messages", "sizes"]
    assert found["platform"] == platform
    assert len(found["messages"]) == len(found["sizes"]) > 0
    assert all(("embeds" if platform == "discord" else "blocks") in m for m in found["messages"])
    assert "Ferry crews walk out over rest breaks" in json.dumps(found["messages"][0])
    for sizes in found["sizes"]:
        assert all(set(size) == {"what", "size", "limit"} for size in sizes)
        assert all(size["size"] <= size["limit"] for size in sizes)


def test_preview_for_a_person(call, article):
    """The text of each message, and each size against its limit."""
    out = call("preview", article, "--format", "text").stdout
    assert out.startswith("Message 1 of 2 for slack\n\nFerry crews walk out over rest breaks\n")
    assert "Mara Quill" in out
    assert "  longest section: " in out
    assert " of 3,000\n" in out
    assert "\nMessage 2 of 2 for slack\n" in out


def test_preview_at_an_instant(call, article):
    """The instant given is the one at which the article is read."""
    out = call("preview", article, "--at", "2026-03-02T08:00:00Z").stdout
    assert "2 March 2026, 08:00 UTC" in out


def test_a_preview_is_what_the_api_would_get(call, site):
    """With the channel and the marks; what only posting can tell is named in its place."""
    call("migrate")
    where = ("--tenant", "T1", "--channel", "C0NEWS")
    feed = f"http://{site.host}/feed"
    made = call("schedules", "add", feed, "at", "daily 9:00", *where).stdout.split()[1]
    top, detail = json.loads(call("preview", made).stdout)["messages"]
    assert (top["channel"], top["unfurl_links"], "thread_ts" in top) == ("C0NEWS", False, False)
    assert top["metadata"]["event_payload"]["nonce"]
    assert detail["thread_ts"] == "(ts of the message above)"
    found = json.loads(call("preview", made, "--platform", "discord").stdout)
    for body in found["messages"]:
        assert body["allowed_mentions"] == {"parse": []}
        assert (body["enforce_nonce"], len(body["nonce"])) == (True, 24)
        assert body["embeds"][-1]["footer"]["text"] == f"Ref. {body['nonce']}"


def test_a_preview_at_an_instant_knows_nothing_later(call, site):
    """What was published after the instant was not there to be posted."""
    site.publish("Ferry crews walk out", dated="Mon, 02 Mar 2026 07:00:00 GMT")
    call("migrate")
    where = ("--tenant", "T1", "--channel", "C1")
    feed = f"http://{site.host}/feed"
    made = call("schedules", "add", feed, "at", "daily 9:00", *where).stdout.split()[1]
    for instant, is_there in (("2026-03-02T06:59:59Z", False), ("2026-03-02T08:00:00+01:00", True)):
        out = call("preview", made, "--at", instant, "--format", "text").stdout
        assert ("Ferry crews" in out) is is_there


def test_preview_of_a_schedule_shows_what_is_new_to_it(call, site):
    """What it has seen it would not post again; its own platform is shown unless one is named."""
    call("migrate")
    where = ("--platform", "discord", "--tenant", "1", "--channel", "2")
    feed = f"http://{site.host}/feed"
    made = call("schedules", "add", feed, "at", "daily 9:00", *where).stdout.split()[1]
    assert json.loads(call("preview", made).stdout)["platform"] == "discord"
    assert json.loads(call("preview", made, "--platform", "slack").stdout)["platform"] == "slack"
    assert "Ferry crews" in call("preview", made, "--format", "text").stdout
    site.publish()
    assert told(call("preview", made, "--format", "text")) == (0, "Nothing would be posted.\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("nothere.txt",), 1, "nothere.txt can't be opened (no such file). "),
        (("zzzz",), 1, "zzzz can't be opened (no schedule has this id, and no file this name). "),
        (("a.txt", "--at", "soon"), 2, "“soon” is no instant. Write it such as 2026-03-02T08:"),
        (("a.txt", "--platform", "teams"), 2, "'teams' is not one of 'slack', 'discord'"),
    ],
    ids=["no file", "no schedule", "no instant", "no platform"],
)
def test_preview_names_what_is_wrong(call, arguments, code, sentence):
    """One sentence on standard error, and nothing on standard output."""
    call("migrate")
    result = call("preview", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr


# --- run ---


FILE = """
[[schedule]]
channel = "politics"
urls = ["http://{host}/"]
times = "weekdays 08:00"
none = ["sport", "music"]
max = 2
name = "Harbour"

[[schedule]]
platform = "discord"
channel = "42"
urls = "http://{host}/feed http://{host}/gone"
times = "every 2 hours"
mode = "digest"
"""


@pytest.fixture
def schedules_file(tmp_path, site):
    path = tmp_path / "feeds.toml"
    path.write_text(FILE.format(host=site.host))
    return path


def test_a_dry_run_shows_what_is_posted_and_what_is_left_out(call, site, schedules_file):
    """Messages go to standard output, what became of each schedule to standard error."""
    site.publish("Ferry crews walk out over rest breaks", "Sport: harbour regatta begins")
    result = call("run", "--dry-run", "--schedules", schedules_file, "--once")
    assert result.exit_code == 0
    assert result.stdout.count("── slack, channel politics\n") == 1
    assert result.stdout.count("── discord, channel 42\n") == 1
    assert "Mara Quill" in result.stdout
    lines = result.stderr.splitlines()
    assert lines[0] == "Dry run of 2 schedules: nothing is posted. Ctrl-C ends it."
    assert " “Harbour”" in lines[2]
    assert " in politics: weekdays at 08:00 (Europe/Berlin)" in lines[2]
    assert "  Left out “Sport: harbour regatta begins”: filtered (sport)" in lines
    gone = f"http://{site.host}/gone"
    assert f"  There is no page at {gone} (404). Check the address; it may have moved." in lines


def test_a_dry_run_as_json(call, schedules_file):
    """One object a message, with where it would stand."""
    result = call("run", "--dry-run", "--schedules", schedules_file, "--once", "--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(m["platform"], m["channel"]) for m in found} == {
        ("slack", "politics"),
        ("discord", "42"),
    }
    assert found[0]["in_thread"] is False
    assert all(list(m) == ["platform", "channel", "in_thread", "body"] for m in found)


FAULTS = {
    "no file": (None, "No such file or directory"),
    "no TOML": ("[[schedule", "Expected ']]' at the end of an array declaration"),
    "no table": ("", "it has no [[schedule]] table"),
    "one table": ("[schedule]\nchannel = 'x'", "schedule: input should be a valid list"),
    "no channel": (
        "[[schedule]]\nurls = 'a.example'\ntimes = 'daily 9:00'",
        "schedule 1 channel: field required",
    ),
    "no such option": (
        "[[schedule]]\nchannel = 'x'\nurls = 'a.example'\ntimes = 'daily 9:00'\nmaximum = 3",
        "schedule 1 maximum: extra inputs are not permitted",
    ),
    "no such platform": (
        "[[schedule]]\nplatform='irc'\nchannel = 'x'\nurls = 'a.example'\ntimes = 'daily 9:00'",
        "schedule 1 platform: input should be 'slack' or 'discord'",
    ),
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_file_of_schedules_that_is_wrong(call, tmp_path, text, fault):
    """One sentence names the file, the table and what is wrong with it."""
    path = tmp_path / "wrong.toml"
    if text is not None:
        path.write_text(text)
    result = call("run", "--dry-run", "--schedules", path, "--once")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"The schedules in {path} can't be read: {fault}")
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_option_in_a_file(call, tmp_path):
    """It is told as to whoever types the command."""
    path = tmp_path / "wrong.toml"
    path.write_text("[[schedule]]\nchannel = 'x'\nurls = 'a.example'\ntimes = 'daily 9:00'\nmax=0")
    assert told(call("run", "--dry-run", "--schedules", path, "--once")) == (
        2,
        "",
        "“0” is no number of articles. Use a whole number from 1 to 10.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--once",), "--schedules, --once and --json go with --dry-run."),
        (("--dry-run", "--only", "slack"), "--only goes with a real run"),
        (("--only", "irc"), "'irc' is not one of 'slack', 'discord', 'scheduler'"),
    ],
    ids=["once", "only", "part"],
)
def test_options_that_do_not_go_together(call, arguments, sentence):
    """Misuse is exit code 2, and said in a sentence."""
    result = call("run", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        ((), "The setting slack.bot_token or discord.token is missing."),
        (("scheduler",), "The setting slack.bot_token or discord.token is missing."),
        (("slack",), "The setting slack.bot_token is missing."),
        (("discord",), "The setting discord.token is missing."),
        (("discord", "scheduler"), "The setting discord.token is missing."),
    ],
    ids=["all", "scheduler", "slack", "discord", "discord and scheduler"],
)
def test_a_run_without_tokens_names_what_is_missing(call, only, wanted):
    """A platform that was not asked for is not missed; where nobody chose, either would do."""
    call("migrate")
    result = call("run", *(word for part in only for word in ("--only", part)))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("is missing") == 1
    assert wanted in result.stderr


def test_slack_needs_a_way_in(call, config):
    """A bot token alone does not reach the bot: it takes Socket Mode's or the signing secret."""
    call("migrate")
    with config.open("a") as file:
        file.write('[slack]\nbot_token = "xoxb-1234567890"\n')
    assert "slack.app_token or slack.signing_secret is missing" in call("run").stderr
