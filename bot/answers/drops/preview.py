"""How many alerts each sensitivity would have brought: the rule over the history that is there. Runs in workers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.answers.drops.request import PreviewRequest
from metrics.drops.parameters import RULES
from metrics.drops.parameters import rule as make_rule
from metrics.drops.replay import History, Replay, history, holidays_over, replay
from metrics.frame import audience_table, table
from metrics.periods import local_date


def count(request: PreviewRequest) -> Mapping[str, int | None]:
    histories = _histories(request)
    if not histories:
        return dict.fromkeys(RULES)
    spans = holidays_over(histories, request.country)
    rules = {name: make_rule(name, request.gate_percent) for name in RULES}
    return {name: _counted(replay(histories, rule, spans=spans), request) for name, rule in rules.items()}


def _histories(request: PreviewRequest) -> Sequence[History]:
    zone = ZoneInfo(request.zone)
    return [
        history(
            str(rows.id),
            table(rows.posts),
            audience_table(rows.audience),
            platform=rows.platform,
            zone=zone,
            as_of=request.as_of,
            fitted=rows.fitted,
        )
        for rows in request.channels
        if rows.posts
    ]


def _counted(result: Replay, request: PreviewRequest) -> int | None:
    """Counts those that would have been pushed; None where no channel could be judged at its end."""
    if all(channel.state_now == "learning" for channel in result.channels):
        return None
    first = local_date(request.as_of, ZoneInfo(request.zone)) - timedelta(days=request.days)
    return sum(
        episode.opened >= first and (episode.metric, episode.opened) not in channel.unpushed
        for channel in result.channels
        for episode in channel.episodes
    )
