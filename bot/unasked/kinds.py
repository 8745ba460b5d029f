"""What is said without being asked for, by kind: who finds it due, who prepares it, who puts it into words."""

from bot.checks import report as watch_report
from bot.checks import watching
from bot.delivery import notice
from bot.jobs.ahead import AHEADS, Ahead
from bot.jobs.due import RUNNERS, Runner
from bot.jobs.evaluate import run_alerts
from bot.jobs.summaries import prepare_digest, run_digest
from bot.placements.composing import compose_placement
from bot.placements.placing import KIND as PLACEMENT
from bot.unasked import grants
from bot.unasked.alert import compose_alert
from bot.unasked.composing import COMPOSERS, Composer
from bot.unasked.digest import compose_digest

_RUNNERS: dict[str, Runner] = {"digest": run_digest, "alerts": run_alerts}
_AHEADS: dict[str, Ahead] = {"digest": prepare_digest}
_COMPOSERS: dict[str, Composer] = {
    "digest": compose_digest,
    "alert": compose_alert,
    notice.KIND: notice.compose,
    watching.KIND: watch_report.compose,
    PLACEMENT: compose_placement,
    grants.KIND: grants.compose,
}


def register() -> None:
    """What is registered already stays: tests and measurements say things in their own way."""
    RUNNERS.update(_RUNNERS | RUNNERS)
    AHEADS.update(_AHEADS | AHEADS)
    COMPOSERS.update(_COMPOSERS | COMPOSERS)
