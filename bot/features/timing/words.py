"""The words of `/when`: when they read, whether the time of posting matters, and the results by time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.compared import counted, lines, sure, told
from bot.answers.request import EngagementRequest, resolve
from bot.answers.spans import period_words
from bot.answers.wording import CAPTION_UNITS, TITLE_CHARS, fitting, folded_in, shortened, units
from bot.core.locales import Translator
from bot.core.parsing import zones
from metrics.activity import HourOfWeek
from metrics.content import WEEKDAYS
from metrics.groups import CLAIM_POSTS, SHOWN, Group
from metrics.periods import zone_of
from metrics.timing import Block, Timing

WINDOW_H = 3
EVEN = 1.15  # the busiest hours over the quietest: below it they read evenly
SURE_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TimingFindings:
    """`week` None: the hours of the audience are not known."""

    timing: Timing
    weekdays: Sequence[Group]
    week: Sequence[HourOfWeek] | None


def caption(found: TimingFindings, request: EngagementRequest, t: Translator) -> str:
    """Returns HTML of at most CAPTION_UNITS after entities."""
    shown = fitting(
        [
            *_heading(found, request, t),
            *_activity(found, request, t),
            *_verdict(found, t),
            *_weekdays(found, t),
        ],
        CAPTION_UNITS,
    )
    room = CAPTION_UNITS - units("\n".join(shown)) - 1
    details = folded_in(
        list(_details(found, request, t)), room, t("compared.rest"), {t(f"when.list.{one}") for one in SHOWN}
    )
    return "\n".join([*shown, details]) if details else "\n".join(shown)


def block_name(block: Block, t: Translator, *, is_short: bool = False) -> str:
    """Returns «будни 9–12»; the hours alone under a heading."""
    hours = f"{block.from_hour}–{block.to_hour}"
    return hours if is_short else t.plain(f"when.block.{block.days}", hours=hours)


def weekday_name(group: Group, t: Translator) -> str:
    return t.weekday(WEEKDAYS.index(group.key))


def _heading(found: TimingFindings, request: EngagementRequest, t: Translator) -> Iterator[str]:
    title = shortened(request.title, TITLE_CHARS)
    yield t("er.heading", channel=title, period=period_words(found.timing.period, request, t))
    if request.asked:
        asked = resolve(request.asked, request.as_of, zone_of(found.timing.period))
        yield t("er.shifted", period=period_words(asked, request, t))
    yield ""


def _activity(found: TimingFindings, request: EngagementRequest, t: Translator) -> Iterator[str]:
    """Yields the three busiest and the three quietest hours in a row, the posts' ages taken out."""
    activity = found.timing.activity
    relative = [hour.relative for hour in activity.hours or ()]
    known = [value for value in relative if value is not None]
    posts = t.plural("er.posts", activity.posts)
    if len(known) < len(relative) or not known:
        reason = activity.reason or "readings_too_rare"
        is_begun = reason == "no_readings" and request.is_collected
        yield t("when.no_activity_yet" if is_begun else f"when.no_activity.{reason}")
        return
    windows = [
        sum(known[(start + place) % 24] for place in range(WINDOW_H)) / WINDOW_H for start in range(24)
    ]
    busiest, quietest = windows.index(max(windows)), windows.index(min(windows))
    if max(windows) < EVEN * min(windows):
        yield t("when.even", posts=posts)
        return
    yield t(
        "when.busiest",
        hours=_window(busiest),
        times=t.number(max(windows), 1),
        quiet=_window(quietest),
        posts=posts,
    )


def _window(start: int) -> str:
    return f"{start}–{(start + WINDOW_H) % 24 or 24}"


def _verdict(found: TimingFindings, t: Translator) -> Iterator[str]:
    """Yields whether the hour of posting goes with the result at 7 days."""
    timing = found.timing
    names = {block.result.key: block_name(block, t) for block in timing.blocks}
    groups = [block.result for block in timing.blocks]
    posts = t.plural("er.posts", timing.n)
    certain = sure(groups)
    if certain:
        yield t("when.matters", posts=posts)
        yield from (f"• {told(one, names[one.group.key], t)}" for one in certain[:SURE_SHOWN])
    elif timing.n < CLAIM_POSTS:
        yield t("when.too_few", posts=posts, enough=t.number(CLAIM_POSTS))
    else:
        yield t("when.hardly_matters", blocks=t.number(counted(groups)), posts=posts)


def _weekdays(found: TimingFindings, t: Translator) -> Iterator[str]:
    certain = sure(found.weekdays)
    if certain:
        yield t("when.weekday_matters")
        yield from (f"• {told(one, weekday_name(one.group, t), t)}" for one in certain[:SURE_SHOWN])
    elif found.timing.n >= CLAIM_POSTS:
        yield t("when.weekday_hardly_matters")


def _details(found: TimingFindings, request: EngagementRequest, t: Translator) -> Iterator[str]:
    yield t("when.first_day")
    yield t("when.zone", zone=zones.shown(request.zone, t.language))
    yield t("compared.how")
    blocks = {block.result.key: block for block in found.timing.blocks}
    groups = [block.result for block in found.timing.blocks]
    measure = _measure([*groups, *found.weekdays])
    yield t(f"when.list.{measure}")
    yield from lines(groups, lambda one: block_name(blocks[one.key], t), t, measures=[measure])
    yield from lines(found.weekdays, lambda one: weekday_name(one, t), t, measures=[measure])


def _measure(groups: Sequence[Group]) -> str:
    """Returns the first measure that is known: a caption has no room for two."""
    return next(
        (code for code in SHOWN if any(group.levels[code].percent is not None for group in groups)),
        SHOWN[0],
    )
