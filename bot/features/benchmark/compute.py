"""A request -> the answer to `/benchmark`. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.answers.request import resolve
from bot.core.locales import translator
from bot.features.benchmark.request import BenchmarkRequest
from bot.features.benchmark.words import BenchmarkFindings, words
from metrics.frame import audience_table, table
from metrics.json_shape import shape
from metrics.members import ChannelTables, open_members
from metrics.peers import standings
from metrics.published import published_of

OWN = "own"


def build_report(request: BenchmarkRequest) -> Report:
    zone, t = ZoneInfo(request.zone), translator(request.language)
    period = resolve(request.period, request.as_of, zone)
    named = {OWN: request.own} | {f"{number}": one for number, one in enumerate(request.peers)}
    tables = [
        ChannelTables(
            name,
            table(one.posts),
            audience_table(one.audience),
            request.platform,
            table(one.readings) if one.readings else None,
        )
        for name, one in named.items()
    ]
    members = open_members(tables, period=period, zone=zone, as_of=request.as_of)
    found = BenchmarkFindings(
        period=period,
        components=members.components,
        standings=standings(members, OWN),
        peers=named,
        published=published_of(request.platform, request.own.subscribers),
    )
    return Report(
        text=words(found, request, t),
        data={"peers": shape(found.standings), "published": shape(found.published)},
    )
