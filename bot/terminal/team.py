"""All channels of the files as one team, for `otklik report --json`."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.request import EngagementRequest, resolve
from bot.core.parsing.periods import PeriodChoice
from metrics.frame import audience_table, table
from metrics.json_shape import shape
from metrics.members import ChannelTables, open_members
from metrics.ranking.channels import BY, rank
from metrics.team import team


def team_data(requests: Sequence[EngagementRequest], asked: PeriodChoice, zone: ZoneInfo) -> dict[str, Any]:
    """There is at least one request. Over the period asked for, also where a channel's own answer is of another one."""
    as_of = requests[0].as_of
    members = open_members(
        [_tables(request) for request in requests],
        period=resolve(asked, as_of, zone),
        zone=zone,
        as_of=as_of,
    )
    ranking = {by: shape(rank(members, by)) for by in BY}
    return {**shape(team(members)), "ranking": ranking}


def _tables(request: EngagementRequest) -> ChannelTables:
    posts, audience = table(request.posts), audience_table(request.audience)
    readings = table(request.readings) if request.readings else None
    return ChannelTables(request.title, posts, audience, request.platform, readings)
