"""What is said without being asked for, by kind: who finds it due, who draws it ahead, who puts it into words."""

from bot import watch_report, watching
from bot.composers import compose_alert, compose_digest, draw_digest_ahead
from bot.composing import COMPOSERS, Composer
from bot.delivery import notice
from bot.jobs.ahead import AHEADS, Ahead
from bot.jobs.due import RUNNERS, Runner
from bot.jobs.evaluate import run_alerts
from bot.jobs.summaries import run_digest

_RUNNERS: dict[str, Runner] = {"digest": run_digest, "alerts": run_alerts}
_AHEADS: dict[str, Ahead] = {"digest": draw_digest_ahead}
_COMPOSERS: dict[str, Composer] = {
    "digest": compose_digest,
    "alert": compose_alert,
    notice.KIND: notice.compose,
    watching.KIND: watch_report.compose,
}


def register() -> None:
    """What is registered already stays: tests and measurements say things in their own way."""
    RUNNERS.update(_RUNNERS | RUNNERS)
    AHEADS.update(_AHEADS | AHEADS)
    COMPOSERS.update(_COMPOSERS | COMPOSERS)
