"""Every public function of `metrics` that works on tables, asked of one channel.

Arguments are found by their type and, where a type has several meanings, by their name. A function whose arguments
can't be found so stands in CASES with a call of its own.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages

import numpy as np
import pandas as pd

import metrics
from metrics import groups, periods, quantities
from metrics.audience import subscribers_at
from metrics.audit import blocks
from metrics.audit.counts import counted, ever_counted, in_blocks
from metrics.audit.evidence import Evidence, views_at
from metrics.audit.findings import IndicatorReading
from metrics.audit.followers import Change, views_followed
from metrics.audit.price import expected_views
from metrics.causes import beside
from metrics.causes import levels as causes
from metrics.causes.explain import explain, shift_of
from metrics.causes.traits import traits
from metrics.drops.counts import counts_at_age, final_counts
from metrics.formulas import FORMULAS
from metrics.frame import bools, floats, ints, objects, texts
from metrics.growth import growth
from metrics.members import ChannelTables, Members
from metrics.mix import shift
from metrics.peers import standings
from metrics.post_card import post_card
from metrics.quantities import rounding_steps, with_views_at_age
from metrics.ranking.reasons import reasons
from metrics.ranking.weighing import weigh
from metrics.readings import counter_at_age, fell, views_at_age
from metrics.reckoning import reckon
from metrics.registry import EVERY
from metrics.results import MEASURES, Results, growth_variance, whole_days_variance
from metrics.rows import rows_of, value_of_rows
from metrics.sample import Sample, joined
from metrics.scope import Scope, comparable_days, compared, days_of, open_scope
from metrics.summary import summary_of
from metrics.two_periods import beside as beside_another
from metrics.verdict import verdict
from tests.metrics.asked import CAUSED, Asked
from tests.metrics.zoo import ZONE

TABLES = (pd.DataFrame, Scope, Members, Evidence, Sample, Results)


def _of_the_week_before(asked: Asked) -> Scope:
    return open_scope(*asked._both, **asked._fixed, period=periods.previous(asked.channel.period))


CASES: dict[str, Callable[[Asked], object]] = {
    "metrics.audience.subscribers_at": lambda a: subscribers_at(
        a.scope.own.published_at, a.tables["audience"]
    ),
    "metrics.audit.counts.ever_counted": lambda a: ever_counted(a.evidence, "views", from_age_h=24.0),
    "metrics.audit.counts.in_blocks": lambda a: in_blocks(
        a.evidence,
        ever_counted(a.evidence, "views", from_age_h=24.0),
        lambda _, rows: IndicatorReading("uniform_views", float(len(rows)), len(rows)),
    ),
    "metrics.audit.blocks.by_blocks": lambda a: blocks.by_blocks(
        a.evidence,
        np.arange(len(a.evidence.posts)),
        lambda rows: IndicatorReading("uniform_views", float(len(rows)), len(rows)),
    ),
    "metrics.audit.blocks.of_posts": lambda a: blocks.of_posts(
        a.evidence,
        a.evidence.posts.time_known,
        lambda rows: IndicatorReading("uniform_views", float(len(rows)), len(rows)),
    ),
    "metrics.audit.counts.counted": lambda a: counted(a.evidence, "views", from_age_h=24.0),
    "metrics.audit.evidence.views_at": lambda a: views_at(a.evidence, np.arange(len(a.evidence.posts)), 24),
    "metrics.audit.followers.views_followed": lambda a: views_followed(
        a.evidence, Change(a.as_of, 500.0, 0.05)
    ),
    "metrics.audit.price.expected_views": lambda a: expected_views(a.evidence, 0.0),
    "metrics.drops.counts.final_counts": lambda a: final_counts(a.own, a.tables["audience"], ZONE, a.as_of),
    "metrics.drops.counts.counts_at_age": lambda a: counts_at_age(
        a.own, a.tables["readings"], a.tables["audience"], ZONE, 24.0
    ),
    "metrics.causes.beside.deleted": lambda a: [
        beside.deleted(a.scope, metric, causes.levels(a.scope, metric), a.ids[::2])
        for metric in CAUSED
        if len(a.sides) == len(CAUSED)
    ],
    "metrics.causes.beside.subscribers": lambda a: [beside.subscribers(a.scope, found) for found in a.sides],
    "metrics.causes.beside.switched_off": lambda a: [
        list(beside.switched_off(a.scope, found)) for found in a.sides
    ],
    "metrics.causes.explain.explain": lambda a: [
        explain(a.scope, a.tables["posts"], metric, beside.Beside(deleted=a.ids[:1])) for metric in CAUSED
    ],
    "metrics.causes.explain.shift_of": lambda a: [shift_of(a.scope, metric) for metric in CAUSED],
    "metrics.causes.levels.levels": lambda a: a.levels,
    "metrics.causes.traits.traits": lambda a: [
        traits(a.scope, a.tables["posts"], found, found.x, (), ()) for found in a.sides
    ],
    "metrics.frame.bools": lambda a: bools(a.tables["posts"], "is_ad"),
    "metrics.frame.floats": lambda a: floats(a.tables["posts"], "views"),
    "metrics.frame.ints": lambda a: ints(a.tables["posts"], "published_at"),
    "metrics.frame.objects": lambda a: objects(a.tables["posts"], "external_id"),
    "metrics.peers.standings": lambda a: standings(a.members, "asked"),
    "metrics.frame.texts": lambda a: texts(a.tables["posts"], "title", a.scope.own.rows),
    "metrics.groups.compare": lambda a: groups.compare(
        a.results, {"all": a.known_rows, "none": ~a.known_rows}
    ),
    "metrics.growth.growth": lambda a: growth(a.scope.own.ids, a.scope.own.hour, a.tables["readings"]),
    "metrics.members.open_members": lambda a: a.members.components,
    "metrics.mix.shift": lambda a: [
        shift(formula, a.members.members, earlier)
        for formula in FORMULAS.values()
        if formula.rows == "posts"
        for earlier in (periods.previous, periods.history)
    ],
    "metrics.reckoning.reckon": lambda a: [reckon(a.scope, code) for code in EVERY],
    "metrics.rows.rows_of": lambda a: [
        value_of_rows(code, rows_of(a.scope, a.scope.period, a.scope.used)) for code in EVERY
    ],
    "metrics.post_card.post_card": lambda a: [
        post_card(
            a.tables["posts"],
            a.tables["audience"],
            a.tables["readings"],
            mine=mine,
            zone=ZONE,
            as_of=a.as_of,
            platform=a.channel.platform,
        )
        for mine in a.channel.posts[:: max(1, len(a.channel.posts) // 3)]
    ],
    "metrics.quantities.rounding_steps": lambda a: rounding_steps(a.tables["posts"], a.scope.own.rows),
    "metrics.quantities.with_views_at_age": lambda a: (
        with_views_at_age(a.scope.posts, a.scope.own.ids, a.tables["readings"]).columns
    ),
    "metrics.quantities.of_days": lambda a: (
        days_of(a.scope, a.scope.period, a.scope.used, a.scope.posts).columns
    ),
    "metrics.quantities.at_7d": lambda a: (
        quantities.at_7d(a.scope.posts, a.scope.own.age_h, a.scope.own.hour).columns
    ),
    "metrics.basis.at_7d": lambda a: (
        a.scope.own.aged,
        open_scope(
            a.tables["posts"],
            a.tables["audience"],
            period=a.scope.period,
            zone=a.scope.zone,
            as_of=a.scope.as_of,
            platform=a.scope.platform,
            readings=a.tables["readings"],
        ).own.aged,
    ),
    "metrics.basis.is_young": lambda a: a.scope.own.is_young,
    "metrics.basis.named_age": lambda a: a.scope.basis.age,
    "metrics.basis.denominator": lambda a: a.scope.basis.denominator,
    "metrics.scope.compared": lambda a: compared(a.scope),
    "metrics.two_periods.beside": lambda a: [
        beside_another(a.scope, _of_the_week_before(a), code) for code in EVERY
    ],
    "metrics.verdict.verdict": lambda a: verdict(summary_of(a.scope)),
    "metrics.results.growth_variance": lambda a: [
        growth_variance(measure, a.results) for measure in MEASURES.values()
    ],
    "metrics.quantities.with_rough_curve": lambda a: (
        quantities.with_rough_curve(a.scope.posts, a.scope.own.is_young).columns
    ),
    "metrics.ranking.reasons.reasons": lambda a: [
        reasons(a.scope, a.results, row, is_best=is_best)
        for row in np.flatnonzero(a.scope.used).tolist()
        for is_best in (True, False)
    ],
    "metrics.ranking.weighing.weigh": lambda a: [
        (found.usual_log, found.logs, found.sds)
        for measure in MEASURES.values()
        if (known := a.results.known(measure)).posts.size
        for found in [weigh(a.scope, measure, known)]
    ],
    "metrics.readings.views_at_age": lambda a: views_at_age(a.scope.own.ids, a.tables["readings"], 24.0),
    "metrics.readings.counter_at_age": lambda a: counter_at_age(
        a.scope.own.ids, a.tables["readings"], "reactions", 24.0
    ),
    "metrics.readings.fell": lambda a: fell(a.scope.own.ids, a.tables["readings"]),
    "metrics.results.results": lambda a: [a.results.logs(measure) for measure in MEASURES.values()],
    "metrics.results.whole_days_variance": lambda a: [
        whole_days_variance(measure, a.results) for measure in MEASURES.values()
    ],
    "metrics.sample.joined": lambda a: joined([a.scope.posts, a.scope.posts]).columns,
    "metrics.scope.days_of": lambda a: days_of(a.scope, a.scope.period, a.scope.used, a.scope.posts).columns,
    "metrics.scope.comparable_days": lambda a: comparable_days(
        a.scope, a.scope.period, a.scope.organic(a.scope.period), a.scope.period.days
    ),
}


def public_functions() -> dict[str, Callable[..., object]]:
    """By their full names."""
    found = {}
    for module in walk_packages(metrics.__path__, "metrics."):
        for name, function in vars(import_module(module.name)).items():
            own = inspect.isfunction(function) and function.__module__ == module.name
            if own and not name.startswith("_"):
                found[f"{module.name}.{name}"] = function
    return found


def takes_tables(function: Callable[..., object]) -> bool:
    return any(_mentions_table(one.annotation) for one in inspect.signature(function).parameters.values())


def ask(name: str, asked: Asked) -> object:
    """Raises KeyError where an argument of the function can't be found and CASES has no call of it."""
    if name in CASES:
        return CASES[name](asked)
    function = public_functions()[name]
    arguments = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "readings" or parameter.default is inspect.Parameter.empty:
            arguments[parameter.name] = _argument(parameter, asked)
    return function(**arguments)


def _argument(parameter: inspect.Parameter, asked: Asked) -> object:
    if parameter.annotation in asked.known:
        return asked.known[parameter.annotation]
    if _mentions_table(parameter.annotation):
        return asked.tables[parameter.name]
    return asked.by_name[parameter.name]


def _mentions_table(annotation: object) -> bool:
    parts = getattr(annotation, "__args__", ())
    return annotation in TABLES or annotation is ChannelTables or any(_mentions_table(part) for part in parts)


def numbers(value: object) -> Iterator[float]:
    """Every bare number of an answer; an array's NaN means missing and is not one."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from numbers(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from numbers(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from numbers(getattr(value, field.name))


def intervals(value: object) -> Iterator[tuple[float | None, float | None, float | None]]:
    """(low, point, high) of everything in an answer that carries an interval."""
    if isinstance(value, dict):
        parts: Sequence[object] = list(value.values())
    elif isinstance(value, tuple | list):
        parts = value
    elif is_dataclass(value) and not isinstance(value, type):
        names = {field.name for field in fields(value)}
        for point in ("value", "percent"):
            for low, high in (("low", "high"), ("percent_low", "percent_high")):
                is_pair = low == "low" if point == "value" else (low == "low") != ("percent_low" in names)
                if is_pair and {point, low, high} <= names:
                    yield getattr(value, low), getattr(value, point), getattr(value, high)
        parts = [getattr(value, name) for name in names]
    else:
        parts = ()
    for part in parts:
        yield from intervals(part)
