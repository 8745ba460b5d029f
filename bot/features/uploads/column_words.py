"""Which column is which, in words: the question, and the first rows as they would be stored."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.answers.wording import MESSAGE_UNITS, fit, fitting, folded, shortened, units
from bot.core.locales import Html, Translator
from bot.features.uploads.columns_asked import ORDER, Asking
from metrics.posts import COUNTERS, Post
from storage.files.upload.questions import KnownColumn, TableColumns
from storage.files.upload.understood import ColumnUse
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace

COUNTERS_SHOWN = 4
TITLES_SHOWN = 6
TITLE_SHOWN = 28


def question(asking: Asking, upload: Import, t: Translator) -> str:
    if asking.step == ORDER and asking.dates is not None:
        return t("columns.ask_order", name=asking.file or upload.file_names[0], example=asking.dates.example)
    names = ", ".join(t.plain(f"files.meaning.{name}") for name in asking.open_names)
    lines = (
        []
        if asking.chosen
        else [t("columns.unknown", name=asking.file or upload.file_names[0], columns=names), ""]
    )
    return fit([*lines, *_chosen(asking, t), t(f"columns.ask_{asking.step}")], MESSAGE_UNITS)


def preview(asking: Asking, posts: Sequence[Post], workspace: Workspace, t: Translator) -> str:
    rows = [_row(post, ZoneInfo(workspace.zone), t) for post in posts]
    return fit(
        [t("columns.preview"), *rows, "", *_chosen(asking, t), t("columns.is_it_right")], MESSAGE_UNITS
    )


def which_column(found: TableColumns, t: Translator) -> str:
    lines = [
        t("columns.taken", title=one.title, example=one.example, meaning=meaning_word(one.meaning, t))
        for one in found.columns
    ]
    head = t("columns.ask_column", name=found.file)
    return f"{head}\n{folded(fitting(lines, MESSAGE_UNITS - units(head) - 1))}"


def which_meaning(column: KnownColumn, t: Translator) -> str:
    return t("columns.ask_meaning", title=column.title, example=column.example)


def meaning_word(meaning: str | None, t: Translator) -> str:
    return t.plain(f"files.meaning.{meaning}") if meaning else t.plain("columns.aside")


def account(uses: Sequence[ColumnUse], t: Translator) -> tuple[list[Html], list[Html]]:
    """Returns a line of what was taken and what not, by titles; and column by column why.

    Nothing where no table was read.
    """
    taken = list(dict.fromkeys(use.title for use in uses if use.meaning))
    aside = [title for title in dict.fromkeys(use.title for use in uses if use.aside) if title not in taken]
    if not taken:
        return [], []
    head = t("columns.understood", columns=_shown(taken, t))
    if aside:
        head = t("columns.understood_and_not", columns=_shown(taken, t), aside=_shown(aside, t))
    details = [
        t("files.explain.column", title=use.title, what=t(f"files.meaning.{use.meaning}"))
        for use in uses
        if use.meaning
    ] + [
        t("files.explain.column", title=use.title, what=t(f"files.aside.{use.aside}"))
        for use in uses
        if use.aside
    ]
    return [head], list(dict.fromkeys(details))


def _shown(titles: Sequence[str], t: Translator) -> str:
    """Returns as many titles as are read on a phone."""
    shown = ", ".join(shortened(title, TITLE_SHOWN) for title in titles[:TITLES_SHOWN])
    if len(titles) <= TITLES_SHOWN:
        return shown
    return shown + t.plain("uploads.left_out.more", count=t.number(len(titles) - TITLES_SHOWN))


def day_of(moment: int, t: Translator) -> str:
    """Returns a day, «3 апреля»: which month it is has to be seen at a glance."""
    return t.long_date(datetime.fromtimestamp(moment, UTC).date())


def _chosen(asking: Asking, t: Translator) -> list[Html]:
    """Returns what was said so far, a line each."""
    lines = []
    for name in asking.chosen:
        title = asking.title_of(name)
        said = t("columns.chosen", meaning=t(f"columns.{name}"), title=title) if title else None
        lines.append(said or t("columns.chosen_none", meaning=t(f"columns.{name}")))
    return lines


def _row(post: Post, zone: ZoneInfo, t: Translator) -> str:
    at = datetime.fromtimestamp(post.published_at, zone)
    when = t.moment(at, year=True) if post.time_known else t.date(at.date(), year=True)
    known = [(name, getattr(post, name)) for name in COUNTERS if getattr(post, name) is not None]
    figures = ", ".join(f"{t(f'field.{name}')} {t.number(count)}" for name, count in known[:COUNTERS_SHOWN])
    return t("columns.row", when=when, figures=figures)
