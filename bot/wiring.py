"""What the bot talks about: every feature's handlers, in the order they are asked, and every kind of notification."""

from collections.abc import Sequence

from aiogram import Router

from bot.collection.following import Following
from bot.collection.lookups import Lookups
from bot.collection.proving import Proving
from bot.collection.welcoming import Welcoming
from bot.features.alerts import handlers as alerts
from bot.features.alerts.composing import compose_alert
from bot.features.alerts.running import run_alerts
from bot.features.benchmark import handlers as benchmark
from bot.features.causes import handlers as causes
from bot.features.channels import care, following, grants, history, losses, membership, moving, subscribers
from bot.features.channels import handlers as channels
from bot.features.chat import cancel, help, language, last, privacy, start  # noqa: A004 - a command's name
from bot.features.check import handlers as check
from bot.features.check import pricing, watch_report, watching
from bot.features.check.looking import Checks
from bot.features.compare import handlers as compare
from bot.features.content import handlers as content
from bot.features.engagement import handlers as engagement
from bot.features.engagement import inline
from bot.features.engagement.service import Engagement
from bot.features.explain import handlers as explain
from bot.features.export import handlers as export
from bot.features.export.service import Exporting
from bot.features.goals import handlers as goals
from bot.features.growth import handlers as growth
from bot.features.keys import handlers as keys
from bot.features.keys.keeping import Keeping
from bot.features.money import handlers as money
from bot.features.notes import handlers as notes
from bot.features.placements import amending, figures, posts, registering
from bot.features.placements import handlers as placements
from bot.features.placements.composing import compose_placement
from bot.features.placements.placing import KIND as PLACEMENT
from bot.features.placements.placing import Placing
from bot.features.posts import handlers as post_card
from bot.features.preferences import handlers as preferences
from bot.features.preferences import zones
from bot.features.summaries import handlers as summaries
from bot.features.summaries.composing import compose_digest
from bot.features.summaries.running import prepare_digest, run_digest
from bot.features.timing import handlers as timing
from bot.features.top import handlers as top
from bot.features.uploads import handlers as uploads
from bot.features.uploads.dialogue import UploadDialogue
from bot.notifications import notice
from bot.notifications.kind import Kind, Kinds
from bot.notifications.services import KEYS, Services
from bot.telegram.routing import with_parts

KINDS: Kinds = {
    "digest": Kind(run=run_digest, prepare=prepare_digest, compose=compose_digest),
    "alerts": Kind(run=run_alerts, is_first=True),
    "alert": Kind(compose=compose_alert),
    notice.KIND: Kind(compose=notice.compose),
    watching.KIND: Kind(compose=watch_report.compose),
    PLACEMENT: Kind(compose=compose_placement),
    grants.KIND: Kind(compose=grants.compose),
    losses.KIND: Kind(compose=losses.compose),
}


def make_routers(services: Services, *, reuse_pictures: bool = True) -> Sequence[Router]:
    """Sets up every feature. A message is offered to them in this order; the last answers what nobody understood.

    `reuse_pictures`: off only to measure what drawing costs.
    """
    settings, database, clock = services.settings, services.database, services.clock
    workers, pages = services.workers, services.pages
    dialogue = UploadDialogue(services.bot, database, workers, clock, settings)
    follow, lookups = Following(database, pages), Lookups(database, clock, pages)
    placing = Placing(services.bot, database, clock, pages)
    answers = Engagement(database, workers, clock, offers_pages=pages.is_on, reuse_pictures=reuse_pictures)
    exporting = Exporting(database, workers, clock, settings, Proving(services.bot, database, clock))
    checks = Checks(database, workers, clock, pages, services.networks)
    watches = watching.Watching(database, follow, clock)
    keeping = Keeping(database, clock, services.sealing(KEYS), str(settings.services.tgstat_url))
    welcoming = Welcoming(follow, lookups, reads_exact=settings.exact.is_on)
    return [
        with_parts(history.router),  # before what takes a forwarded post for a wish of another kind
        uploads.setup(dialogue),  # before the commands: a file that has one under it is read first
        cancel.setup(dialogue),
        inline.setup(answers),  # before what greets everybody who begins
        start.setup(settings),
        with_parts(help.router),
        privacy.setup(dialogue.downloads, settings),
        with_parts(language.router),
        membership.setup(welcoming),
        channels.setup(follow, lookups, welcoming, services.networks),
        with_parts(care.router),
        with_parts(moving.router),
        following.setup(follow, lookups),
        keys.setup(keeping),
        engagement.setup(answers, services.tasks, welcoming),
        growth.setup(workers),
        timing.setup(workers),
        content.setup(workers),
        top.setup(workers),
        causes.setup(workers),
        post_card.setup(workers),
        explain.setup(workers),
        goals.setup(workers),
        with_parts(notes.router),
        compare.setup(workers),
        benchmark.setup(workers),
        registering.setup(placing, lookups),
        amending.setup(placing),
        figures.setup(placing),
        posts.setup(placing, lookups),
        placements.setup(workers),
        check.setup(checks, lookups, watches),
        pricing.setup(checks, lookups),
        export.setup(exporting),
        with_parts(subscribers.router),
        with_parts(money.router),
        with_parts(zones.router),
        summaries.setup(services),  # before the settings: a period behind /digest is none of them
        preferences.setup(workers),
        with_parts(alerts.router),
        with_parts(last.router),
    ]
