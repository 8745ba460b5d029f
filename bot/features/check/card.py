"""The card of a check in words: what to know before paying first, every reason behind a touch."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.lines import left_out_lines
from bot.answers.links import name_of
from bot.answers.wording import MESSAGE_UNITS, fitting, folded, shortened, units
from bot.core.locales import Translator
from bot.features.check.request import CheckRequest
from bot.features.check.words import (
    compliance,
    confidence,
    facts,
    finding_lines,
    money,
    not_checked,
    rate,
    silence,
    usual,
    verdict,
    views,
)
from metrics.audit import Audit
from metrics.audit.benchmarks import PANEL_YEAR, of_size
from metrics.periods import local_date
from metrics.posts import TELEGRAM_LIKE

CAPTION_UNITS = 1024
TITLE_CHARS = 60
REASONS_SHOWN = 2


def caption(checked: Audit, request: CheckRequest, t: Translator) -> str:
    """Whole lines, as many as fit; those folded away come last and go first."""
    reasons = [
        line
        for found in checked.findings[:REASONS_SHOWN]
        for line in finding_lines(found, ZoneInfo(request.zone), t)
    ]
    shown = fitting(
        [
            *_heading(checked, request, t),
            *rate(checked, t, request.episode),
            *facts(checked, t),
            *_usual_of_size(checked, t),
            *views(checked, t),
            *money(checked, request.price, t),
            *reasons,
            *_age(checked, request, t),
        ],
        CAPTION_UNITS,
    )
    room = CAPTION_UNITS - units("\n".join(shown)) - 1
    details = folded(fitting([*_not_checked(checked, t), *_rest(checked, t)], room))
    return "\n".join([*shown, details]) if details else "\n".join(shown)


def full(checked: Audit, request: CheckRequest, t: Translator) -> str:
    lines = [
        *_heading(checked, request, t),
        "",
        *rate(checked, t, request.episode),
        *left_out_lines(checked.summary, t),
        *facts(checked, t),
        *_usual_of_size(checked, t),
        *views(checked, t),
        *money(checked, request.price, t),
        "",
        *(line for found in checked.findings for line in finding_lines(found, ZoneInfo(request.zone), t)),
        *_rest(checked, t),
        "",
        *_not_checked(checked, t),
        "",
        *_age(checked, request, t),
    ]
    return "\n".join(fitting(lines, MESSAGE_UNITS))


def _heading(checked: Audit, request: CheckRequest, t: Translator) -> Iterator[str]:
    name = f" · {name_of(request.platform, request.handle)}" if request.handle else ""
    yield t("check.heading", channel=shortened(request.title, TITLE_CHARS), name=name)
    yield from silence(checked, t)
    yield verdict(checked, t)


def _usual_of_size(checked: Audit, t: Translator) -> Iterator[str]:
    """Beside its own size: medians of a panel, which says itself how small it is."""
    band = of_size(checked.facts.subscribers) if checked.summary.platform in TELEGRAM_LIKE else None
    expected = checked.expected_views_24h.value
    if band is None or expected is None or not checked.facts.subscribers:
        return
    yield t(
        "check.usual_of_size",
        view_rate=t.percent(100 * expected / checked.facts.subscribers),
        usual=t.percent(band.view_rate_24h),
        size=t(f"check.size.{band.code}"),
        channels=t.number(band.channels),
        year=str(PANEL_YEAR),
    )


def _not_checked(checked: Audit, t: Translator) -> Iterator[str]:
    """Elsewhere than on Telegram the verdict says it of them all."""
    if not checked.is_elsewhere:
        yield from not_checked(checked.not_checked, t)


def _rest(checked: Audit, t: Translator) -> Iterator[str]:
    yield from usual(checked, t)
    yield from confidence(checked, t)
    yield from compliance(checked, t)


def _age(checked: Audit, request: CheckRequest, t: Translator) -> Iterator[str]:
    until = checked.facts.data_until
    if until is None:
        return
    zone = ZoneInfo(request.zone)
    moment = datetime.fromtimestamp(until, zone)
    year = moment.year != local_date(request.as_of, zone).year
    yield t(f"check.data.{request.source}", moment=t.moment(moment, year=year), zone=request.zone)
