"""The evidence of a check as a workbook: every finding with its range, what was not checked, every post. Runs in workers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.sheets import Cell, Sheet, style_of, workbook
from bot.answers.wording import plain
from bot.core.locales import Translator, translator
from bot.features.check.compute import audit_of
from bot.features.check.request import CheckRequest
from bot.features.check.words import dates, value_words
from metrics.audit import Audit
from metrics.posts import Post

COUNTERS = ("views", "reactions", "comments", "forwards")


def workbook_of(request: CheckRequest) -> tuple[str, bytes]:
    t, checked = translator(request.language), audit_of(request)
    day = datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone))
    name = f"check-{request.handle or 'channel'}-{day:%Y-%m-%d}.xlsx"
    return name, workbook(
        [_findings(checked, ZoneInfo(request.zone), t), _not_checked(checked, t), _posts(request, t)],
        style_of(t),
    )


def _findings(checked: Audit, zone: ZoneInfo, t: Translator) -> Sheet:
    rows: list[list[Cell]] = [
        [
            t.plain(f"audit.indicator.{found.indicator}"),
            value_words(found.value, found.unit, t),
            value_words(found.usual_low, found.unit, t),
            value_words(found.usual_high, found.unit, t),
            t.plain(f"audit.strength.{found.strength}") if found.strength else None,
            found.points,
            found.n,
            dates(found, zone, t) or None,
            plain(t(f"audit.innocent.{found.explanation}")) if found.strength else None,
        ]
        for found in (*checked.findings, *checked.usual)
    ]
    titles = ("indicator", "value", "low", "high", "strength", "points", "n", "dates", "innocent")
    return Sheet(
        t.plain("check.sheet.findings"),
        [t.plain(f"check.column.{name}") for name in titles],
        rows,
        {0: 40, 7: 28, 8: 60},
    )


def _not_checked(checked: Audit, t: Translator) -> Sheet:
    rows = [
        [t.plain(f"audit.indicator.{one.indicator}"), t.plain(f"audit.needs.{one.needs}")]
        for one in checked.not_checked
    ]
    titles = [t.plain("check.column.indicator"), t.plain("check.column.needs")]
    return Sheet(t.plain("check.sheet.not_checked"), titles, rows, {0: 40, 1: 60})


def _posts(request: CheckRequest, t: Translator) -> Sheet:
    zone = ZoneInfo(request.zone)

    def row(post: Post) -> list[Cell]:
        moments = (post.published_at, post.observed_at)
        at = [datetime.fromtimestamp(moment, zone).replace(tzinfo=None) for moment in moments]
        return [post.external_id, *at, *(getattr(post, name) for name in COUNTERS), post.steps]

    titles = [t.plain("export.column.post_id"), t.plain("export.column.date", zone=request.zone)]
    titles += [t.plain("export.column.observed_at")]
    titles += [*(t.plain(f"field.{name}") for name in COUNTERS), t.plain("export.column.steps")]
    return Sheet(
        t.plain("check.sheet.posts"), titles, [row(post) for post in request.readings], {1: 18, 2: 18}
    )
