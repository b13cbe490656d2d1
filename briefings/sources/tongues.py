"""Tell the language of a text with a trained identifier; runs in the sandbox's child.

It names a language and its certainty; whether that is a reason to refuse is `english`'s.
"""

from __future__ import annotations

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from briefings.sources.letters import decode

#: The languages of newspapers. The identifier knows 140, and takes headlines for the rarest.
NEWSPAPER_LANGUAGES = (
    *("af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en"),
    *("es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id"),
    *("is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk", "ml", "mn"),
    *("mr", "ms", "ne", "nl", "no", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "sq"),
    *("sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh"),
)


# Loaded with the module: it unpacks into a temporary file, which the child may not write later.
_IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
_IDENTIFIER.set_languages(NEWSPAPER_LANGUAGES)


def tell_language(body: bytes) -> dict[str, str | float]:
    """The likeliest language of UTF-8 text: ISO 639-1 code and probability, 0 to 1."""
    code, certainty = _IDENTIFIER.classify(decode(body))
    return {"language": code, "certainty": float(certainty)}
