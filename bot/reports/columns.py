"""Which column is which, in words: the question, and the first rows as they would be stored."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.locales import Html, Translator
from bot.reports.wording import fit
from bot.uploads.columns_asked import ORDER, Asking
from metrics.posts import COUNTERS, Post
from storage.imports import Import
from storage.workspaces import Workspace

MESSAGE_UNITS = 4096
COUNTERS_SHOWN = 4


def question(asking: Asking, upload: Import, t: Translator) -> str:
    if asking.step == ORDER and asking.dates is not None:
        return t("columns.ask_order", name=upload.file_names[0], example=asking.dates.example)
    lines = [] if asking.chosen else [t("columns.unknown", name=upload.file_names[0]), ""]
    return fit([*lines, *_chosen(asking, t), t(f"columns.ask_{asking.step}")], MESSAGE_UNITS)


def preview(asking: Asking, posts: Sequence[Post], workspace: Workspace, t: Translator) -> str:
    rows = [_row(post, ZoneInfo(workspace.zone), t) for post in posts]
    return fit(
        [t("columns.preview"), *rows, "", *_chosen(asking, t), t("columns.is_it_right")], MESSAGE_UNITS
    )


def day_of(moment: int, t: Translator) -> str:
    """«3 апреля»: which month it is has to be seen at a glance."""
    return t.long_date(datetime.fromtimestamp(moment, UTC).date())


def _chosen(asking: Asking, t: Translator) -> list[Html]:
    """What was said so far, a line each."""
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
