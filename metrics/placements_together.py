"""Several bought posts together."""

from collections.abc import Sequence
from typing import NamedTuple

from metrics.placement import Figure, Outcome, Terms, per, returned


class Totals(NamedTuple):
    """Holds the totals of several bought posts.

    Each ratio is over those that have both sides; the sums are over those that have theirs.
    """

    placements: int
    spent: float
    viewed: int  # how many have views
    views: float
    cpm: Figure
    linked: int  # how many have a link of their own
    joined: float
    kept: float
    cpf: Figure
    kept_price: Figure
    earned: int  # how many have a revenue
    revenue: float
    roi: Figure


def totals(placements: Sequence[tuple[Terms, Outcome, float | None]]) -> Totals:
    """Returns the totals of several bought posts, each given as terms, outcome and revenue."""
    viewed = [(terms.price, one.views) for terms, one, _ in placements if one.views.value is not None]
    linked = [(terms.price, one) for terms, one, _ in placements if one.joined.value is not None]
    earned = [(terms.price, revenue) for terms, _, revenue in placements if revenue is not None]
    views = Figure(
        sum(figure.value or 0 for _, figure in viewed),
        approximate=any(figure.approximate for _, figure in viewed),
    )
    joined, kept = (
        Figure(sum(figure.value or 0 for figure in figures))
        for figures in ([one.joined for _, one in linked], [one.kept for _, one in linked])
    )
    for_views, for_people = sum(price for price, _ in viewed), sum(price for price, _ in linked)
    revenue = sum(amount for _, amount in earned)
    return Totals(
        placements=len(placements),
        spent=sum(terms.price for terms, _, _ in placements),
        viewed=len(viewed),
        views=views.value or 0,
        cpm=per(for_views, views, code="cpm"),
        linked=len(linked),
        joined=joined.value or 0,
        kept=kept.value or 0,
        cpf=per(for_people, joined, code="cpf", zero="nobody_joined"),
        kept_price=per(for_people, kept, code="cpf", zero="nobody_stayed"),
        earned=len(earned),
        revenue=revenue,
        roi=returned("roi", sum(price for price, _ in earned), revenue if earned else None, {}),
    )
