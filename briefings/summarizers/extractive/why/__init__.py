"""Words the reasons for what the extractive summarizer proposes; called only where somebody asks.

It looks at drafts and at what they were made from, and decides nothing.
"""
