"""The card of a check in words: what to know before paying first, every reason behind a touch."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.answers.lines import left_out_lines
from bot.answers.links import name_of
from bot.answers.noted import noted_lines
from bot.answers.spans import moment_words
from bot.answers.wording import CAPTION_UNITS, MESSAGE_UNITS, fitting, laid_out, shortened
from bot.core.locales import Translator
from bot.features.check.request import OTHER, CheckRequest
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
from metrics.posts import TELEGRAM_LIKE

TITLE_CHARS = 40
REASONS_SHOWN = 2


def caption(checked: Audit, request: CheckRequest, t: Translator) -> str:
    """Returns the card: the verdict, the rate, what it costs and the gravest reason; the rest is folded."""
    reasons = [
        list(finding_lines(found, ZoneInfo(request.zone), t)) for found in checked.findings[:REASONS_SHOWN]
    ]
    first, *others = reasons or [[]]
    shown = [
        *_heading(checked, request, t),
        *rate(checked, t, request.episode),
        *first[:1],
        *_money(checked, request, t),
        *views(checked, t),
        *_left_unchecked(checked, t),
        *_age(checked, request, t),
    ]
    details = [
        *first[1:],
        *(line for lines in others for line in lines),
        *facts(checked, t),
        *_usual_of_size(checked, t),
        *noted_lines(request.notes, t),
        *_rest(checked, t),
        *_not_checked(checked, t),
    ]
    return laid_out(shown, details, CAPTION_UNITS)


def full(checked: Audit, request: CheckRequest, t: Translator) -> str:
    lines = [
        *_heading(checked, request, t),
        "",
        *rate(checked, t, request.episode),
        *left_out_lines(checked.summary, t),
        *facts(checked, t),
        *_usual_of_size(checked, t),
        *views(checked, t),
        *_money(checked, request, t),
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


def _money(checked: Audit, request: CheckRequest, t: Translator) -> list[str]:
    told = list(money(checked, request.price, t))
    if request.topic == OTHER and told and checked.cpm.usual_low is None:
        told[-1] = t("check.topic_other")
    return told


def _left_unchecked(checked: Audit, t: Translator) -> Iterator[str]:
    """Yields in one line what was left unchecked; what each of it needs stands in the fold."""
    if checked.not_checked and not checked.is_elsewhere:
        yield t("check.not_checked", signs=t.plural("check.signs", len(checked.not_checked)))


def _usual_of_size(checked: Audit, t: Translator) -> Iterator[str]:
    """Yields what is usual of its size: medians of a panel, which says itself how small it is."""
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
    """Yields what was not checked; elsewhere than on Telegram the verdict says it of it all."""
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
    yield t(f"check.data.{request.source}", moment=moment_words(until, request.zone, request.as_of, t))
