"""One channel of a summary in words: in full, or in a line."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.goal_facts import facts_of
from bot.answers.goals import goal_lines
from bot.answers.lines import basis_line, deleted_titles, episode_line, verdict_line
from bot.answers.links import address_of
from bot.answers.noted import noted_lines
from bot.answers.reposts import channel_lines as repost_lines
from bot.answers.spans import moment_words
from bot.answers.wording import (
    TITLE_CHARS,
    arrow,
    difference,
    estimate,
    interval,
    names,
    shortened,
    signed,
    whole_percent,
)
from bot.core.locales import Html, Translator
from bot.features.summaries.figures import REACH, Figures, RankedByEr
from bot.features.summaries.request import DigestRequest, OpenDrop

SHORT_TITLE_CHARS, POST_CHARS = 26, 40
SHORTEST_HISTORY_DAYS = 14  # of a comparison


def channel_lines(one: Figures, request: DigestRequest, t: Translator) -> list[str]:
    """Returns everything there is to say; a silent or unread channel says so in a line."""
    t = t.on(one.channel.platform)
    lines: list[str] = [t("digest.channel", channel=shortened(one.channel.title, TITLE_CHARS))]
    if one.is_silent:
        lines += [_nothing(one, request, t), *_subscribers(one, t), *drops(one, t)]
        return [*lines, *_reposts(one, t), *_deleted(one, t), *noted_lines(one.channel.notes, t)]
    lines += [*drops(one, t), *_verdict(one, t), _figures(one, t), *_formula(one, t), *_subscribers(one, t)]
    lines += [*_goals(one, request, t), *_differences(one, request, t), *_posts(one, request, t)]
    lines += [*_lacking(one, request, t), *_reposts(one, t), *_deleted(one, t)]
    lines += noted_lines(one.channel.notes, t)
    return lines


def main_lines(one: Figures, request: DigestRequest, t: Translator) -> list[str]:
    """Returns figures in one line, what they are compared with, the best and the weakest post, open drops."""
    t = t.on(one.channel.platform)
    told = [] if one.is_silent else [*_differences(one, request, t), *_posts(one, request, t)]
    first = [channel_line(one, request, t), *drops(one, t), *_goals(one, request, t)]
    return [*first, *told, *_reposts(one, t), *_deleted(one, t), *noted_lines(one.channel.notes, t)]


def details(one: Figures, request: DigestRequest, t: Translator) -> list[str]:
    """Returns what the line of a channel leaves out."""
    t = t.on(one.channel.platform)
    told = [] if one.is_silent else [*_differences(one, request, t), *_posts(one, request, t)]
    title = t("digest.channel", channel=shortened(one.channel.title, SHORT_TITLE_CHARS))
    return [title, *told] if told else []


def channel_line(one: Figures, request: DigestRequest, t: Translator, *, is_short: bool = False) -> str:
    """Returns «Кофе и код: 3 поста · 👁 12,4K · ER 2,3 % ↓ · ERR 21 % · 12 500 (+34)»."""
    t = t.on(one.channel.platform)
    title = shortened(one.channel.title, SHORT_TITLE_CHARS)
    if one.is_silent:
        return t("digest.line", channel=title, facts=_nothing(one, request, t))
    facts = [t.plural("er.posts", one.summary.posts.used)]
    views = one.summary.totals.get("views")
    if views is not None:
        facts.append(t("digest.short_views", views=t.compact(views)))
    facts.append(f"{_rate(one, one.headline, t)}{arrow(one.change)}")
    if not is_short:
        reach = one.summary.rates[REACH]
        facts += [] if reach.value is None else [_rate(one, REACH, t)]
        facts += [_counted(one, t)] if one.summary.subscribers else []
    return t("digest.line", channel=title, facts=Html(" · ".join(facts)))


def _rate(one: Figures, code: str, t: Translator) -> str:
    """Returns the rate, the week's, said so, where a day has too few posts for one."""
    name, rate = t(f"digest.short.{code}"), one.summary.rates[code]
    week = one.recent.rates[code] if one.recent and not one.recent.fallback else None
    if rate.value is None and week is not None and week.value is not None:
        return t("digest.rate_of_week", name=name, value=estimate(week, t))
    return f"{name} {estimate(rate, t)}"


def mover(one: Figures, t: Translator) -> str:
    change = one.change
    percent = whole_percent(change.percent, t) if change and change.percent is not None else ""
    rate = estimate(one.summary.rates[one.headline], t)
    return t("digest.mover", channel=shortened(one.channel.title, SHORT_TITLE_CHARS), change=percent, er=rate)


def drops(one: Figures, t: Translator) -> list[str]:
    """Returns the drops: «⚠️ Просмотры ниже своих с 12 нояб, до −31 %»."""
    return [_drop(drop, t) for drop in one.channel.drops]


def _reposts(one: Figures, t: Translator) -> list[Html]:
    """Returns who brought readers in the time of the summary."""
    readings = one.channel.readings or one.channel.posts
    return [t("digest.brought", line=line) for line in repost_lines(one.channel.reposts, readings, t)]


def _goals(one: Figures, request: DigestRequest, t: Translator) -> list[str]:
    """Returns the goals' lines, of the week where the summary is of one day."""
    facts = facts_of(one.recent or one.summary, one.series)
    return goal_lines(one.channel.goals, facts, request.today, t)


def _deleted(one: Figures, t: Translator) -> list[str]:
    """Returns posts that were found to be deleted in the time of the summary."""
    if not one.channel.deleted:
        return []
    posts = t.plural("er.posts", len(one.channel.deleted))
    return [t("answers.deleted", posts=posts, titles=deleted_titles(one.channel.deleted, t))]


def _drop(drop: OpenDrop, t: Translator) -> str:
    if drop.is_over:
        depth = whole_percent(-drop.drop_percent, t)
        return t(f"digest.back.{drop.metric}", since=t.date(drop.since), drop=depth)
    told = episode_line(drop, t)
    return f"{told} {t('digest.holiday')}" if drop.is_holiday else told


def _nothing(one: Figures, request: DigestRequest, t: Translator) -> Html:
    if one.is_known:
        return t("digest.silent")
    ask = f" {t('digest.send_file')}" if one.channel.needs_files else ""
    if one.channel.observed_at is None:
        return Html(f"{t('digest.no_data')}{ask}")
    seen = datetime.fromtimestamp(one.channel.observed_at, ZoneInfo(request.zone))
    key = "digest.no_data_of_day" if request.frequency == "daily" else "digest.no_data_since"
    return Html(f"{t(key, date=t.moment(seen, year=seen.year != request.today.year))}{ask}")


def _verdict(one: Figures, t: Translator) -> Iterator[str]:
    """Yields the period's verdict, or the week's where a day is too short; open drops have own lines."""
    summary, is_week = one.compared
    is_open = any(not drop.is_over for drop in one.channel.drops)
    if not is_open and summary.level.history.percent is not None:
        line = verdict_line(summary.verdict, summary.basis.level, t)
        yield t("digest.verdict_of_week", verdict=Html(_lowered(line))) if is_week else line


def _lowered(line: str) -> str:
    """As it goes on in a sentence; «ER» stays as it is."""
    return line if line[1:2].isupper() else line[:1].lower() + line[1:]


def _figures(one: Figures, t: Translator) -> str:
    counts = [t.plural("er.posts", one.summary.posts.used)]
    views = one.summary.totals.get("views")
    if views is not None:
        counts.append(t.plural("digest.views", views))
    rates = one.summary.rates
    if one.summary.few_posts:  # their intervals would be wider than any number says
        told = [*(_rate(one, code, t) for code in (one.headline, REACH)), t("digest.few_posts")]
    else:
        told = [
            f"{_rate(one, code, t)} {interval(rates[code], t)}".rstrip() for code in (one.headline, REACH)
        ]
    return " · ".join([*counts, *told])


def _formula(one: Figures, t: Translator) -> Iterator[str]:
    """Yields what the rate is made of: that of the days, or of the week where it stands in."""
    told = (one.summary, one.recent)
    known = (summary for summary in told if summary and summary.headline.value is not None)
    if (summary := next(known, None)) is not None:
        yield basis_line(summary, t)


def _subscribers(one: Figures, t: Translator) -> Iterator[str]:
    if one.summary.subscribers:
        line = t("digest.subscribers", count=Html(_counted(one, t)))
        if one.channel.people is None:
            yield line
        else:
            joined, left = map(t.number, one.channel.people)
            yield t("digest.people", line=line, joined=joined, left=left)


def _counted(one: Figures, t: Translator) -> str:
    found = one.summary.subscribers
    assert found is not None
    count = t.number(found.value, approximate=found.approximate)
    return count if one.gained is None else f"{count} ({signed(one.gained, t)})"


def _differences(one: Figures, request: DigestRequest, t: Translator) -> Iterator[str]:
    summary, is_week = one.compared
    sides = ("history",) if request.frequency == "daily" else ("history", "previous")
    before: list[str] = []
    for side in sides:
        if side == "history" and summary.history_days < SHORTEST_HISTORY_DAYS:
            continue
        told = [
            f"{t(f'digest.short.{code}')} {difference(getattr(summary.change[code], side), t)}"
            for code in (one.headline, REACH)
            if code in summary.change and getattr(summary.change[code], side).percent is not None
        ]
        if told and told != before:  # where both are the same days, they are told once
            days = t.plural("er.of_days", summary.history_days)
            yield t(f"digest.against.{'week' if is_week else side}", changes="; ".join(told), days=days)
        before = told


def _posts(one: Figures, request: DigestRequest, t: Translator) -> Iterator[str]:
    if one.best:
        yield t("digest.best" if one.weakest else "digest.only", post=_post(one.best, one, request, t))
    if one.weakest:
        yield t("digest.weakest", post=_post(one.weakest, one, request, t))


def _post(ranked: RankedByEr, one: Figures, request: DigestRequest, t: Translator) -> Html:
    post = ranked.post
    at = datetime.fromtimestamp(post.published_at, ZoneInfo(request.zone))
    title = shortened(post.title or t.plain("digest.post_at", moment=t.moment(at)), POST_CHARS)
    facts = [t.plural("digest.views", post.views)] if post.views is not None else []
    if ranked.er is not None:
        facts.insert(0, f"ER {t.percent(ranked.er, approximate=ranked.is_estimate)}")
    link = address_of(post.link, one.channel.platform, one.channel.handle, post.external_id)
    if link is None:
        return t("digest.post", title=title, facts=Html(", ".join(facts)))
    return t("digest.post_link", title=title, link=link, facts=Html(", ".join(facts)))


def _lacking(one: Figures, request: DigestRequest, t: Translator) -> Iterator[str]:
    absent = [missing.field for missing in one.summary.missing]
    if absent:
        yield t("er.missing", fields=names(absent, t))
    if one.channel.observed_at is not None:
        yield t("er.data_age", moment=moment_words(one.channel.observed_at, request.zone, request.as_of, t))
