"""The last sheet of an export: in plain words how its figures came about. Runs in workers."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.sheets import Sheet
from bot.answers.wording import plain, sum_of
from bot.core.locales import Translator
from bot.features.export.request import ExportRequest
from bot.features.export.single_posts import PostRates


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
