"""A server that answers as a careful model would, out of annotated articles, to score the engine.

    uv run python -m tests.bench.model_answers 8099 [FOLDER]

Set summarizer.model to "openai:gold" and summarizer.base_url to "http://127.0.0.1:8099/v1". FOLDER
holds `articles` and `gold`; without it, our own annotated articles are served. It ends with Ctrl-C.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from aiohttp import web

from briefings.summarizers.llm.prompt import number_sentences
from briefings.verification.line import Line
from tests.bench.true_lines import Story, our_stories, stories_in, true_lines

_LISTS = ("claims", "stakes", "timeline", "unknowns")


def answer(story: Story) -> dict[str, Any]:
    """The annotations of a story in the shape of a model's answer; the dispute is left out."""
    kinds = iter(said.kind for said in story.claims)
    reply: dict[str, Any] = {name: [] for name in _LISTS}
    reply |= {"contested": True, "issue": None}
    for line in true_lines(story):
        section = line.part.partition("[")[0]
        given = _to_reply(line)
        if section == "claims":
            given["kind"] = next(kinds, "state")
        if section == "summary":
            reply.setdefault("summary", given)
        elif section in _LISTS:
            reply[section].append(given)
    title = story.ground.reading.article.title
    reply.setdefault("summary", {"text": title, "sentences": [0]})
    reply["actors"] = [_actor(story, names) for names in story.actors]
    return reply


def _to_reply(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "sentences": list(line.sentences),
        "speaker": line.speaker or "",
        "verb": line.verb or "said",
        "status": "risk",
        "according_to": line.speaker,
        "when": line.when or line.text,
        "date": line.date,
    }


def _actor(story: Story, names: tuple[str, ...]) -> dict[str, Any]:
    reading = story.ground.reading
    where = [
        n for n, s in enumerate(reading.sentences) if names[0] in reading.text[s.start : s.end]
    ]
    return {"text": names[0], "type": "organization", "sentences": where[:2], "aliases": names[1:]}


def serve(stories: list[Story], port: int) -> None:
    """Answer each article by its headline, 404 for what is not annotated."""
    answers = {number_sentences(s.ground.reading.article)[0]: answer(s) for s in stories}

    async def handle(request: web.Request) -> web.Response:
        message = (await request.json())["messages"][-1]["content"]
        line = next(line for line in message.splitlines() if line.startswith("[0] "))
        if line not in answers:
            return web.json_response({"error": {"message": "no such story"}}, status=404)
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": json.dumps(answers[line])},
        }
        frame = {"id": "1", "object": "chat.completion", "created": 0, "model": "gold"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        return web.json_response({**frame, "choices": [choice], "usage": usage})

    application = web.Application()
    application.router.add_post("/v1/chat/completions", handle)
    web.run_app(application, host="127.0.0.1", port=port)


if __name__ == "__main__":
    folder = sys.argv[2] if len(sys.argv) > 2 else None
    chosen = stories_in(Path(folder)) if folder else our_stories()
    serve(list(chosen), int(sys.argv[1]))
