"""What a worker is called with: it alone loads what these import, pandas and all."""

from collections.abc import Mapping
from importlib import import_module

from bot.reports.alert.request import (
    Evaluation,
    EvaluationRequest,
    FitRequest,
    PictureRequest,
    PreviewRequest,
)
from metrics.drops.compared import Fit


def evaluate(request: EvaluationRequest) -> Evaluation:
    """Runs in a worker, where alone pandas is loaded."""
    result: Evaluation = import_module("bot.reports.alert.evaluation").evaluate_all(request)
    return result


def fit_channel(request: FitRequest) -> Mapping[str, Fit]:
    """The threshold of each metric; runs in a worker."""
    found: Mapping[str, Fit] = import_module("bot.reports.alert.evaluation").fit_metrics(request)
    return found


def draw(request: PictureRequest) -> bytes | None:
    """A PNG, None where there is nothing to draw; runs in a worker."""
    picture: bytes | None = import_module("bot.reports.alert.picture").draw_drop(request)
    return picture


def count_alerts(request: PreviewRequest) -> Mapping[str, int | None]:
    """Episodes by sensitivity, None where the history is too short; runs in a worker."""
    counts: Mapping[str, int | None] = import_module("bot.reports.alert.preview").count(request)
    return counts
