"""The words of `/growth`: whether it grows, who came and went, from where, and what these numbers can't tell."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.answers.noted import noted_lines
from bot.answers.reposts import channel_lines
from bot.answers.spans import days_words
from bot.answers.wording import CAPTION_UNITS, TITLE_CHARS, fitting, folded, shortened, units
from bot.core.locales import Html, Translator
from bot.core.locales.translator import APPROXIMATELY, MISSING
from bot.features.growth.request import GrowthRequest
from metrics.followers import Followers, Retention, Source
from metrics.periods import local_date

STEADY_PERCENT = 0.5  # less is no news
SOURCES, MORE_SOURCES = 3, 10  # in sight; in the fold
IN_SIGHT_DAYS = 7  # how long somebody has to have stayed; one day and thirty are in the fold
NAME_CHARS = 32
UNSEEN = 3  # people by which the two counts may differ without a word


def caption(found: Followers, request: GrowthRequest, t: Translator) -> str:
    """Returns HTML of at most CAPTION_UNITS after entities."""
    shown = fitting(
        [*_heading(found, request, t), *_count(found, request, t), *_flow(found, request, t), *_sources(found, request, t)],
        CAPTION_UNITS,
    )  # fmt: skip
    room = CAPTION_UNITS - units("\n".join(shown)) - 1
    details = folded(fitting(list(_details(found, request, t)), room))
    return "\n".join([*shown, details]) if details else "\n".join(shown)


def signed_count(value: float, t: Translator) -> str:
    """Returns a number of people: «+340», «−12»."""
    whole = round(value)
    return ("+" if whole > 0 else "") + t.number(whole).replace("-", "−")


def _heading(found: Followers, request: GrowthRequest, t: Translator) -> Iterator[str]:
    title = shortened(request.title, TITLE_CHARS)
    yield t("growth.heading", channel=title, period=days_words(found.period, request.as_of, request.zone, t))
    yield ""


def _count(found: Followers, request: GrowthRequest, t: Translator) -> Iterator[str]:
    """Yields the verdict: grown, shrunk or much the same."""
    percent, net = found.net_percent, found.net
    if found.end is None or net is None or percent is None:
        day = local_date(request.newest.observed_at, ZoneInfo(request.zone))
        count = t.subscribers(request.newest)
        yield t("growth.ends_unknown", count=count, date=t.date(day, year=True))
        return
    verdict = "steady" if abs(percent) < STEADY_PERCENT else "grew" if net > 0 else "shrank"
    rough = APPROXIMATELY if found.is_rough else ""
    yield t(
        f"growth.{verdict}",
        count=t.number(round(found.end.subscribers), approximate=found.end.is_rough),
        net=f"{rough}{signed_count(net, t)}",
        percent=f"{rough}{t.percent(percent, signed=True)}",
    )
    if found.before is not None:
        yield t("growth.before", net=signed_count(found.before, t))


def _flow(found: Followers, request: GrowthRequest, t: Translator) -> Iterator[str]:
    """Yields joins and leaves, or why they are not known."""
    if found.joined is None or found.left is None:
        why = t("growth.unseen" if request.platform == "telegram" else "growth.unseen_elsewhere")
        yield why if found.net is None else f"{why} {t('growth.net_only')}"
        return
    told = {"joined": t.number(found.joined), "left": t.number(found.left)}
    if found.seen_from is None or found.seen_from <= found.period.start_unix:
        yield t("growth.flow", **told)
    else:
        yield t("growth.flow_since", date=_date(found.seen_from, request, t), **told)
    if found.churn_percent is not None and found.start is not None:
        start = t.number(round(found.start.subscribers), approximate=found.start.is_rough)
        yield t("growth.churn", percent=t.percent(found.churn_percent), start=start, left=told["left"])


def _sources(found: Followers, request: GrowthRequest, t: Translator) -> Iterator[str]:
    if not any(source.link for source in found.sources):
        return
    yield ""
    yield t("growth.sources")
    for place, source in enumerate(found.sources[:SOURCES], start=1):
        told = {
            "place": t.number(place),
            "name": _name(source, request, t),
            "joined": t.number(source.joined),
        }
        week = next(one for one in source.kept if one.days == IN_SIGHT_DAYS)
        if week.percent is None:
            yield t("growth.source", **told)
        else:
            yield t("growth.source_kept", **told, share=_share(week, t), of=t.number(week.n))


def _kept(source: Source, request: GrowthRequest, t: Translator) -> str:
    """Returns how many stayed, of how many."""
    told = [one for one in source.kept if one.percent is not None]
    return t(
        "growth.kept",
        name=_name(source, request, t),
        days=" / ".join(t.number(one.days) for one in told),
        shares=" / ".join(_share(one, t) for one in told),
        of=" / ".join(t.number(one.n) for one in told),
    )


def _share(kept: Retention, t: Translator) -> str:
    if kept.percent is None or kept.low is None or kept.high is None:
        return MISSING
    return f"{t.number(round(kept.percent))}{t.percent_sign} ({t.number(round(kept.low))}–{t.number(round(kept.high))})"


def _name(source: Source, request: GrowthRequest, t: Translator) -> Html:
    if source.link is None:
        return t("growth.without_link")
    if seller := request.sellers.get(source.link):
        return t("growth.by_placement", seller=seller)
    name = source.link_name or source.link.removeprefix("https://")
    return t("growth.by_link", name=shortened(name, NAME_CHARS))


def _details(found: Followers, request: GrowthRequest, t: Translator) -> Iterator[str]:
    yield from noted_lines(request.notes, t)
    for one in found.notable:
        line = t(
            "growth.notable",
            date=t.date(one.day),
            net=signed_count(one.net, t),
            usual=signed_count(one.usual, t),
        )
        if one.source is not None:
            name, n = _name(one.source, request, t), t.number(one.joined_by_source)
            line = t("growth.notable_by", line=Html(line), name=name, n=n)
        yield line
    for start, end in request.gaps:
        yield t("growth.gap", first=_date(start, request, t), last=_date(end, request, t))
    if any(source.link for source in found.sources):
        if request.handle is not None:
            yield t("growth.trap")
        yield from (_kept(one, request, t) for one in found.sources[:SOURCES] if one.kept[0].n)
        yield t("growth.how_kept")
    if (unseen := _unseen(found)) is not None:
        seen = signed_count((found.joined or 0) - (found.left or 0), t)
        yield t("growth.unequal", net=signed_count(unseen, t), seen=seen)
    if found.is_rough:
        yield t("growth.rough")
    mentioned = channel_lines(request.reposts, (), t)
    yield from (t("growth.mentioned", who=who) for who in mentioned)
    if found.sources and not mentioned:
        yield t("growth.mentions")
    for source in found.sources[SOURCES:MORE_SOURCES]:
        name, joined = _name(source, request, t), t.number(source.joined)
        yield t("growth.other_source", name=name, joined=joined)


def _unseen(found: Followers) -> float | None:
    """Returns the net by the counter, where joins less leaves do not come to it; else None."""
    if found.net is None or found.is_rough or not found.is_whole:
        return None
    seen = (found.joined or 0) - (found.left or 0)
    return found.net if abs(found.net - seen) > UNSEEN else None


def _date(moment: int, request: GrowthRequest, t: Translator) -> str:
    """Returns a date, with its year where that is not this one."""
    zone = ZoneInfo(request.zone)
    day = local_date(moment, zone)
    return t.date(day, year=day.year != local_date(request.as_of, zone).year)
