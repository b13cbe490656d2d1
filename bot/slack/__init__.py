"""Slack: connects, translates and posts. What a command does is decided in bot.commands."""
