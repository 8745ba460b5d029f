"""What the pictures of `/when` show: a map of hours, or the results by time where nobody read often enough for one."""

from collections.abc import Mapping
from functools import partial

from bot.answers.compared import columns, range_rows
from bot.answers.request import EngagementRequest
from bot.answers.spans import period_words
from bot.core.charts.data import HeatChart, HeatRow, RangesChart
from bot.core.locales import Translator
from bot.core.parsing.zones import shown
from bot.features.timing.words import TimingFindings, block_name, weekday_name
from metrics.groups import Group
from metrics.timing import KINDS_OF_DAY

LABELLED_HOURS = 3


def heat_map(found: TimingFindings, request: EngagementRequest, t: Translator) -> HeatChart | None:
    """Returns the map; None where the hours of the audience are not known."""
    activity = found.timing.activity
    if activity.hours is None or found.week is None:
        return None
    whole = tuple(hour.relative for hour in activity.hours)
    rows = [HeatRow(t.plain("when.all_days"), whole, t.plain("compared.n", n=t.number(activity.posts)))]
    for weekday in range(7):
        hours = [one for one in found.week if one.weekday == weekday]
        most = max(one.posts for one in hours)
        note = t.plain("when.n_up_to", n=t.number(most)) if most else ""
        rows.append(HeatRow(t.weekday(weekday), tuple(one.relative for one in hours), note))
    return HeatChart(
        title=request.title,
        subtitle=f"{period_words(found.timing.period, request, t)} · {shown(request.zone, t.language)}",
        label=t.plain("when.map"),
        rows=tuple(rows),
        columns=tuple(str(hour) if hour % LABELLED_HOURS == 0 else "" for hour in range(24)),
    )


def _named(names: Mapping[str, str], group: Group) -> str:
    return names[group.key]


def result_ranges(found: TimingFindings, request: EngagementRequest, t: Translator) -> RangesChart | None:
    """Returns the chart; None where no time has enough posts."""
    rows = []
    for days in KINDS_OF_DAY:
        blocks = {block.result.key: block for block in found.timing.blocks if block.days == days}
        groups = [block.result for block in blocks.values()]
        names = {key: block_name(block, t, is_short=True) for key, block in blocks.items()}
        rows += range_rows(t.plain(f"when.{days}"), groups, partial(_named, names), t)
    rows += range_rows(t.plain("content.part.weekday"), found.weekdays, lambda one: weekday_name(one, t), t)
    if not rows:
        return None
    return RangesChart(
        title=request.title,
        subtitle=f"{period_words(found.timing.period, request, t)} · {shown(request.zone, t.language)}",
        columns=columns(t),
        rows=tuple(rows),
    )
