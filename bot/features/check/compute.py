"""A request -> the card of `/check`: verdict, reasons and picture of the same figures. Runs in workers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.noted import noted_days
from bot.core.charts.data import Band, EngagementChart, Panel, PostDot
from bot.core.charts.engagement import draw
from bot.core.locales import Translator, translator
from bot.features.check.card import caption, full
from bot.features.check.request import CheckCard, CheckRequest
from bot.features.check.words import verdict_code
from metrics.audit import Audit, check_channel
from metrics.audit.price import NORMS, Norm
from metrics.frame import audience_table, table
from metrics.periods import local_date

WATCH_NEEDS = ("watch_48h", "watch_7d", "subscribers_48h", "subscribers_daily", "reactions_48h")


def build_card(request: CheckRequest) -> CheckCard:
    t, checked = translator(request.language).on(request.platform), audit_of(request)
    return CheckCard(
        caption=caption(checked, request, t),
        full=full(checked, request, t),
        picture=_picture(checked, request, t) if request.draw else None,
        needs_watch=any(one.needs in WATCH_NEEDS for one in checked.not_checked),
        verdict=verdict_code(checked),
        unchecked=len(checked.not_checked),
    )


def audit_of(request: CheckRequest) -> Audit:
    return check_channel(
        table(request.readings),
        audience_table(request.audience),
        zone=ZoneInfo(request.zone),
        as_of=request.as_of,
        platform=request.platform,
        posts=table(request.posts) if request.posts else None,
        growth_readings=table(request.growth_readings) if request.growth_readings else None,
        price_asked=request.price,
        currency=request.currency,
        norm=_norm(request),
    )


def _norm(request: CheckRequest) -> Norm | None:
    """Returns the usual CPM, or None; what this chat has paid itself goes before any table."""
    if request.own_norm is not None:
        low, high = request.own_norm
        year = local_date(request.as_of, ZoneInfo(request.zone)).year
        source = translator(request.language).plain("check.own_history")
        return Norm(low, high, source, year, currency=request.currency, is_own=True)
    return NORMS.get(request.topic or "")


def _picture(checked: Audit, request: CheckRequest, t: Translator) -> bytes | None:
    """Draws the last posts' views brought to 24 hours, and where the next one is expected; or None."""
    dots = checked.facts.dots
    if not dots:
        return None
    zone, views = ZoneInfo(request.zone), checked.expected_views_24h
    band = None
    if views.value is not None and views.low is not None and views.high is not None:
        band = Band(views.low, views.value, views.high)
    panel = Panel(
        label=t.plain("check.chart.label"),
        unit="count",
        days=(),
        dots=tuple(
            PostDot(datetime.fromtimestamp(dot.published_at, zone), dot.views_24h, final=True, paid=False)
            for dot in dots
        ),
        band=band,
        average=None,
    )
    subtitle = t.plain(f"check.chart.{verdict_code(checked)}")
    return draw(EngagementChart(request.title, subtitle, (panel,), noted_days(request.notes)), t)
