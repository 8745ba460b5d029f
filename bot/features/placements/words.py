"""The words that the card, the ledger and the answers about a placement share."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.answers.wording import points, with_currency
from bot.core.locales import Html, Translator
from bot.core.locales.translator import APPROXIMATELY, MISSING
from bot.features.placements.gather import PlacementCard
from metrics.placement import Figure
from storage.workspace.placements import Placement
from storage.workspace.workspaces import Workspace

WHOLE_FROM = 100  # money is told without cents from here on
HOURS_OF_DAYS = 168  # from here on an age is told in days
DAY_H = 24


def name(placement: Placement, t: Translator) -> Html:
    """Returns «@seller, пост 123», a link where there is one."""
    seller = Html(f"@{placement.handle}") if placement.handle else t("placement.private")
    if placement.post_number is None:
        return seller
    post = t("placement.post", number=placement.post_number)
    return Html(f'{seller}, <a href="{escape(placement.link or "", quote=True)}">{post}</a>')


def terms(placement: Placement, t: Translator) -> Html:
    """Returns the terms: «15 000 · 1/24 · обещано 20 000»."""
    parts: list[str] = [money(Figure(placement.price), t, placement.currency)]
    if placement.hours_on_top is not None:
        feed = "∞" if placement.hours_in_feed is None else placement.hours_in_feed
        parts.append(f"{placement.hours_on_top}/{feed}")
    if placement.promised_views is not None:
        parts.append(t("placement.promised", views=t.number(placement.promised_views)))
    return Html(" · ".join(parts))


def money(figure: Figure, t: Translator, currency: str | None = None) -> str:
    if figure.value is None:
        return MISSING
    rounded = round(figure.value, 2)
    digits = 0 if abs(rounded) >= WHOLE_FROM or rounded == int(rounded) else 2
    return with_currency(t.number(figure.value, digits, approximate=figure.approximate), currency, t)


def count(figure: Figure, t: Translator) -> str:
    return t.number(figure.value, approximate=figure.approximate)


def percent(figure: Figure, t: Translator) -> str:
    if figure.value is None:
        return MISSING
    return f"{APPROXIMATELY if figure.approximate else ''}{points(figure.value, t).replace('-', '−')}"


def age(hours: int, t: Translator) -> str:
    """Returns an age: «24 часа», «7 дней»."""
    if hours >= HOURS_OF_DAYS and hours % DAY_H == 0:
        return t.plural("placement.age.days", hours // DAY_H)
    return t.plural("placement.age.hours", hours)


def short_age(hours: int, t: Translator) -> Html:
    """Returns an age in short: «24 ч», «7 дн»."""
    if hours >= HOURS_OF_DAYS and hours % DAY_H == 0:
        return t("placement.age.short_days", n=hours // DAY_H)
    return t("placement.age.short_hours", n=hours)


def moment(at: int, workspace: Workspace, t: Translator) -> str:
    return t.moment(datetime.fromtimestamp(at, ZoneInfo(workspace.zone)))


def why(shown: PlacementCard, figure: Figure, t: Translator) -> Html:
    """Tells why a figure is not known, and what would give it."""
    if figure.reason == "no_link":
        return t(f"placement.no_link.{shown.placement.no_link_because or 'gone'}")
    return t(f"placement.reason.{figure.reason}")


def value_or_why(shown: PlacementCard, figure: Figure, told: str, t: Translator) -> str:
    return f"<b>{told}</b>" if figure.value is not None else f"{MISSING} {why(shown, figure, t)}"
