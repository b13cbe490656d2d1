"""One exchange with a model: a prompt goes out, a typed answer or a reason comes back.

The only module that knows the library that speaks to providers. The model gets no tools and no
secrets, and nothing of its answer is believed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from briefings.briefing import Usage
from briefings.errors import EngineNotInstalled, FallbackReason, ModelFailed, ModelUnusable
from briefings.summarizers.llm.prompt import ANSWER_TOKENS, NAME, Prompt

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.providers import Provider

R = TypeVar("R", bound=BaseModel)
EXTRA = "llm"
#: Extras that hold a provider's own client besides.
EXTRAS = {name: f"{EXTRA}-{name}" for name in ("anthropic", "bedrock", "google", "mistral")}
#: A malformed answer may be put right once.
_TRIES = 2
#: What a key must be where a server of one's own asks for none: the clients insist on some.
_NO_KEY = "none"
#: Reached with OpenAI's client.
_OF_OPENAI = ("openai", "openai-chat", "openai-responses", "ollama")
#: Where a server on the same machine listens unless told otherwise.
_USUAL_PLACES = {"ollama": "http://127.0.0.1:11434/v1"}
#: Whoever speaks OpenAI's protocol at another address speaks the older, plainer half of it.
_COMPATIBLE = {"openai": "openai-chat"}


@dataclass(frozen=True, slots=True)
class Answer(Generic[R]):
    """What came back and what it took."""

    reply: R
    usage: Usage


class Exchange(Protocol):
    """Asks a model one thing."""

    @property
    def model(self) -> str: ...

    async def ask(self, prompt: Prompt, shape: type[R], *, tokens: int) -> Answer[R]:
        """The answer in that shape, within so many tokens both ways; raise ModelFailed."""
        ...


def connect(model: str, *, base_url: str = "", key: str = "") -> ModelExchange:
    """An exchange with a model named PROVIDER:NAME, such as "ollama:llama3.2".

    `base_url`: where the provider, or a server that speaks like it, is reached; "" for its own.
    Sends nothing. Raises EngineNotInstalled or ModelUnusable.
    """
    try:
        from pydantic_ai.exceptions import UserError  # noqa: PLC0415  # an extra; slow to import
        from pydantic_ai.models import infer_model  # noqa: PLC0415
        from pydantic_ai.providers import infer_provider_class  # noqa: PLC0415
    except ImportError as error:
        raise EngineNotInstalled(NAME, str(error), extra=_extra_of(model)) from error

    def provide(provider: str) -> Provider[Any]:
        given = {"base_url": base_url, "api_key": key or (_NO_KEY if base_url else "")}
        return infer_provider_class(provider)(**{n: v for n, v in given.items() if v})

    provider, colon, name = model.partition(":")
    base_url = base_url or _USUAL_PLACES.get(provider, "")
    spoken = f"{_COMPATIBLE.get(provider, provider)}{colon}{name}" if base_url else model
    try:
        return ModelExchange(infer_model(spoken, provide), model)
    except ImportError as error:
        if _is_ours(provider):
            raise EngineNotInstalled(NAME, str(error), extra=_extra_of(model)) from error
        raise ModelUnusable(NAME, "no such provider here", model=model) from error
    except (UserError, ValueError, TypeError) as error:
        raise ModelUnusable(NAME, str(error).partition("\n")[0], model=model) from error


def _extra_of(model: str) -> str:
    """What installs all that asking this model takes."""
    return EXTRAS.get(model.partition(":")[0], EXTRA)


def _is_ours(provider: str) -> bool:
    """Whether one of our extras installs what speaks to a provider."""
    return provider in EXTRAS or provider in _OF_OPENAI


class ModelExchange:
    """An exchange with one model of the library's, called `name` in briefings."""

    def __init__(self, model: Model, name: str) -> None:
        self._model = model
        self.model = name

    async def ask(self, prompt: Prompt, shape: type[R], *, tokens: int) -> Answer[R]:
        """The answer to a prompt, asked for once more where it is malformed.

        Raises ModelFailed with the reason; never waits and asks again on its own: the caller has a
        limit of time, and an engine that needs no waiting.
        """
        from pydantic_ai import Agent, UsageLimits, capture_run_messages  # noqa: PLC0415  # an extra; slow to import
        from pydantic_ai.exceptions import AgentRunError  # noqa: PLC0415
        from pydantic_ai.usage import RunUsage  # noqa: PLC0415

        agent = Agent(
            self._model,
            output_type=_output_of(self._model, shape),
            instructions=prompt.instructions,
            retries={"output": _TRIES - 1},
            model_settings={"temperature": 0.0, "max_tokens": ANSWER_TOKENS, "max_retries": 0},
        )
        limits = UsageLimits(request_limit=_TRIES, total_tokens_limit=tokens)
        used = RunUsage()  # counted while it runs: what failed was paid for all the same
        with capture_run_messages() as messages:
            try:
                async with self._model:  # closes its connections when nobody asks any more
                    result = await agent.run(prompt.message, usage_limits=limits, usage=used)
            except AgentRunError as error:
                raise ModelFailed(
                    NAME,
                    type(error).__name__,
                    reason=_reason(error),
                    tokens=(used.input_tokens, used.output_tokens),
                ) from error
        usage = Usage(
            exchanges=1,
            tokens_in=used.input_tokens,
            tokens_out=used.output_tokens,
            cost=_cost(messages),
        )
        return Answer(result.output, usage)


def _output_of(model: Model, shape: type[BaseModel]) -> Any:  # noqa: ANN401  # the library's own mark for a form of output
    """How the model is held to the shape: by its provider where that can, else by asking.

    Never as a call of a tool, the library's usual way: a model that has none can call none.
    """
    from pydantic_ai import NativeOutput, PromptedOutput  # noqa: PLC0415

    is_native = model.profile.get("supports_json_schema_output", False)
    return NativeOutput(shape) if is_native else PromptedOutput(shape)


def _cost(messages: Sequence[Any]) -> float | None:
    """What all answers among the library's messages cost; None where one has no known price."""
    try:
        return sum(float(m.cost().total_price) for m in messages if m.kind == "response")
    except (LookupError, ValueError, AssertionError):  # a model that has no price, or no name
        return None


def _reason(error: Exception) -> FallbackReason:
    from pydantic_ai import exceptions as failed  # noqa: PLC0415

    kinds: tuple[tuple[tuple[type[Exception], ...], FallbackReason], ...] = (
        ((failed.ModelTimeoutError, failed.ModelRequestTimeout), "timeout"),
        ((failed.ModelRateLimitError, failed.ModelQuotaExceededError), "rate limit"),
        ((failed.ModelContextWindowExceededError, failed.UsageLimitExceeded), "too long"),
        ((failed.ModelRequestRejectedError,), "rejected"),
        ((failed.ContentFilterError,), "refusal"),
        ((failed.UnexpectedModelBehavior,), "malformed"),
    )
    return next((reason for kind, reason in kinds if isinstance(error, kind)), "server")
