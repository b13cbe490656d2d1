"""Holds every line of a briefing against the article it speaks of; it writes no line itself."""
