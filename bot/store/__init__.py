"""What the bot remembers, over SQLite and PostgreSQL."""
