"""The sheets of an export: posts, months, subscribers, readings, and how the figures were reckoned. Runs in workers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from bot.answers.request import resolve
from bot.answers.sheets import COUNT, PERCENT, Cell, Sheet
from bot.answers.tables import Tables
from bot.answers.wording import plain, sum_of
from bot.core.locales import Translator
from bot.features.export.months import months, rounded
from bot.features.export.request import POSTS, READINGS, ExportRequest
from bot.features.export.spooled import Slice, SpooledExport
from metrics.periods import Period, dates, local_date
from metrics.posts import Post
from metrics.registry import EVERY

_FACTS = ("id", "date", "title", "link", "format", "is_ad", "is_forwarded")
_WIDTHS = {"date": 18, "title": 48, "link": 30, "format": 10, "observed_at": 18, "steps": 20}


@dataclass(frozen=True, slots=True)
class PostRates:
    """`code`: of `metrics.registry`; `percents`: by the id of a post; none for a part of an album that another row stands for."""

    code: str
    components: tuple[str, ...]  # what an interaction is made of
    denominator: str
    percents: Mapping[str, float | None]


def post_rates(tables: Tables) -> PostRates:
    """Returns rates by the counters of the post, of an album together, of equal components in every row.

    None for posts that came from elsewhere or are announced for later, and where a counter is not known.
    """
    published = tables.posts["published_at"]
    first, last = (local_date(int(at), tables.zone) for at in (published.min(), published.max()))
    scope = tables.scope(dates(first, last, tables.zone))
    rate = EVERY[scope.basis.headline]
    above, below = scope.raw.of(rate.numerator), scope.raw.of(rate.denominator)
    each = np.full(len(published), np.nan)
    known = ~np.isnan(above) & (below > 0)
    each[scope.own.rows[known]] = rate.scale * above[known] / below[known]
    return PostRates(
        rate.code,
        scope.choice.components,
        scope.basis.denominator,
        {
            str(name): None if np.isnan(one) else float(one)
            for name, one in zip(tables.posts["external_id"], each, strict=True)
        },
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """What all files of an export share."""

    spooled: SpooledExport
    rates: PostRates
    monthly: Sheet
    t: Translator

    @property
    def request(self) -> ExportRequest:
        return self.spooled.request

    def sheets(self, part: Slice) -> list[Sheet]:
        """Returns the sheets of one workbook, the most wanted first."""
        found = [self.posts(part)]
        found += [self.monthly] if self.monthly.rows else []
        found += [self._audience()] if self.request.audience else []
        found += [self._readings(part)] if self.request.readings else []
        return [*found, notes(self.request, self.rates, self.t)]

    def posts(self, part: Slice) -> Sheet:
        given, told = self.spooled.counters[POSTS], self.spooled.told
        after = [name for name in ("text_length", "hashtags") if name in told]
        last = ["observed_at", *(["steps"] if "steps" in told else [])]
        names = [*_FACTS, *given, "rate", *after, *last]

        def row(post: Post, percent: float | None) -> list[Cell]:
            facts = (post.title, post.link, self._format(post), post.is_ad, post.is_forwarded)
            counts = (getattr(post, name) for name in given)
            texts = {"text_length": post.text_length, "hashtags": _hashtags(post)}
            cells = [post.external_id, self._moment(post.published_at), *facts, *counts, rounded(percent)]
            cells += [*(texts[name] for name in after), self._observed(post)]
            return [*cells, post.steps] if "steps" in told else cells

        rows = (
            row(post, self.rates.percents.get(post.external_id))
            for post in self.spooled.rows(POSTS)
            if part.holds(post)
        )
        return self._sheet("posts", names, rows, {**dict.fromkeys(given, COUNT), "rate": PERCENT})

    def _readings(self, part: Slice) -> Sheet:
        given = self.spooled.counters[READINGS]

        def row(reading: Post) -> list[Cell]:
            published, counts = self._moment(reading.published_at), (getattr(reading, name) for name in given)
            return [reading.external_id, published, self._observed(reading), *counts]

        rows = (row(reading) for reading in self.spooled.rows(READINGS) if part.holds(reading))
        names = ["post_id", "date", "observed_at", *given]
        return self._sheet("readings", names, rows, dict.fromkeys(given, COUNT))

    def _audience(self) -> Sheet:
        rows = ([self._moment(one.observed_at), one.subscribers] for one in self.spooled.audience())
        return self._sheet("audience", ["date", "subscribers"], rows, {"subscribers": COUNT})

    def _sheet(
        self, code: str, names: Sequence[str], rows: Iterator[Sequence[Cell]], formats: dict[str, str]
    ) -> Sheet:
        return Sheet(
            self.t.plain(f"export.sheet.{code}"),
            [self._title(name) for name in names],
            rows,
            {place: _WIDTHS[name] for place, name in enumerate(names) if name in _WIDTHS},
            {place: formats[name] for place, name in enumerate(names) if name in formats},
            ids=[place for place, name in enumerate(names) if name in ("id", "post_id")],
        )

    def _title(self, name: str) -> str:
        if name == "rate":
            return self.t.plain(f"export.rate.{self.rates.code}")
        if name == "date":
            return self.t.plain("export.column.date", zone=self.request.zone)
        key = f"export.column.{name}"
        return self.t.plain(key if self.t.has(key) else f"field.{name}")

    def _format(self, post: Post) -> str | None:
        return self.t.plain(f"export.format.{post.format}") if post.format else None

    def _observed(self, post: Post) -> Cell:
        """Returns when a post was counted; None where the source did not say."""
        return self._moment(post.observed_at) if post.observed_exact else None

    def _moment(self, at: int) -> Cell:
        """Returns a local moment: a spreadsheet's date has no zone, the title of its column names it."""
        return datetime.fromtimestamp(at, ZoneInfo(self.request.zone)).replace(tzinfo=None)


def open_contents(spooled: SpooledExport, t: Translator) -> Contents:
    tables = spooled.tables()
    return Contents(spooled, post_rates(tables), months(tables, t, asked_period(spooled.request)), t)


def asked_period(request: ExportRequest) -> Period | None:
    if request.period is None:
        return None
    return resolve(request.period, request.as_of, ZoneInfo(request.zone))


def _hashtags(post: Post) -> str | None:
    return " ".join(f"#{word}" for word in post.hashtags.split()) if post.hashtags else None


def notes(request: ExportRequest, rates: PostRates, t: Translator) -> Sheet:
    titles = [t.plain("export.notes.what"), t.plain("export.notes.how")]
    return Sheet(t.plain("export.sheet.notes"), titles, list(_rows(request, rates, t)), {0: 26, 1: 100})


def _rows(request: ExportRequest, rates: PostRates, t: Translator) -> Iterator[list[str]]:
    made = datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone))
    yield [t.plain("export.notes.channel"), request.title]
    yield [t.plain("export.notes.made"), f"{t.date(made.date(), year=True)}, {made:%H:%M}"]
    yield [t.plain("export.notes.zone"), request.zone]
    rate = t.plain(f"export.rate.{rates.code}")
    if rates.components:
        formula = {
            "components": plain(sum_of(rates.components, t)),
            "denominator": t.plain(f"answer.denominator.{rates.denominator}"),
        }
        yield [rate, t.plain("export.notes.rate", **formula)]
    else:
        yield [rate, t.plain("export.notes.no_rate")]
    for code in ("empty", "months", "interval", "observed_at", "steps"):
        yield [t.plain(f"export.notes.{code}"), t.plain(f"export.notes.{code}.how")]
    if request.readings < request.all_readings:
        counts = {"kept": t.number(request.readings), "all": t.number(request.all_readings)}
        yield [t.plain("export.sheet.readings"), t.plain("export.notes.newest", **counts)]
