"""What the bot talks about: every feature's handlers, in the order they are asked, and every kind of notification."""

from collections.abc import Sequence

from aiogram import Router

from bot.checks import report as watch_report
from bot.checks import watching
from bot.checks.looking import Checks
from bot.collect.following import Following
from bot.collect.proving import Proving
from bot.delivery import notice
from bot.engagement import Engagement
from bot.exporting import Exporting
from bot.handlers import (
    alerts,
    cancel,
    channels,
    check,
    compare,
    digest,
    engagement,
    export,
    files,
    following,
    help,  # noqa: A004 - the command's name
    language,
    last,
    membership,
    money,
    placement,
    placement_figures,
    placement_posts,
    placements,
    privacy,
    start,
    subscribers,
    top,
    zones,
)
from bot.jobs.evaluate import run_alerts
from bot.jobs.summaries import prepare_digest, run_digest
from bot.lookups import Lookups
from bot.notifications.kind import Kind, Kinds
from bot.placements.composing import compose_placement
from bot.placements.placing import KIND as PLACEMENT
from bot.placements.placing import Placing
from bot.services import Services
from bot.telegram.routing import with_parts
from bot.unasked import grants
from bot.unasked.alert import compose_alert
from bot.unasked.digest import compose_digest
from bot.uploads.dialogue import UploadDialogue

KINDS: Kinds = {
    "digest": Kind(run=run_digest, prepare=prepare_digest, compose=compose_digest),
    "alerts": Kind(run=run_alerts),
    "alert": Kind(compose=compose_alert),
    notice.KIND: Kind(compose=notice.compose),
    watching.KIND: Kind(compose=watch_report.compose),
    PLACEMENT: Kind(compose=compose_placement),
    grants.KIND: Kind(compose=grants.compose),
}


def make_routers(services: Services, *, reuse_pictures: bool = True) -> Sequence[Router]:
    """Sets up every feature. A message is offered to them in this order; the last answers what nobody understood.

    `reuse_pictures`: off only to measure what drawing costs.
    """
    settings, database, clock, workers = (
        services.settings,
        services.database,
        services.clock,
        services.workers,
    )
    pages = services.pages
    dialogue = UploadDialogue(services.bot, database, workers, clock, settings)
    follow, lookups = Following(database, pages), Lookups(database, clock, pages)
    placing = Placing(services.bot, database, clock, pages)
    answers = Engagement(database, workers, clock, offers_pages=pages.is_on, reuse_pictures=reuse_pictures)
    exporting = Exporting(database, workers, clock, settings, Proving(services.bot, database, clock))
    checks, watches = Checks(database, workers, clock, pages), watching.Watching(database, follow, clock)
    return [
        files.setup(dialogue),  # before the commands: a file that has one under it is read first
        cancel.setup(dialogue),
        start.setup(settings),
        with_parts(help.router),
        privacy.setup(dialogue.downloads, settings),
        with_parts(language.router),
        with_parts(membership.router),
        channels.setup(follow, lookups),
        following.setup(follow, lookups),
        engagement.setup(answers, services.tasks),
        top.setup(workers),
        compare.setup(workers),
        placement.setup(placing, lookups),
        placement_figures.setup(placing),
        placement_posts.setup(placing, lookups),
        placements.setup(workers),
        check.setup(checks, lookups, watches),
        export.setup(exporting),
        with_parts(subscribers.router),
        with_parts(money.router),
        with_parts(zones.router),
        digest.setup(workers),
        with_parts(alerts.router),
        with_parts(last.router),
    ]
