"""A real server with a model that knows nothing: what becomes of its nonsense.

    uv run --group random-model python -m tests.bench.random_model [SEEDS]

For each seed a tiny model of random weights is written and served on loopback by llama.cpp's own
server, which speaks OpenAI's protocol and holds the model to the JSON schema that it is sent. Every
briefing must be the embedded engine's, with the reason recorded; exit 1 where one is not.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import gguf
import numpy as np
import xllamacpp

from bot.app import LateExtractive, SystemClock
from briefings.article import Article
from briefings.briefing import Briefing
from briefings.rendering import render
from briefings.rendering.wording import FALLBACKS
from briefings.summarizers.llm.asking import Limits
from briefings.summarizers.llm.budget import Budget, MemoryLedger
from briefings.summarizers.llm.engine import LlmSummarizer
from briefings.summarizers.llm.exchange import connect

_ARTICLE = Path(__file__).parents[1] / "data" / "articles" / "court-ruling.txt"
_WIDTH, _CONTEXT = 64, 32_768
_SEEDS = 6
#: How strongly every second model is drawn to what ends a string or a list: without that hardly any
#: answer is over before its limit.
_PULL = 0.7


def write_model(path: Path, seed: int, *, pull: float) -> None:
    """One layer of random weights that reads and writes single characters."""
    rng = np.random.default_rng(seed)
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{i:02X}>" for i in range(256))]
    tokens += [*map(chr, range(33, 127)), "▁"]
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 2, *[gguf.TokenType.BYTE] * 256]
    kinds += [gguf.TokenType.NORMAL] * (len(tokens) - len(kinds))
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(2 * _WIDTH)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // 2)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-1.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    _add_weights(writer, rng, tokens, pull)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_weights(
    writer: gguf.GGUFWriter, rng: np.random.Generator, tokens: list[str], pull: float
) -> None:
    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 1 / np.sqrt(_WIDTH), shape).astype(np.float32)

    embedded, output = draw(len(tokens), _WIDTH), draw(len(tokens), _WIDTH)
    if pull:  # one direction that all words have in common is a constant for the output
        embedded[:, 0] = 8.0
        output[:, 0] = 0.0
        output[[tokens.index(sign) for sign in "]}"], 0] = pull / 2
        output[tokens.index('"'), 0] = pull  # the strongest: the others may stand in a string
    layer = {"attn_norm": (_WIDTH,), "ffn_norm": (_WIDTH,)}
    layer |= {f"attn_{part}": (_WIDTH, _WIDTH) for part in ("q", "k", "v", "output")}
    layer |= {f"ffn_{part}": (2 * _WIDTH, _WIDTH) for part in ("gate", "up")}
    layer |= {"ffn_down": (_WIDTH, 2 * _WIDTH)}
    writer.add_tensor("token_embd.weight", embedded)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(_WIDTH, dtype=np.float32))
    for name, shape in layer.items():
        weights = np.ones(shape, dtype=np.float32) if "norm" in name else draw(*shape)
        writer.add_tensor(f"blk.0.{name}.weight", weights)


def serve(path: Path) -> xllamacpp.Server:
    """llama.cpp's server on a free port of loopback; it ends with the object."""
    settings = xllamacpp.CommonParams()
    settings.model.path = str(path)
    settings.n_ctx = _CONTEXT
    settings.verbosity = -1
    return xllamacpp.Server(settings)


async def brief(base_url: str, article: Article) -> Briefing:
    """The briefing by the engine, with nothing but the address of the server."""
    engine = LlmSummarizer(
        connect("openai:random", base_url=f"{base_url}/v1"),
        LateExtractive(),
        Budget(10, MemoryLedger(), SystemClock()),
        limits=Limits(seconds=120),
    )
    return await engine.summarize(article)


def main() -> None:
    title, *paragraphs = filter(str.strip, _ARTICLE.read_text("utf-8").splitlines())
    article = Article.compose(title, paragraphs, retrieved_at=datetime(2026, 3, 2, tzinfo=UTC))
    own = asyncio.run(LateExtractive().summarize(article)).model_dump(exclude={"engine"})
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else _SEEDS
    is_well = True
    print("seed  pull  fallback       exchanges  tokens in  tokens out  seconds  dropped")
    for seed in range(seeds):
        pull = _PULL * (seed % 2)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "random.gguf"
            write_model(path, seed, pull=pull)
            server, began = serve(path), time.monotonic()
            made = asyncio.run(brief(server.listening_address, article))
        engine, usage = made.engine, made.engine.usage
        is_own = made.model_dump(exclude={"engine"}) == own and engine.name == "extractive"
        says_why = bool(engine.fallback) and FALLBACKS[engine.fallback] in render(
            made, "text", width=1_000
        )
        is_well = is_well and is_own and says_why
        reasons = Counter(one.reason for one in engine.checks.dropped if engine.checks.dropped)
        print(
            f"{seed:>4}  {pull:>4}  {engine.fallback or '-':<13}  {usage.exchanges:>9}"
            f"  {usage.tokens_in:>9,}  {usage.tokens_out:>10,}  {time.monotonic() - began:>7.1f}"
            f"  {dict(reasons)}"
        )
        del server
    print("each is the embedded engine's briefing and says why" if is_well else "NOT AS IT MUST BE")
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
