"""Goals in words: plan against fact, alike in `/er`, `/goal` and the summary. No pandas here: handlers use it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.wording import points
from bot.core.locales import Html, Translator
from bot.core.locales.translator import APPROXIMATELY
from metrics.goals import Aim, progress

ROUNDED = "subscribers_are_rounded"  # among the facts: its value is told with ≈


def goal_lines(
    aims: Sequence[Aim], facts: Mapping[str, float | None], today: date, t: Translator
) -> list[str]:
    """Returns lines such as «🎯 ER 3 % к 1 мар: 2,4 % (80 %), по плану 2,6 % — отстаёт».

    `facts`: what there is, by metric.
    """
    return [_line(aim, facts, today, t) for aim in aims]


def goal_name(aim: Aim, today: date, t: Translator) -> Html:
    """Returns a goal's name: «ER 3 % к 1 мар»."""
    name = t(f"goal.name.{aim.metric}", target=amount(aim.metric, aim.target, t))
    if aim.due_on is None:
        return name
    return t("goal.due", goal=name, date=t.date(aim.due_on, year=aim.due_on.year != today.year))


def amount(metric: str, value: float, t: Translator) -> str:
    return t.percent(value) if metric == "er" else t.number(round(value))


def _line(aim: Aim, facts: Mapping[str, float | None], today: date, t: Translator) -> str:
    value = facts.get(aim.metric)
    is_rounded = aim.metric == "subscribers" and bool(facts.get(ROUNDED))
    found = progress(aim, value, today)
    shown = {
        "value": ""
        if value is None
        else (APPROXIMATELY if is_rounded else "") + amount(aim.metric, value, t),
        "percent": "" if found.percent is None else points(found.percent, t),
        "planned": "" if found.planned is None else amount(aim.metric, found.planned, t),
    }
    return t(f"goal.line.{found.state}", goal=goal_name(aim, today, t), **shown)
