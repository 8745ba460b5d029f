"""`otklik read`: what the importer understands."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.core.locales import Translator, translator
from bot.features.uploads.words import in_words
from bot.terminal.inputs import read_files, typed_hints
from bot.terminal.talk import progress, read_moment, read_zone, refuse, show_json, speaker
from metrics.errors import DomainError
from storage.files.upload.listing import describe
from storage.files.upload.understood import ChannelContents, FileWarning, Understood


def read(
    files: Sequence[Path],
    *,
    columns: str | None,
    day_first: bool | None,
    as_of: str | None,
    zone: str,
    language: str | None,
    as_json: bool,
    explain: bool = False,
) -> int:
    t = translator("en")
    try:
        t = speaker(language)
        where = read_zone(zone)
        hints = typed_hints(columns, day_first=day_first)
        with progress(t.plain("cli.reading")):
            understood, _ = read_files(files, zone, read_moment(as_of, where), hints)
    except DomainError as error:
        return refuse(error, t, as_json=as_json)
    if as_json:
        show_json(describe(understood))
    else:
        _show(understood, t)
        if explain:
            _explain(understood, t)
    return 0


def _show(understood: Understood, t: Translator) -> None:
    console = Console()
    for file in understood.files:
        console.print(f"{file.path}: {t.plain(f'files.format.{file.format}')}", markup=False, highlight=False)
    console.print(_channels(understood.channels, t))
    for skipped in understood.skipped:
        reason = t.plain(f"files.skipped.{skipped.reason}")
        example = t.plain("uploads.skipped_example", row=skipped.example_row) if skipped.example_row else ""
        console.print(
            t.plain(
                "uploads.skipped",
                reason=reason,
                rows=t.plural("uploads.rows", skipped.count),
                example=example,
            ),
            markup=False,
        )
    for warned in understood.warnings:
        console.print(t.plain(f"files.warning.{warned.code}", **_in_words(warned, t)), markup=False)


def _in_words(warned: FileWarning, t: Translator) -> dict[str, str | int]:
    """Returns what a warning leaves open; a counter by its name."""
    params = in_words(warned, t)
    metric = params.get("metric")
    if metric and t.has(f"field.{metric}"):
        params["metric"] = t.plain(f"field.{metric}")
    return params


def _explain(understood: Understood, t: Translator) -> None:
    """Prints what was understood and left aside, column by column, and when the figures were read."""
    console = Console()
    taken = [
        _column(use.title, t.plain(f"files.meaning.{use.meaning}"), t)
        for use in understood.columns
        if use.meaning
    ]
    aside = [
        _column(use.title, t.plain(f"files.aside.{use.aside}"), t) for use in understood.columns if use.aside
    ]
    lines = [
        *([t.plain("files.explain.understood", columns="; ".join(taken))] if taken else []),
        *([t.plain("files.explain.left_aside", columns="; ".join(aside))] if aside else []),
        _moment(understood.moment, t),
    ]
    for line in lines:
        console.print(line, markup=False, highlight=False)


def _column(title: str, what: str, t: Translator) -> str:
    return t.plain("files.explain.column", title=title, what=what)


def _moment(at: int | None, t: Translator) -> str:
    if at is None:
        return t.plain("files.explain.moment_unknown")
    return t.plain("files.explain.moment", moment=t.date(datetime.fromtimestamp(at, UTC).date(), year=True))


def _channels(channels: Sequence[ChannelContents], t: Translator) -> Table:
    table = Table(t.plain("cli.channel"), t.plain("cli.posts"), t.plain("cli.period"), t.plain("cli.fields"))
    for contents in channels:
        found = contents.channel
        totals = ", ".join(
            f"{t.plain(f'field.{name}')} {t.number(total, approximate=contents.approximate)}"
            for name, total in contents.totals.items()
        )
        table.add_row(
            found.name or found.handle or (found.platform if found.key else "—"),
            t.number(contents.posts),
            _period(contents, t),
            totals or "—",
        )
    return table


def _period(contents: ChannelContents, t: Translator) -> str:
    if contents.first is None or contents.last is None:
        return "—"
    first, last = (datetime.fromtimestamp(at, UTC).date() for at in (contents.first, contents.last))
    return f"{t.date(first, year=True)} — {t.date(last, year=True)}"
