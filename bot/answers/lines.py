"""The verdict, and the line that says what a rate rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.wording import dividend, estimate, names, shortened, signed, whole_percent
from bot.core.locales import Html, Translator
from bot.core.locales.translator import APPROXIMATELY
from metrics.posts import TELEGRAM_LIKE

if TYPE_CHECKING:  # they load pandas
    from metrics.summary import Summary
    from metrics.verdict import OpenEpisode, Verdict

SENT_BY_PLATFORM = ("field_absent",)  # reasons whose words say what to send
PARTLY_THERE = (
    "field_partial",
    "field_not_before",
)  # reasons why a field that some posts have does not count
TITLES, TITLE_CHARS = 3, 40  # of deleted posts
MARKS = {"warning": "⚠️", "critical": "🔴"}  # as an alert begins
IMPRESSIONS = ("x", "linkedin")  # networks whose main counter is called impressions


def verdict_line(verdict: Verdict, level: str, t: Translator) -> str:
    """Returns the verdict, «Просмотры как обычно (+3 %)»; `level`: the code of what is compared."""
    difference = verdict.difference
    if verdict.episode is not None:
        return episode_line(verdict.episode, t)
    percent = (
        ""
        if difference is None or difference.percent is None
        else f"{signed(difference.percent, t)}{t.percent_sign}"
    )
    key = f"answer.verdict.{verdict.code}"
    if verdict.code in ("above", "below", "usual", "unsure"):
        return t(key, level=t(f"answer.level.{level}"), percent=percent)
    return t(key)


def deleted_titles(titles: Sequence[str | None], t: Translator) -> str:
    """Returns « («Первый», «Второй»…)» of posts that are gone; empty where none had a title."""
    known = [title for title in titles if title]
    if not known:
        return ""
    shown = ", ".join(
        t.plain("answers.quoted", text=shortened(title, TITLE_CHARS)) for title in known[:TITLES]
    )
    return f" ({shown}{'…' if len(known) > TITLES else ''})"


def episode_line(episode: OpenEpisode, t: Translator) -> Html:
    """Returns «⚠️ Просмотры ниже своих с 12 нояб, до −31 %»: the same in `/er`, summaries and checks."""
    return t(
        f"digest.drop.{episode.metric}",
        mark=MARKS[episode.state],
        since=t.date(episode.since),
        drop=whole_percent(-episode.drop_percent, t),
    )


def reason_words(reason: str, platform: str, t: Translator) -> Html:
    """Says why there is no rate, and what to send: of the network that the channel is on."""
    if reason in SENT_BY_PLATFORM and platform not in TELEGRAM_LIKE:
        return t(f"reason.{reason}_elsewhere")
    return t(f"reason.{reason}")


def denominator_words(denominator: str, platform: str, t: Translator) -> Html:
    """Returns the denominator in the words of the network: impressions where it calls them so."""
    if denominator == "views" and platform in IMPRESSIONS:
        return t("answer.denominator.impressions")
    return t(f"answer.denominator.{denominator}")


def basis_line(summary: Summary, t: Translator) -> str:
    """Returns what a rate rests on: «= (реакции + репосты) ÷ просмотры · 67 постов в возрасте 7 дней ≈»."""
    basis = summary.basis
    line = t(
        "answer.basis",
        components=dividend(summary.components, t),
        denominator=denominator_words(basis.denominator, summary.platform, t),
        posts=t.plural("er.posts", summary.headline.n),
        age=t(f"answer.age.{basis.age}"),
    )
    return f"{line} {APPROXIMATELY}" if basis.approximate else line


def left_out_lines(summary: Summary, t: Translator) -> Iterator[str]:
    """Yields posts that are not counted, each kind with its number; a giveaway beside the rate without it."""
    basis = summary.basis
    if basis.young and not basis.all_young:
        yield t("answer.young", posts=t.plural("er.posts", basis.young))
    elif basis.all_young:
        yield t("answer.all_young")
    without = basis.posts - summary.headline.n
    if summary.headline.value is not None and without > 0:
        yield t("answer.without_counters", posts=t.plural("er.posts", without))
    yield from _component_lines(summary, t)
    if basis.curve_since is not None:
        yield t(f"answer.curve_since.{basis.curve}", date=t.date(basis.curve_since))
    if basis.unknown_age:
        yield t("answer.unknown_age", posts=t.plural("er.posts", basis.unknown_age))
    for why, rows in basis.folded.items():
        yield t(f"answer.folded.{why}", rows=t.plural("answer.rows", rows))
    for kind in ("replies", "stories"):
        if kind in basis.kept_out:
            yield t(f"answer.kept_out.{kind}", posts=t.plural("er.posts", basis.kept_out[kind]))
    if summary.without_biggest is not None and summary.biggest_share is not None:
        share = f"{t.number(round(summary.biggest_share))}{t.percent_sign}"
        yield t("answer.biggest", share=share, rate=estimate(summary.without_biggest, t))


def _component_lines(summary: Summary, t: Translator) -> Iterator[str]:
    """Yields what an interaction lacks here, and what it was made of before: once an answer."""
    basis = summary.basis
    partial = [
        one.field for one in summary.missing if one.reason in PARTLY_THERE and one.field not in basis.left
    ]
    if partial and summary.posts.used:
        yield t("answer.components.partial", fields=names(partial, t))
    if basis.entered:
        yield t("answer.components.entered", fields=names(basis.entered, t))
    if basis.left:
        yield t("answer.components.left", fields=names(basis.left, t))
