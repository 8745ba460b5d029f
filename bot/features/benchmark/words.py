"""The words of `/benchmark`: the channel's own figure, that of its peers, and what was published: three parts, never mixed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.spans import days_words
from bot.answers.wording import (
    MESSAGE_UNITS,
    TITLE_CHARS,
    estimate,
    fitting,
    folded,
    interval,
    shortened,
    sum_of,
    units,
)
from bot.core.locales import Translator
from bot.features.benchmark.request import BenchmarkRequest, Peer
from metrics.formulas import FORMULAS
from metrics.interactions import OF_INTERACTIONS
from metrics.peers import QUARTILES_FROM, RANGE_FROM, Standing
from metrics.periods import Period
from metrics.published import PANEL, PublishedFigure

PEERS_SHOWN, PEER_CHARS = 10, 30


@dataclass(frozen=True, slots=True)
class BenchmarkFindings:
    """`peers` by the names that the standings call them by; the channel itself is one of them."""

    period: Period
    components: tuple[str, ...]
    standings: Sequence[Standing]
    peers: Mapping[str, Peer]
    published: Sequence[PublishedFigure]


def words(found: BenchmarkFindings, request: BenchmarkRequest, t: Translator) -> str:
    """Returns HTML of at most MESSAGE_UNITS after entities."""
    shown = fitting([*_heading(found, request, t), *_standings(found, request, t)], MESSAGE_UNITS)
    room = MESSAGE_UNITS - units("\n".join(shown)) - 1
    details = folded(fitting([*_published(found, t), *_details(found, t)], room))
    return "\n".join([*shown, details]) if details else "\n".join(shown)


def _heading(found: BenchmarkFindings, request: BenchmarkRequest, t: Translator) -> Iterator[str]:
    title = shortened(request.own.title, TITLE_CHARS)
    yield t("er.heading", channel=title, period=days_words(found.period, request.as_of, request.zone, t))
    yield ""


def _standings(found: BenchmarkFindings, request: BenchmarkRequest, t: Translator) -> Iterator[str]:
    if not found.standings:
        yield t("benchmark.no_rate")
        return
    for one in found.standings:
        yield t(
            f"benchmark.own.{one.place}" if one.place else "benchmark.own",
            name=t(f"formula.{one.code}"),
            value=f"{estimate(one.own, t)} {interval(one.own, t)}".rstrip(),
            n=t.plural("er.posts", one.own.n),
        )
        yield from _peers(one, t)
    yield from _advice(found, request, t)


def _peers(one: Standing, t: Translator) -> Iterator[str]:
    count = t.plural("benchmark.channels", len(one.peers))
    if one.quartiles is not None:
        low, middle, high = (t.percent(value) for value in one.quartiles)
        yield t("benchmark.quartiles", low=low, middle=middle, high=high, channels=count)
    elif len(one.peers) >= RANGE_FROM:
        low, high = (t.percent(one.peers[place].value) for place in (-1, 0))
        yield t("benchmark.range", low=low, high=high, channels=count)


def _advice(found: BenchmarkFindings, request: BenchmarkRequest, t: Translator) -> Iterator[str]:
    """Yields what would make the comparison possible, or better."""
    most = max(len(one.peers) for one in found.standings)
    if request.own.subscribers is None:
        yield t("benchmark.no_size")
    elif most < QUARTILES_FROM:
        yield t("benchmark.few_peers", peers=t.number(most), enough=t.number(QUARTILES_FROM))


def _published(found: BenchmarkFindings, t: Translator) -> Iterator[str]:
    if not found.published:
        return
    yield t("benchmark.published")
    for one in found.published:
        yield t(
            "benchmark.published_line",
            base=t.plain(f"benchmark.base.{one.base}"),
            size=_size(one, t),
            value=_value(one, t),
            source=t.plain("benchmark.source.panel") if one.source == PANEL else one.source,
            year=one.year,
            trust=t.plain(f"benchmark.trust.{one.trust}"),
        )
    yield t("benchmark.apart")
    yield ""


def _size(one: PublishedFigure, t: Translator) -> str:
    if one.from_size is None and one.below_size is None:
        return ""
    if one.below_size is None:
        return t.plain("benchmark.size_from", low=t.number(one.from_size))
    return t.plain("benchmark.size", low=t.number(one.from_size), high=t.number(one.below_size))


def _value(one: PublishedFigure, t: Translator) -> str:
    """Returns a published figure: «5,2 % (25–75 %: 3,4–7,8)»."""
    middle = t.percent(one.middle)
    if one.low is None or one.high is None:
        return t.plain("benchmark.median", value=middle)
    low, high = (t.bare_percent(value) for value in (one.low, one.high))
    return t.plain("benchmark.median_and_quartiles", value=middle, low=low, high=high)


def _details(found: BenchmarkFindings, t: Translator) -> Iterator[str]:
    """Yields which channels these were, so that anybody can see whether they are alike."""
    for one in found.standings:
        if not one.peers:
            continue
        yield t("benchmark.peers", name=t(f"formula.{one.code}"))
        for peer in one.peers[:PEERS_SHOWN]:
            yield t(
                "benchmark.peer",
                title=shortened(found.peers[peer.name].title, PEER_CHARS),
                value=t.percent(peer.value),
                subscribers=t.subscribers(found.peers[peer.name].newest),
            )
    if found.components and any(FORMULAS[one.code].numerator in OF_INTERACTIONS for one in found.standings):
        yield t("benchmark.counted", components=sum_of(found.components, t))
    if any(one.peers for one in found.standings):
        yield t("benchmark.how")
