"""What there is of each metric that a goal may aim at, in an answer's own figures. Runs in workers."""

from metrics.series import Series
from metrics.summary import Summary


def facts_of(summary: Summary, series: Series) -> dict[str, float | None]:
    """Returns the headline, views of a post at 7 days, subscribers at the period's end; None if undefined."""
    lines = series.lines
    return {
        "er": None if summary.fallback else summary.headline.value,
        "views": lines["views_per_post"].average if "views_per_post" in lines else None,
        "subscribers": None if summary.subscribers is None else float(summary.subscribers.value),
    }
