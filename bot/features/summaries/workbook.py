"""Every channel of a large workspace as a row of a workbook. Runs in workers."""

from collections.abc import Sequence

from bot.answers.sheets import Cell, Sheet, style_of, workbook
from bot.core.locales import Translator
from bot.features.summaries.figures import REACH, Figures
from bot.features.summaries.request import DigestRequest

COLUMNS = (
    "channel",
    "posts",
    "views",
    "er",
    "er_low",
    "er_high",
    "view_rate",
    "subscribers",
    "gained",
    "change",
    "change_low",
    "change_high",
    "best",
    "drops",
)
WIDTHS = {"channel": 34, "best": 34, "drops": 34}


def table_file(told: Sequence[Figures], request: DigestRequest, t: Translator) -> tuple[str, bytes]:
    """Returns name and content of an XLSX file."""
    sheet = Sheet(
        t.plain("digest.table.sheet"),
        [t.plain(f"digest.table.{code}") for code in COLUMNS],
        [_cells(one, t) for one in told],
        {column: WIDTHS[code] for column, code in enumerate(COLUMNS) if code in WIDTHS},
    )
    return f"{t.plain('digest.table.file')}-{request.first:%Y-%m-%d}.xlsx", workbook([sheet], style_of(t))


def _cells(one: Figures, t: Translator) -> list[Cell]:
    """Returns cells in the order of COLUMNS; percent as numbers of percent."""
    summary, change = one.summary, one.change
    rate, reach = summary.rates[one.headline], summary.rates[REACH]
    drops = "; ".join(
        t.plain("digest.table.drop", metric=t.plain(f"replay.metric.{drop.metric}"), since=drop.since)
        for drop in one.channel.drops
    )
    counted = [
        summary.posts.used,
        summary.totals.get("views"),
        _rounded(rate.value),
        _rounded(rate.low),
        _rounded(rate.high),
        _rounded(reach.value),
    ]
    return [
        one.channel.title,
        *([0, *[None] * 5] if one.is_silent else counted),
        summary.subscribers.value if summary.subscribers else None,
        one.gained,
        *([_rounded(change.percent), _rounded(change.low), _rounded(change.high)] if change else [None] * 3),
        (one.best.post.link or one.best.post.title) if one.best else None,
        drops or None,
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
