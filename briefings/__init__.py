"""The domain: articles in, briefings that anyone can check out. It knows no chat platform."""
