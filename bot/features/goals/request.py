"""What there is of what goals aim at. No pandas here."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.request import EngagementRequest
from bot.core.jobs import Job


@dataclass(frozen=True, slots=True)
class FactsRequest:
    channels: Mapping[int, EngagementRequest]  # by the channel's id


Facts = Mapping[int, Mapping[str, float | None]]  # channel's id -> metric -> value

# Run by a worker.
measure = Job[FactsRequest, Facts]("bot.features.goals.compute:measure_all")
