"""An alert in words: what, how much, since when, on what it rests, what it is not, the next step. A phone's screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.noted import Notes, noted_lines
from bot.answers.spans import span_words
from bot.answers.wording import CAPTION_UNITS, TITLE_CHARS, laid_out, shortened, signed, whole_percent
from bot.core.locales import Html, Translator
from metrics.drops.decision import Decision, quantity
from metrics.drops.episodes import Episode
from metrics.verdict import OpenEpisode

FALLS = ("opened", "worsened")


@dataclass(frozen=True, slots=True)
class DropEvent:
    """One thing that happened to a drop. `decision` of the day it happened; `others`: channels without such a drop."""

    event: str  # one of metrics.drops.episodes.EVENTS
    title: str
    episode: Episode
    decision: Decision
    others: int = 0


@dataclass(frozen=True, slots=True)
class CommonFall:
    metric: str
    drop_percent: float
    channels: int


@dataclass(frozen=True, slots=True)
class Missing:
    """`kind`: no_data (somebody has to send a file), no_page (it is read by itself), few_posts. Not drops."""

    kind: str
    title: str
    since: date | None = None


def message(
    told: Sequence[DropEvent],
    common: Sequence[CommonFall],
    missing: Sequence[Missing],
    t: Translator,
    *,
    today: date,
    more: int = 0,
    notes: Notes = (),
) -> str:
    """Returns an alert in HTML that fits under a picture; whole lines go where it does not."""
    falls = [one for one in told if one.event in FALLS]
    lines = [line for one in falls for line in [*_fall(one, t, today, is_only=len(falls) == 1), ""]]
    lines += [_common(fall, t) for fall in common]
    lines += [_short(one, t) for one in told if one.event not in FALLS]
    lines += [_missing(one, t) for one in missing]
    if more:
        lines += ["", t("alert.more", drops=t.plural("alert.drops", more))]
    return laid_out(lines, [*noted_lines(notes, t), *_closing(falls, t)], CAPTION_UNITS)


def amount(drop: float, low: float | None, high: float | None, t: Translator) -> str:
    """Returns a drop with its interval: «−31 % (−39…−22)»."""
    text = whole_percent(-drop, t)
    return text if low is None or high is None else f"{text} ({signed(-high, t)}…{signed(-low, t)})"


def of_a_file(title: str, decision: Decision, t: Translator, today: date) -> str:
    """Returns a file's drop: «⚠️ Кофе и код: просмотры ниже обычного, −31 % (−39…−22): 11 постов…»."""
    told = t(
        f"alert.file.{quantity(decision.metric, decision.basis)}",
        channel=name(title),
        drop=_drop(decision, t),
        compared=compared(decision, t, today),
    )
    return f"{told} {t('digest.holiday')}" if decision.is_holiday else told


def basis(decision: Decision, t: Translator) -> str:
    return t(f"alert.basis.{decision.metric}.{decision.basis}")


def compared(decision: Decision, t: Translator, today: date) -> str:
    """Returns what was compared: «11 постов за 22–24 нояб против 148 постов за 52 дня до них»."""
    return t(
        "alert.compared",
        posts=t.plural("er.posts", decision.n),
        window=span_words(decision.window_first, decision.window_last, t, today),
        history=t.plural("alert.of_posts", decision.history_posts),
        days=t.plural("er.days", (decision.history_last - decision.history_first).days + 1),
    )


def name(title: str) -> str:
    return shortened(title, TITLE_CHARS)


def _fall(one: DropEvent, t: Translator, today: date, *, is_only: bool) -> Iterator[str]:
    """Yields the lines of a drop.

    State, date and depth are those of the drop as it stands, as in every answer; the posts are the decision's
    own.
    """
    decision, standing = one.decision, OpenEpisode.of(one.episode)
    key = "worsened" if one.event == "worsened" else standing.state
    own = _drop(decision, t)
    depth = whole_percent(-standing.drop_percent, t)
    is_as_deep = depth == whole_percent(-(decision.drop_percent or 0.0), t)
    yield t(
        f"alert.{key}.{decision.metric}",
        channel=name(one.title),
        drop=own if is_as_deep else t("alert.up_to", drop=depth),
    )
    yield t("alert.since", since=t.date(standing.since))
    if decision.is_holiday:
        yield t("alert.holiday")
    told = compared(decision, t, today)
    yield told if is_as_deep else t("alert.of_these", drop=own, compared=told)
    if is_only:
        yield basis(decision, t)
        if decision.common_percent is not None:
            yield t("alert.common_taken_off", change=whole_percent(-decision.common_percent, t))
        if one.others:
            yield t("alert.others", channels=t.plural("alert.on_channels", one.others))


def _drop(decision: Decision, t: Translator) -> str:
    """Returns a drop in words; one deeper than posts are counted is «this much and deeper», no interval."""
    drop = decision.drop_percent or 0.0
    if decision.is_floored:
        return t("replay.deeper", change=whole_percent(-drop, t))
    return amount(drop, decision.low_percent, decision.high_percent, t)


def _closing(falls: Sequence[DropEvent], t: Translator) -> Iterator[str]:
    """Yields, once for all, what several drops rest on, what it is not, and the next step."""
    if falls:
        if len(falls) > 1:
            yield from dict.fromkeys(basis(one.decision, t) for one in falls)
        literal = all(one.decision.z is None for one in falls)
        yield t("alert.literal" if literal else "alert.innocent")
        yield t(f"alert.next.{falls[0].decision.metric}")


def _short(one: DropEvent, t: Translator) -> Html:
    return t(
        f"alert.{one.event}.{one.episode.metric}",
        channel=name(one.title),
        drop=amount(one.episode.deepest_percent, None, None, t),
        opened=t.date(one.episode.since),
    )


def _common(fall: CommonFall, t: Translator) -> Html:
    return t(
        f"alert.common.{fall.metric}",
        change=whole_percent(-fall.drop_percent, t),
        channels=t.plural("alert.on_channels", fall.channels),
    )


def _missing(one: Missing, t: Translator) -> Html:
    since = "" if one.since is None else t.date(one.since)
    return t(f"alert.{one.kind}", channel=name(one.title), since=since)
