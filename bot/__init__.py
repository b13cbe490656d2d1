"""The edge: the command line, settings, wording and (later) the chat platforms."""
