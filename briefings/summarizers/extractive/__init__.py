"""How the summarizer that needs no network works; `summarizers.embedded` is the whole of it."""
