"""Descriptions of commands and options, and the sizes of what Discord lists."""

import discord

from bot import messages_discord as words
from bot.discord.options import BRIEF, SUBCOMMANDS
from bot.discord.rights import INVITE_PERMISSIONS
from briefings.rendering.limits import DISCORD


def test_every_command_and_option_has_a_description_that_fits():
    """Discord takes 1 to 100 characters of a description."""
    options = {option.name for options in (BRIEF, *SUBCOMMANDS.values()) for option in options}
    assert options == set(words.OPTIONS)
    assert {"brief", "briefing", *SUBCOMMANDS} == set(words.COMMANDS)
    assert all(
        1 <= len(text) <= 100 for text in (*words.COMMANDS.values(), *words.OPTIONS.values())
    )


def test_the_mark_fits_into_the_room_kept_for_it():
    """A message as long as the renderer makes it still takes the mark of the longest nonce."""
    assert len(words.MARK.format(nonce="n" * 25)) <= DISCORD.mark


def test_the_bot_asks_for_no_more_than_it_uses():
    """The invite link asks for six rights, none of which lets the bot change anything."""
    assert {name for name, held in INVITE_PERMISSIONS if held} == {
        *("read_messages", "send_messages", "embed_links", "read_message_history"),
        *("create_public_threads", "send_messages_in_threads"),
    }
    assert not INVITE_PERMISSIONS & discord.Permissions.elevated()
