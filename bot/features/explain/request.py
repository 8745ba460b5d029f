"""What an explanation is computed from. No pandas here."""

from dataclasses import dataclass

from bot.answers.request import EngagementRequest
from bot.core.jobs import Job

# Which figure a button asks about; None: the rate that the answer begins with, and those beside it.
ABOUT = (None, "view_rate", "forward_rate", "comment_rate", "views_per_post")


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """`is_newer`: data came since the answer was given."""

    engagement: EngagementRequest
    about: str | None = None
    is_newer: bool = False


# Run by a worker.
explain = Job[ExplainRequest, str]("bot.features.explain.compute:explanation_of")
