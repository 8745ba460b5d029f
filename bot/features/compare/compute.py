"""A request -> the answer to `/compare`. Runs in workers."""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.answers.request import resolve
from bot.core.locales import translator
from bot.features.compare.request import CompareRequest
from bot.features.compare.words import words
from metrics.change import Difference
from metrics.frame import audience_table, table
from metrics.members import ChannelTables, Members, open_members
from metrics.ranking.channels import Ranking, rank
from metrics.summary import summary_of
from metrics.team import team


def build_report(request: CompareRequest) -> Report:
    zone, t = ZoneInfo(request.zone), translator(request.language)
    if len({one.platform for one in request.channels}) == 1:
        t = t.on(request.channels[0].platform)
    period = resolve(request.period, request.as_of, zone)
    tables = [
        ChannelTables(
            _unique(number, one.title),
            table(one.posts),
            audience_table(one.audience),
            one.platform,
            table(one.readings) if one.readings else None,
        )
        for number, one in enumerate(request.channels)
    ]
    members = open_members(tables, period=period, zone=zone, as_of=request.as_of)
    ranking = rank(members, request.by)
    whole = team(_ranked_only(members, ranking))
    return Report(text=words(ranking, whole, _changes(members, request.by), request, t))


def _ranked_only(members: Members, ranking: Ranking) -> Members:
    """Returns only the ranked, so that the posts of the lines add up to those of the whole."""
    ranked = {one.name for one in ranking.channels}
    return replace(members, members=tuple(one for one in members.members if one.name in ranked))


def _unique(number: int, title: str) -> str:
    """Returns a title made unique, as two channels may bear one; `words` takes the number off again."""
    return f"{number}\t{title}"


def _changes(members: Members, by: str) -> Mapping[str, Difference]:
    """Returns how each channel stands against its own period before."""
    return {one.name: summary_of(one.scope).change[by].previous for one in members.members}
