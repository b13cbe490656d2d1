"""The summarizer that asks a language model, and lets nothing stand that the article does not."""
