"""All placements of a workspace in one message, the cheapest kept subscriber first, with totals."""

from collections.abc import Sequence

from bot.answers.wording import MESSAGE_UNITS, fitting
from bot.core.locales import Html, Translator
from bot.features.placements.gather import PlacementCard, currency_of
from bot.features.placements.words import count, moment, money, name, percent, value_or_why
from metrics.placement import Figure
from metrics.placements_together import Totals, totals
from storage.workspace.workspaces import Workspace

SHOWN = 12  # the rest is in the table
TOTALS_UNITS = 800


def ledger(shown: Sequence[PlacementCard], workspace: Workspace, t: Translator) -> Html:
    lines = [t("placements.title", count=Html(t.plural("placements.count", len(shown)))), ""]
    for place, one in enumerate(shown[:SHOWN], start=1):
        lines += [*_one(place, one, workspace, t), ""]
    if len(shown) > SHOWN:
        lines += [t("placements.more", count=t.number(len(shown) - SHOWN)), ""]
    if len(shown) == 1:
        return Html("\n".join(fitting(lines, MESSAGE_UNITS)))
    foot = [
        line
        for currency in dict.fromkeys(map(currency_of, shown))
        for line in _of_currency(shown, currency, t)
    ]
    return Html("\n".join([*fitting(lines, MESSAGE_UNITS - TOTALS_UNITS), "", *foot]))


def _one(place: int, shown: PlacementCard, workspace: Workspace, t: Translator) -> list[Html]:
    placement, outcome = shown.placement, shown.outcome
    out = placement.published_at
    day = moment(out, workspace, t) if out is not None else t("placements.not_out")
    return [
        Html(f"{place}. <b>{name(placement, t)}</b> · {day}"),
        t(
            "placements.line",
            price=money(Figure(placement.price), t, placement.currency),
            views=count(outcome.views, t),
            cpm=money(outcome.cpm, t, placement.currency),
        ),
        *_people(shown, t),
        *([t("placements.roi", roi=percent(outcome.roi, t))] if placement.revenue is not None else []),
    ]


def _people(shown: PlacementCard, t: Translator) -> list[Html]:
    if shown.people is None:
        return [t("placements.no_link")]
    price = shown.outcome.kept_price
    told = f"{t('placements.kept_price')} {value_or_why(shown, price, money(price, t, shown.placement.currency), t)}"
    if price.value is not None and not shown.outcome.is_final:
        told += t("placements.so_far")
    joined, left = t.number(shown.people.joined), t.number(shown.people.left)
    return [t("placements.people", joined=joined, left=left), Html(told)]


def _of_currency(shown: Sequence[PlacementCard], currency: str, t: Translator) -> list[str]:
    """Returns the sums of one currency, with its sign where anybody typed it: those of two mean nothing."""
    paid = [one for one in shown if currency_of(one) == currency]
    typed = next((one.placement.currency for one in paid if one.placement.currency), None)
    return _totals(
        totals([(one.placement.terms, one.outcome, one.placement.revenue) for one in paid]), typed, t
    )


def _totals(together: Totals, currency: str | None, t: Translator) -> list[str]:
    """Returns totals; each line says over how many placements it is, where that is not all."""

    def over(count_with: int) -> str:
        return (
            ""
            if count_with == together.placements
            else t("placements.over", n=count_with, all=together.placements)
        )

    lines: list[str] = [t("placements.total", spent=money(Figure(together.spent), t, currency))]
    if together.viewed:
        views = t.number(together.views, approximate=together.cpm.approximate)
        lines.append(
            t("placements.total_views", views=views, cpm=money(together.cpm, t, currency))
            + over(together.viewed)
        )
    if together.linked:
        told = t(
            "placements.total_people",
            joined=t.number(together.joined),
            kept=t.number(together.kept),
            cpf=money(together.cpf, t, currency),
            kept_price=money(together.kept_price, t, currency),
        )
        lines.append(told + over(together.linked))
    if together.earned:
        told = t(
            "placements.total_revenue",
            revenue=money(Figure(together.revenue), t, currency),
            roi=percent(together.roi, t),
        )
        lines.append(told + over(together.earned))
    return lines
