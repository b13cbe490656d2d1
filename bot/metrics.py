"""The figures that monitoring reads: how much was asked, made and posted, and how fast.

It counts what it is told; it decides nothing and serves nothing.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

#: Seconds; an acknowledgement must come within 3, a slot should be at most 1 late.
_WAITS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60)


class Metrics:
    """One set of figures, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.commands = Counter(
            "briefbot_commands",
            "Commands answered",
            ("platform", "command", "outcome"),
            registry=self.registry,
        )
        self.command_seconds = Histogram(
            "briefbot_command_seconds",
            "From a command to its reply",
            ("command",),
            buckets=_WAITS,
            registry=self.registry,
        )
        self.slots = Counter(
            "briefbot_slots",
            "Slots done, by what came of them",
            ("outcome",),
            registry=self.registry,
        )
        self.slot_lateness = Histogram(
            "briefbot_slot_lateness_seconds",
            "From a slot's instant to the moment it was claimed",
            buckets=_WAITS,
            registry=self.registry,
        )
        self.deliveries = Counter(
            "briefbot_deliveries",
            "Message parts, by what came of them",
            ("platform", "outcome"),
            registry=self.registry,
        )
        self.model_briefings = Counter(
            "briefbot_model_briefings",
            "Briefings that a model was asked for, by what came of it",
            ("model", "outcome"),
            registry=self.registry,
        )
        self.model_tokens = Counter(
            "briefbot_model_tokens",
            "Tokens that went to a model (in) and came back (out)",
            ("model", "way"),
            registry=self.registry,
        )
        self.model_cost = Counter(
            "briefbot_model_cost_dollars",
            "What models cost, estimated where their prices are known",
            ("model",),
            registry=self.registry,
        )
        self.loop_lag = Gauge(
            "briefbot_loop_lag_seconds",
            "How late the event loop was at its last look",
            registry=self.registry,
        )
        self.last_tick = Gauge(
            "briefbot_last_tick_timestamp_seconds",
            "When due schedules were last looked for",
            registry=self.registry,
        )
