"""A template, the registries and what was measured -> one page in one language."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from string import Template
from types import ModuleType

from bot.core.locales import Translator, translator
from docs.build import example, markdown, measured, registries, tables
from docs.build.worked import QUESTION, work
from metrics import (
    activity,
    audience,
    change,
    groups,
    growth,
    maturity,
    periods,
    results,
    scope,
    summary,
    timing,
)
from metrics.audit import limits
from metrics.drops import parameters
from metrics.ranking import channels as ranking
from metrics.ranking import reasons

ROOT = Path(__file__).parents[2]
SOURCES, RESULTS = ROOT / "docs" / "source", ROOT / "benchmarks" / "results"
EXAMPLE = SOURCES / "example.csv"
NAMES = {"en": "metrics.md", "ru": "metrics.ru.md"}
_CONSTANTS: Mapping[str, ModuleType] = {
    "drops": parameters,
    "check": limits,
    "change": change,
    "maturity": maturity,
    "periods": periods,
    "summary": summary,
    "scope": scope,
    "audience": audience,
    "growth": growth,
    "ranking": ranking,
    "reasons": reasons,
    "results": results,
    "groups": groups,
    "timing": timing,
    "activity": activity,
}


def page(language: str, answer: str) -> str:
    """Returns the page. `answer`: what `otklik report` says of the example.

    Raises KeyError for a name that nothing here gives.
    """
    text = (SOURCES / NAMES[language]).read_text("utf-8")
    return markdown.one_line(Template(text).substitute(values(language, answer)))


def values(language: str, answer: str) -> dict[str, str]:
    t = translator(language)
    return {
        **_constants(t),
        **_priors(t),
        **_tables(t),
        **example.parts(work(EXAMPLE), t),
        "example_file": EXAMPLE.read_text("utf-8").strip(),
        "example_arguments": " ".join(f"{option} {value}" for option, value in QUESTION.items()),
        "answer": answer.strip(),
    }


def _constants(t: Translator) -> dict[str, str]:
    """Returns every number in capitals in the modules of thresholds: `drops_window_days` and so on."""
    return {
        f"{room}_{name.lower()}": markdown.exact(value, t)
        for room, module in _CONSTANTS.items()
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float)
    }


def _priors(t: Translator) -> dict[str, str]:
    priors = {
        f"prior_{metric}_{name}": markdown.exact(value, t)
        for metric, prior in parameters.PRIORS.items()
        for name, value in asdict(prior).items()
    }
    needed = {
        f"z_{rule}_{metric}": t.number(z, 1)
        for rule, of_metrics in parameters.WARNING_Z.items()
        for metric, z in of_metrics.items()
    }
    notes = {f"z_note_{metric}": t.number(z, 1) for metric, z in parameters.NOTE_Z.items()}
    rule = parameters.Rule()
    days = {
        f"change_{name}_{part}": markdown.exact(value, t)
        for name, pair in (("views", change.DAY_VIEWS), ("interactions", change.DAY_INTERACTIONS))
        for part, value in zip(("sd", "rho"), pair, strict=True)
    }
    return {
        **priors,
        **needed,
        **notes,
        **days,
        "drops_recovered_percent": markdown.exact(rule.recovered_percent, t),
        "drops_floor_percent": t.number(100 * (1 - math.exp(-parameters.CLIP_DOWN_AT_LEAST))),
        "audience_stale_days": t.number(audience.STALE_AFTER_S / 86_400),
        "compared_views_h": markdown.exact(parameters.COMPARED_AT_H["views"], t),
        "compared_er_h": markdown.exact(parameters.COMPARED_AT_H["er"], t),
    }


def _tables(t: Translator) -> dict[str, str]:
    names = ("drops", "intervals", "audit", "groups")
    drops, intervals, audit, of_groups = (measured.load(RESULTS, name) for name in names)
    return {
        "rates": registries.rates(t),
        "money": registries.money_formulas(t),
        "interactions": registries.interactions(t),
        "reasons": registries.reasons(t),
        "growth": tables.growth(t),
        **tables.unaged(t),
        "indicators": tables.indicators(t),
        "verdicts": tables.verdicts(t),
        "norms": tables.norms(t),
        "drops_views": measured.drops(drops, "views", t),
        "drops_er": measured.drops(drops, "er", t),
        "drops_depth": measured.depth(drops, t),
        **measured.generator(drops, t),
        "drops_harder": measured.harder(drops, t),
        "drops_decline": measured.decline(drops, t),
        "coverage": measured.coverage(intervals, t),
        "unchanged": measured.unchanged(intervals, t),
        "patterns": measured.patterns(audit, t),
        **measured.groups(of_groups, t),
    }
