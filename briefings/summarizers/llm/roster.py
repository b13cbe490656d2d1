"""The actors of a briefing that a model proposed: its names, in the embedded engine's knowledge.

A name that neither the embedded engine nor the article itself knows has no place here.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefings.briefing import Actor
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import plain
from briefings.summarizers.llm.spans import find_name
from briefings.verification.proposal import ProposedActor

_MOST_EVIDENCE = 4


class Roster:
    """Finds actors by name, and remembers who was asked for."""

    def __init__(
        self, reading: Reading, known: tuple[Actor, ...], proposed: tuple[ProposedActor, ...]
    ) -> None:
        self._reading = reading
        self._known = known
        self._most_mentions = max((actor.mentions for actor in known), default=1)
        self._by_name: dict[str, Actor] = {}
        for actor in known:
            for name in (actor.name, *actor.aliases):
                self._by_name.setdefault(plain(name), actor)
        self._listed: dict[str, Actor] = {}
        self._belongings: list[tuple[str, str]] = []
        for one in proposed:
            self._list(one)

    def id_of(self, name: str | None) -> str | None:
        """The id of whoever has this name, who is an actor from now on; None: nobody known."""
        actor = self._by_name.get(plain(name)) if name else None
        if actor is not None:
            self._listed.setdefault(actor.id, actor)
        return actor.id if actor else None

    def ids_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of those who are known, each once."""
        return tuple(dict.fromkeys(filter(None, map(self.id_of, names))))

    def keep(self, ids: Iterable[str | None]) -> None:
        """Take in actors that a part of the embedded engine refers to."""
        for actor in self._known:
            if actor.id in set(ids):
                self._listed.setdefault(actor.id, actor)

    def actors(self) -> tuple[Actor, ...]:
        """Who was proposed or asked for, most salient first."""
        for actor_id, owner in self._belongings:
            found = self._by_name.get(plain(owner))
            if found and found.id in self._listed and found.id != actor_id:
                self._update(actor_id, affiliation=found.id)
        for actor in list(self._listed.values()):
            if actor.affiliation and actor.affiliation not in self._listed:
                self._update(actor.id, affiliation=None)
        return tuple(sorted(self._listed.values(), key=lambda actor: -actor.salience))

    def _update(self, actor_id: str, **facts: object) -> None:
        self._listed[actor_id] = self._listed[actor_id].model_copy(update=facts)

    def _list(self, proposed: ProposedActor) -> None:
        names = (proposed.text, *proposed.aliases)
        actor = next(filter(None, (self._by_name.get(plain(n)) for n in names)), None)
        actor = actor or self._found_in_text(proposed)
        if actor is None or actor.id in self._listed:
            return
        self._listed[actor.id] = actor
        if proposed.role:
            self._update(actor.id, role=proposed.role, translation=proposed.translation)
        for name in names:
            self._by_name.setdefault(plain(name), actor)
        if proposed.affiliation:
            self._belongings.append((actor.id, proposed.affiliation))

    def _found_in_text(self, proposed: ProposedActor) -> Actor | None:
        """An actor that the embedded engine passed over, if the article has the name as it is."""
        places = find_name(self._reading.text, proposed.text) if proposed.text else []
        if not places:
            return None
        return Actor(
            id=f"m{len(self._listed) + 1}",
            name=proposed.text,
            aliases=tuple(a for a in proposed.aliases if find_name(self._reading.text, a)),
            type=proposed.type,
            role=proposed.role,
            translation=proposed.translation if proposed.role else None,
            salience=round(min(1.0, len(places) / self._most_mentions), 3),
            mentions=len(places),
            evidence=tuple(places[:_MOST_EVIDENCE]),
        )
