"""One placement on one card: views by age beside the plan, subscribers by its link, what they cost, what came back."""

from dataclasses import replace

from bot.answers.wording import with_currency
from bot.core.locales import Html, Translator
from bot.core.locales.translator import MISSING
from bot.features.placements.gather import OWN_LEAST, PlacementCard
from bot.features.placements.words import (
    age,
    count,
    moment,
    money,
    name,
    percent,
    short_age,
    terms,
    value_or_why,
    why,
)
from metrics.durations import HOUR_S
from metrics.placement import KEPT_H, Figure, Reading, fell, is_gone_as_agreed, is_gone_early
from storage.workspace.workspaces import Workspace

BOTH = 2  # readings: the one told now, and the one before
LATE_S = 3600  # a reading further from its age tells its own moment
SHORT_PERCENT = -10  # so many fewer views than were promised are worth a word to the seller


def card(
    shown: PlacementCard, workspace: Workspace, t: Translator, *, now: int, age_h: int | None = None
) -> Html:
    """Returns the card. `age_h`: the age it comes for by itself."""
    placement = shown.placement
    lines = [f"<b>{name(placement, t)}</b>"]
    if age_h is not None:
        lines += [t("placement.card.after", age=age(age_h, t)), *_changed(shown, age_h, t)]
    lines += [terms(placement, t), ""]
    if placement.published_at is None:
        lines += [t("placement.card.not_out"), ""]
    else:
        lines += [*_views(shown, workspace, t, now), ""]
    return Html("\n".join([*lines, *_people(shown, t), "", _returned(shown, t)]))


def _changed(shown: PlacementCard, age_h: int, t: Translator) -> list[Html]:
    """Returns what is new since the card before: how many views came, and how many there are."""
    seen = [one for one in shown.readings if one.views is not None and one.age_h <= age_h]
    if len(seen) < BOTH or seen[-1].age_h != age_h:
        return []
    before, now = seen[-2].views or 0, seen[-1].views or 0
    since = short_age(seen[-2].age_h, t)
    if now < before:
        return []  # the line about a fall says it
    return [t("placement.card.gained", since=since, gained=t.number(now - before), views=t.number(now))]


def _views(shown: PlacementCard, workspace: Workspace, t: Translator, now: int) -> list[str]:
    by_age = {reading.age_h: reading for reading in shown.readings}
    published = shown.placement.published_at or now
    lines = [f"<b>{t('placement.card.views')}</b>"]
    for hours in shown.placement.terms.ages_h:
        due = published + hours * HOUR_S
        reading = by_age.get(hours)
        if hours == KEPT_H and (reading is None or reading.views is None):
            continue
        if reading is not None:
            told = _reading(shown, reading, due, workspace, t)
        elif due > now:
            told = t("placement.card.will_come", moment=moment(due, workspace, t))
        else:
            told = Html(f"{MISSING} {_why_missed(shown, due, t)}")
        lines.append(f"{short_age(hours, t)}: {told}")
    return [*lines, _cpm(shown, t), *_warnings(shown, t, now)]


def _reading(shown: PlacementCard, reading: Reading, due: int, workspace: Workspace, t: Translator) -> str:
    views = Figure(reading.views, reading.reason, reading.step > 0)
    if views.value is None:
        return f"{MISSING} {_why_unseen(shown, reading, t)}"
    told = f"<b>{count(views, t)}</b>"
    against = shown.outcome.against_plan
    if reading.age_h == shown.placement.terms.contract_h and against.value is not None:
        told += t(_against_key(against.value), percent=percent(replace(against, value=abs(against.value)), t))
    if reading.is_typed:
        told += t("placement.card.typed")
    if abs(reading.observed_at - due) > LATE_S:
        told += t("placement.card.seen_at", moment=moment(reading.observed_at, workspace, t))
    return told


def _why_missed(shown: PlacementCard, due: int, t: Translator) -> Html:
    return t("placement.reason.late" if due <= shown.placement.created_at else "placement.reason.missed")


def _why_unseen(shown: PlacementCard, reading: Reading, t: Translator) -> Html:
    """Tells why views were not seen; a post gone after its hours in the feed is gone as agreed."""
    placement = shown.placement
    if is_gone_as_agreed(placement.terms, placement.published_at or 0, reading):
        return t("placement.reason.removed_as_agreed")
    return why(shown, Figure(None, reading.reason), t)


def _cpm(shown: PlacementCard, t: Translator) -> str:
    outcome = shown.outcome
    if outcome.cpm.reason == "not_yet":
        told = str(t("placement.card.cpm_later", n=shown.placement.terms.contract_h))
    else:
        told = f"CPM: {value_or_why(shown, outcome.cpm, money(outcome.cpm, t, shown.placement.currency), t)}"
    if outcome.planned_cpm.value is not None:
        told += t("placement.card.planned", value=money(outcome.planned_cpm, t, shown.placement.currency))
    return told + _standing(shown, t)


def _standing(shown: PlacementCard, t: Translator) -> str:
    """Says dear, usual or cheap beside the chat's other placements in the currency, if there are enough."""
    paid, cpm = shown.own_cpm, shown.outcome.cpm.value
    if cpm is None or paid is None or paid[2] < OWN_LEAST:
        return ""
    low, high, count_of = paid
    code = "dear" if cpm > high else "cheap" if cpm < low else "usual"
    span = "–".join(money(Figure(side), t) for side in (low, high))
    told = t(
        f"placement.card.standing.{code}",
        cpm=with_currency(span, shown.placement.currency, t),
        n=t.number(count_of),
    )
    return f"\n{told}"


def _against_key(percent_more: float) -> str:
    """Returns a key: whole percents are shown, so less than half a one is as promised."""
    if round(percent_more) == 0:
        return "placement.card.as_promised"
    return "placement.card.less" if percent_more < 0 else "placement.card.more"


def _warnings(shown: PlacementCard, t: Translator, now: int) -> list[str]:
    found: list[str] = []
    placement, against = shown.placement, shown.outcome.against_plan.value
    if shown.lacks_views(now):
        found.append(t("placement.card.type_views"))
    published = placement.published_at or now
    if any(is_gone_early(placement.terms, published, one) for one in shown.readings):
        found.append(t("placement.card.removed_early", hours=placement.hours_in_feed))
    if fell(shown.readings):
        found.append(t("placement.card.fell"))
    if against is not None and against <= SHORT_PERCENT and not shown.outcome.is_final:
        missing = (placement.promised_views or 0) - (shown.outcome.views.value or 0)
        found.append(t("placement.card.short", views=t.number(missing)))
    if not placement.is_time_known:
        found.append(t("placement.card.time_unknown"))
    return found


def _people(shown: PlacementCard, t: Translator) -> list[str]:
    lines: list[str] = [t("placement.card.people")]
    if shown.advertised is not None:
        lines = [t("placement.card.people_of", channel=shown.advertised.title)]
    outcome, people = shown.outcome, shown.people
    if people is None:
        return [*lines, f"{MISSING} {why(shown, outcome.joined, t)}"]
    joined, left = t.number(people.joined), t.number(people.left)
    told = str(t("placement.card.joined", joined=joined, left=left))
    if people.left:
        key = "placement.card.left" if outcome.is_final else "placement.card.left_so_far"
        told += t(key, day=t.number(people.left_within_day), week=t.number(people.left_within_week))
    lines.append(told)
    if people.joined:
        lines.append(
            f"CPF: {value_or_why(shown, outcome.cpf, money(outcome.cpf, t, shown.placement.currency), t)}"
        )
    price = value_or_why(shown, outcome.kept_price, money(outcome.kept_price, t, shown.placement.currency), t)
    kept = f"{t('placement.card.kept')} {price}"
    if outcome.kept_price.value is not None and not outcome.is_final:
        kept += t("placement.card.so_far")
    lines.append(kept)
    if shown.advertised is not None and not shown.advertised.bot_is_admin and not outcome.is_final:
        lines.append(t("placement.card.not_admin"))
    return lines


def _returned(shown: PlacementCard, t: Translator) -> str:
    placement, outcome = shown.placement, shown.outcome
    if placement.revenue is None:
        return t("placement.card.no_revenue")
    told = t(
        "placement.card.revenue",
        revenue=money(Figure(placement.revenue), t, shown.placement.currency),
        roi=percent(outcome.roi, t),
    )
    if outcome.romi.value is None:
        return f"{told}\n{t('placement.card.no_margin')}"
    return told + t(
        "placement.card.romi",
        romi=percent(outcome.romi, t),
        margin=percent(Figure(placement.margin_percent), t),
    )
