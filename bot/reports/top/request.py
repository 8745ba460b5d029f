"""What `/top` is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reports.engagement.request import EngagementRequest


@dataclass(frozen=True, slots=True)
class TopRequest:
    engagement: EngagementRequest
    handle: str | None  # of a public channel: its posts have addresses
    deleted: Sequence[str | None] = ()  # titles of the period's posts that the channel deleted
