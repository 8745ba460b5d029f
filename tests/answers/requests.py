"""What the answers are asked for one channel of the zoo."""

from bot.answers.request import EngagementRequest
from bot.core.parsing.periods import PeriodChoice
from tests.metrics.zoo import ZONE, Channel


def rows_of(channel: Channel) -> dict[str, object]:
    read = (*channel.posts, *channel.earlier)
    return {"posts": list(channel.posts), "audience": channel.audience, "readings": list(read)}


def er_of(channel: Channel, *, draw: bool) -> EngagementRequest:
    return EngagementRequest(
        title="one",
        platform=channel.platform,
        language="ru",
        zone=str(ZONE),
        as_of=channel.as_of,
        period=PeriodChoice(first=channel.period.first, last=channel.period.last),
        draw=draw,
        **rows_of(channel),
    )
