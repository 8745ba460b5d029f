"""What is said without being asked for, by kind: who finds it due, who puts it into words."""

from bot.composers import compose_alert, compose_digest, draw_digest_ahead
from bot.composing import COMPOSERS
from bot.jobs.ahead import AHEADS
from bot.jobs.due import RUNNERS
from bot.jobs.evaluate import run_alerts
from bot.jobs.summaries import run_digest


def register() -> None:
    RUNNERS.update(digest=run_digest, alerts=run_alerts)
    COMPOSERS.update(digest=compose_digest, alert=compose_alert)
    AHEADS.update(digest=draw_digest_ahead)
