"""Names of threads."""

import pytest

from bot.discord.threads import name_thread
from briefings.rendering.discord import document_to_discord
from briefings.rendering.nodes import Document, Line

TITLES = {
    "plain": ("Brask weighs the mill", "Brask weighs the mill"),
    "marks": ("*Brask* [weighs] #1: <the_mill>", "*Brask* [weighs] #1: <the_mill>"),
    "mention": ("@everyone in Brask", "@everyone in Brask"),
    "too long": ("Brask " * 40, ("Brask " * 40)[:99].rstrip() + "…"),
    "longer than a title": ("Brask weighs the mill " * 20, "Details"),
    "wide letters": ("🤝" * 80, "🤝" * 49 + "…"),
}


@pytest.mark.parametrize(("title", "name"), TITLES.values(), ids=TITLES)
def test_a_thread_is_named_by_the_title_of_its_details(title, name):
    """The title as plain text, without the renderer's escapes, within 100 characters."""
    (body, *_) = document_to_discord(Document(title, Line(()), None, (), ()))
    named = name_thread(body)
    assert named == name
    assert len(named.encode("utf-16-le")) // 2 <= 100
