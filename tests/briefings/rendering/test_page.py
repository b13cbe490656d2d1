"""The page in a real browser: highlights, scrolling, keyboard, width, silence on the network."""

import shutil
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService, Keys

from briefings.rendering.html import render_html

CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = "/usr/bin/chromedriver"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and Path(CHROMEDRIVER).exists()), reason="no chromium with its driver here"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=ChromeService(CHROMEDRIVER))
    driver.set_page_load_timeout(30)
    yield driver
    driver.quit()


@pytest.fixture
def open_page(browser, tmp_path):
    """Opens a briefing's page at a size, with motion off so that scrolling is done at once."""

    def opened(briefing, *, width=1280, height=800, scheme="light"):
        path = tmp_path / "briefing.html"
        path.write_text(render_html(briefing), encoding="utf-8")
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        preferences = {"prefers-reduced-motion": "reduce", "prefers-color-scheme": scheme}
        media = [{"name": name, "value": value} for name, value in preferences.items()]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        for kind in ("browser", "performance"):
            browser.get_log(kind)  # what an earlier page left there
        browser.get(path.as_uri())
        return browser

    return opened


def lit(browser):
    words = browser.find_elements("css selector", ".words.lit")
    return "".join(word.get_property("textContent") for word in words)


def is_in_view(browser, selector):
    script = """const box = document.querySelector(arguments[0]).getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight;"""
    return browser.execute_script(script, selector)


def hover(browser, element):
    ActionChains(browser).move_to_element(element).perform()


def press(browser, key):
    ActionChains(browser).send_keys(key).perform()


@pytest.mark.parametrize("width", [1280, 390])
def test_silent_and_within_its_width(named_briefing, open_page, width):
    """No error on the console, no request but the page itself, no sideways scrolling."""
    _, briefing = named_briefing
    browser = open_page(briefing, width=width)
    assert browser.get_log("browser") == []
    events = [entry["message"] for entry in browser.get_log("performance")]
    requests = [event for event in events if "Network.requestWillBeSent" in event]
    assert all('"url":"file://' in event or '"url":"data:' in event for event in requests)
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(overflow) <= 0


def test_hovering_a_line_lights_its_words(typical, open_page):
    """Under the pointer a line lights exactly the words it rests on, and nothing after it left."""
    browser = open_page(typical)
    hover(browser, browser.find_element("css selector", ".summary .line"))
    assert lit(browser) == "".join(span.quote for span in typical.summary.evidence)
    hover(browser, browser.find_element("css selector", "h1"))
    assert lit(browser) == ""


def test_hovering_words_lights_their_lines(typical, open_page):
    """The other way round, words of the article light the lines that rest on them."""
    browser = open_page(typical)
    hover(browser, browser.find_element("css selector", ".numbered[data-n='2'] .words"))
    (line,) = browser.find_elements("css selector", ".line.lit")
    assert line.text.startswith("The closure of the Karn Bridge")


@pytest.mark.parametrize(("width", "height"), [(1280, 420), (390, 600)])
def test_a_click_brings_the_words_into_view(typical, open_page, width, height):
    """A click on a line scrolls its words into view, and they stay lit."""
    browser = open_page(typical, width=width, height=height)
    words = ".numbered[data-n='8'] .words"
    assert not is_in_view(browser, words)
    line = browser.find_elements("css selector", ".dispute li")[2]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", line)
    line.click()
    assert is_in_view(browser, words)
    assert "Sund has offered to mediate 🤝" in lit(browser)


def test_the_phone_has_a_way_back(typical, open_page):
    """After a jump to the article a button leads back to the line it started from."""
    browser = open_page(typical, width=390, height=600)
    line = browser.find_elements("css selector", ".claims .line")[1]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", line)
    line.click()
    back = browser.find_element("css selector", ".back")
    assert back.is_displayed()
    back.click()
    assert is_in_view(browser, ".claims .line:nth-child(2)")
    assert not back.is_displayed()


def test_the_keyboard_reaches_everything(typical, open_page):
    """Tab lights a reference's words, Enter goes to them, Escape comes back."""
    browser = open_page(typical)
    for _ in range(3):  # the link past the briefing, the source, the first reference
        press(browser, Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "cite"
    assert lit(browser) == typical.summary.evidence[0].quote
    press(browser, Keys.ENTER)
    assert "words" in browser.switch_to.active_element.get_attribute("class")
    press(browser, Keys.ESCAPE)
    assert browser.switch_to.active_element.get_attribute("class") == "cite"


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_dark_and_light(typical, open_page, scheme, is_dark):
    """The page follows the reader's choice of dark or light."""
    browser = open_page(typical, scheme=scheme)
    colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in colour[4:-1].split(",")) / 3
    assert (brightness < 128) is is_dark


def test_it_prints_whole(typical, open_page):
    """On paper nothing is left behind a scroll bar."""
    browser = open_page(typical)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = "const a = document.querySelector('article'); return a.scrollHeight - a.clientHeight"
    assert browser.execute_script(shown) <= 0
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_hostile_text_runs_nothing(hostile, open_page):
    """No script of the article runs: no alert is open, and its tags stand there as words."""
    browser = open_page(hostile)
    assert "alert(1)" in browser.find_element("css selector", "h1").text
    assert browser.execute_script("return document.scripts.length") == 1
