"""What there is of each metric that a goal may aim at, in an answer's own figures. Runs in workers."""

from bot.answers.goals import ROUNDED
from metrics.series import Series
from metrics.summary import Summary


def facts_of(summary: Summary, series: Series) -> dict[str, float | None]:
    """Returns the headline, views of a post at 7 days, subscribers at the end and if rounded; None if undefined."""
    lines, counted = series.lines, summary.subscribers
    return {
        "er": None if summary.fallback else summary.headline.value,
        "views": lines["views_per_post"].average if "views_per_post" in lines else None,
        "subscribers": None if counted is None else float(counted.value),
        ROUNDED: 1.0 if counted is not None and counted.approximate else None,
    }
