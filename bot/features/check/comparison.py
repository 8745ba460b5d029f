"""Several channels before money is spent: the best value first, each with what speaks against it. Runs in workers."""

from collections.abc import Sequence

from bot.answers.wording import MESSAGE_UNITS, estimate, laid_out, shortened, with_currency
from bot.core.locales import Html, Translator, translator
from bot.core.locales.translator import APPROXIMATELY
from bot.features.check.compute import audit_of
from bot.features.check.request import CheckRequest
from bot.features.check.words import cpm_words, per_thousand, roughly, silence, verdict_code
from metrics.audit import Audit
from metrics.audit.verdict import VERDICTS

TITLE_CHARS = 40


def compare(requests: Sequence[CheckRequest]) -> str:
    t = translator(requests[0].language)
    checked = [(request, audit_of(request)) for request in requests]
    with_price = _can_be_ordered(requests)
    ordered = sorted(checked, key=lambda pair: _value(*pair, with_price=with_price))
    lines: list[str] = [t("check.compare.by_price" if with_price else "check.compare.by_views")]
    lines += [*_without_price(requests, t), ""]
    for place, (request, found) in enumerate(ordered, start=1):
        lines += [_line(place, request, found, t), *_reason(found, t), ""]
    costs = [t("check.compare.costs")] if any(request.price is not None for request in requests) else []
    return laid_out(lines, [*costs, t("check.compare.how")], MESSAGE_UNITS)


def _can_be_ordered(requests: Sequence[CheckRequest]) -> bool:
    """Tells whether channels can be ordered by price: each has one, and all in one currency."""
    currencies = {request.currency for request in requests if request.currency}
    return all(request.price is not None for request in requests) and len(currencies) <= 1


def _value(request: CheckRequest, found: Audit, *, with_price: bool) -> tuple[int, float, str]:
    """Returns a sort key: a worse verdict never comes before a better one, whatever the price."""
    rank = VERDICTS.index(found.verdict)
    cost = found.cpm.usable if with_price else None
    views, subscribers = found.expected_views_24h.usable, found.facts.subscribers
    share = views / subscribers if views and subscribers else 0.0
    worth = cost if cost is not None else -share
    return rank, worth if views else float("inf"), request.title


def _line(place: int, request: CheckRequest, found: Audit, t: Translator) -> Html:
    views, subscribers = found.expected_views_24h, found.facts.subscribers
    share = 100 * views.value / subscribers if views.value and subscribers else None
    facts = [
        t("check.compare.views", views=t.number(roughly(views.value), approximate=True)),
        t("check.compare.view_rate", view_rate=t.percent(share)),
        *_rate(found, t),
    ]
    facts[:0] = [Html(said.rstrip(".")) for said in silence(found, t)]
    return t(
        "check.compare.line",
        place=t.number(place),
        channel=shortened(request.title, TITLE_CHARS),
        verdict=t(f"check.short.{verdict_code(found)}"),
        facts=Html(" · ".join(facts)),
        price=_price(request, found, t),
    )


def _price(request: CheckRequest, found: Audit, t: Translator) -> Html:
    """«15 000 ₽ · CPM 320–560 ₽ · CPE ≈21 ₽», with the reason where the price buys nobody knows what."""
    if request.price is None:
        return t("check.compare.no_price")
    told = [Html(with_currency(t.number(request.price), request.currency, t))]
    if found.cpm.usable is not None:
        told.append(t("check.compare.cpm", cpm=cpm_words(found.cpm, t, usable=True)))
    else:
        told.append(t("check.compare.no_cpm"))
    if (each := found.cpm.per_interaction) is not None:
        shown = with_currency(f"{APPROXIMATELY}{per_thousand(roughly(each) or 0, t)}", request.currency, t)
        told.append(t("check.compare.cpe", cpe=shown))
    return Html(" · ".join(told))


def _without_price(requests: Sequence[CheckRequest], t: Translator) -> list[Html]:
    """Why they don't stand by their price: some have none, or not all are in one currency."""
    missing = sum(request.price is None for request in requests)
    if missing:
        return [t("check.compare.prices_missing", channels=t.plural("check.of_channels", missing))]
    return [] if _can_be_ordered(requests) else [t("check.compare.other_currencies")]


def _rate(found: Audit, t: Translator) -> list[Html]:
    """Returns the rate by its full name: channels of different networks have rates over different things."""
    summary = found.summary
    if summary.headline.value is None:
        return []
    name = t(f"formula.{summary.basis.headline}")
    return [t("check.compare.er", name=name, er=estimate(summary.headline, t))]


def _reason(found: Audit, t: Translator) -> list[str]:
    names = [t(f"audit.indicator.{one.indicator}") for one in found.findings[:2]]
    return [t("check.compare.reason", names=Html(", ".join(names)))] if names else []
