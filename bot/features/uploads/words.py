"""What was understood of a file, in words: what came and what follows from it first, the rest under a fold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.computable import Computable, computable
from bot.answers.wording import MESSAGE_UNITS, fit, fitting, folded, plain, shortened, units
from bot.core.locales import Html, Translator
from bot.core.parsing import zones
from bot.features.uploads.column_words import account
from bot.features.uploads.left_out import LeftOut
from bot.telegram.sent_together import MOST_FILES
from metrics.posts import INTERACTIONS
from storage.files.upload.questions import ANSWERABLE
from storage.files.upload.understood import ChannelContents, FileWarning, SkippedRows, Understood
from storage.workspace.channels import Channel
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace

CHANNELS_SHOWN = 5
NAMES_SHOWN = 20
NAME_CHARS = 40
FILES_LEFT_OUT_SHOWN = 3
_DAYS = "daily_series"
_TOLD = ("columns_told", "day_first_told", "month_first_told", "rows_are_posts", "rows_are_totals")
Part = tuple[Channel, ChannelContents]  # where a part of the file went, and what it held


def reading(names: Sequence[str], t: Translator) -> str:
    if len(names) > 1:
        return t("uploads.reading_several", count=t.number(len(names)))
    return t("uploads.reading", name=names[0])


def left_out(files: Sequence[LeftOut], limit_mb: int, t: Translator) -> list[Html]:
    """Returns a line a reason, with the names of the files that were not taken."""
    lines = []
    for why in dict.fromkeys(file.why for file in files):
        names = [file.name for file in files if file.why == why]
        shown = ", ".join(names[:NAMES_SHOWN])
        more = t("uploads.left_out.more", count=t.number(len(names) - NAMES_SHOWN))
        lines.append(
            t(
                f"uploads.left_out.{why}",
                names=shown,
                more=more if len(names) > NAMES_SHOWN else "",
                limit_mb=limit_mb,
                most=MOST_FILES,
            )
        )
    return lines


def told(
    understood: Understood,
    stored: Sequence[Part],
    new_and_updated: tuple[int, int],
    workspace: Workspace,
    t: Translator,
    *,
    subscribers_known: bool,
    drops: Sequence[str] = (),
    left_out: Sequence[Html] = (),
) -> str:
    parts = [contents for _, contents in stored]
    counts = _counts(parts)
    posts = sum(part.posts for part in parts)
    platform = parts[0].channel.platform if parts else "other"
    possible = computable(platform, counts, posts=posts, subscribers_known=subscribers_known)
    first = _said_first(understood, posts)
    taken, explained = account(understood.columns, t)
    head = [
        *_channels(stored, workspace, t),
        *([_saved(*new_and_updated, t), *_rates(possible, t)] if posts else ()),
        *drops,
        *left_out,
        *taken,
        *(_warned(warned, t) for warned in first),
        *_next_step(possible, first, t),
    ]
    details = [
        *_formats(understood, t),
        *(_fields(counts, posts, platform, t) if posts else ()),
        *([t("uploads.approximate")] if any(part.approximate for part in parts) else []),
        *_skipped(understood.skipped, t),
        *(_warned(warned, t) for warned in understood.warnings if warned not in first),
        *explained,
    ]
    text = fit(head, MESSAGE_UNITS)
    return f"{text}\n{folded(fitting(details, MESSAGE_UNITS - units(text) - 1))}"


def _said_first(understood: Understood, posts: int) -> list[FileWarning]:
    """Returns what is not left under the fold: what a person had said, files that were not read.

    Also that a file is of days, not posts.
    """
    days = [warned for warned in understood.warnings if warned.code == _DAYS and not posts]
    unread = [warned for warned in understood.warnings if _is_whole_file(warned)]
    return [
        *(warned for warned in understood.warnings if warned.code in _TOLD),
        *unread[:FILES_LEFT_OUT_SHOWN],
        *days[:1],
    ]


def _is_whole_file(warned: FileWarning) -> bool:
    """Tells whether a whole file was left out, no member of an archive and no sheet of a workbook."""
    name = str(warned.params.get("name", ""))
    return warned.code == "left_out" and "/" not in name and ": " not in name


def _next_step(possible: Computable, first: Sequence[FileWarning], t: Translator) -> Iterator[str]:
    if possible.next_step and not any(warned.code == _DAYS for warned in first):  # that says what to send
        yield t(f"uploads.next.{possible.next_step}")


def same(earlier: Import, workspace: Workspace, t: Translator) -> str:
    day = _day(earlier.finished_at or earlier.created_at, workspace)
    return t("uploads.same", date=t.date(day, year=True))


def whose(
    unnamed: Sequence[ChannelContents], names: Sequence[str], workspace: Workspace, t: Translator
) -> str:
    """Asks about the first of the parts, by the file it came in: other questions may be open beside it."""
    contents = unnamed[0]
    held, period = _held(contents, t), _period(contents, workspace, t)
    return t("uploads.which_channel_of", name=names[0], held=held, period=period)


def which_files(names: Sequence[str], t: Translator) -> str:
    shown = ", ".join(shortened(name, NAME_CHARS) for name in names[:NAMES_SHOWN])
    more = t("uploads.left_out.more", count=t.number(len(names) - NAMES_SHOWN))
    count = t.plural("uploads.files", len(names))
    return t("uploads.which_files", count=count, names=shown, more=more if len(names) > NAMES_SHOWN else "")


def which_rows(name: str, rows: int, t: Translator) -> str:
    return t("uploads.which_rows", name=name, rows=t.plural("uploads.rows", rows))


def which_chat(chats: Sequence[ChannelContents], t: Translator) -> str:
    return t("uploads.which_chat", count=t.plural("uploads.channels", len(chats)))


def _saved(new: int, updated: int, t: Translator) -> str:
    if not updated:
        return t("uploads.saved_new", new=t.number(new))
    return t("uploads.saved", new=t.number(new), updated=t.number(updated))


def _formats(understood: Understood, t: Translator) -> Iterator[str]:
    for code in dict.fromkeys(file.format for file in understood.files):
        yield t("uploads.format", format=t(f"files.format.{code}"), why=t(f"files.why.{code}"))


def _channels(stored: Sequence[Part], workspace: Workspace, t: Translator) -> Iterator[str]:
    for channel, contents in stored[:CHANNELS_SHOWN]:
        held, period = _held(contents, t), _period(contents, workspace, t)
        yield t("uploads.channel", title=channel.title, held=held, period=period)
    if len(stored) > CHANNELS_SHOWN:
        yield t("uploads.more_channels", count=t.plural("uploads.channels", len(stored) - CHANNELS_SHOWN))
    forwarded = sum(contents.forwarded for _, contents in stored)
    if forwarded:
        yield t("uploads.forwarded", count=t.number(forwarded))


def _held(contents: ChannelContents, t: Translator) -> Html:
    if contents.posts:
        return Html(t.plural("uploads.posts", contents.posts))
    return t("field.subscribers" if "subscribers" in contents.fields else "uploads.days")


def _rates(possible: Computable, t: Translator) -> Iterator[str]:
    if possible.rates:
        yield t("uploads.can", rates=_joined([t(f"uploads.rate.{code}") for code in possible.rates]))
    by_lack: dict[tuple[str, ...], list[Html]] = {}
    for code, needs in possible.lacking.items():
        beside_subscribers = tuple(need for need in needs if need != "subscribers")
        by_lack.setdefault(beside_subscribers, []).append(t(f"uploads.rate.{code}"))
    if waiting := by_lack.pop((), None):
        yield t("uploads.once_told", rates=_joined(waiting))
    reasons = [
        t(
            "uploads.lacks",
            rates=_joined(rates),
            needs=t("uploads.and").join(t(f"uploads.need.{need}") for need in needs),
        )
        for needs, rates in by_lack.items()
    ]
    if reasons:
        yield t("uploads.cannot", reasons=Html("; ".join(reasons)))


def _counts(parts: Sequence[ChannelContents]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.fields)
    return dict(counts)


def _fields(counts: dict[str, int], posts: int, platform: str, t: Translator) -> Iterator[str]:
    everywhere = [t(f"field.{name}") for name, count in counts.items() if count == posts]
    there = [t("uploads.field_everywhere", field=_joined(everywhere))] if everywhere else []
    there += [_field(name, count, posts, t) for name, count in counts.items() if count != posts]
    if there:
        yield t("uploads.fields", fields=Html("; ".join(there)))
    missing = [name for name in ("views", *INTERACTIONS[platform]) if not counts.get(name)]
    if missing and not ("interactions_sum" in counts and missing != ["views"]):
        yield t("uploads.missing", fields=_joined([t(f"field.{name}") for name in missing]))


def _field(name: str, count: int, posts: int, t: Translator) -> Html:
    label = t(f"field.{name}")
    if name == "subscribers":
        return t("uploads.field_readings", field=label, count=t.number(count))
    return t("uploads.field_partly", field=label, count=t.number(count), posts=t.number(posts))


def _skipped(skipped: Sequence[SkippedRows], t: Translator) -> Iterator[str]:
    for row in skipped:
        example = t("uploads.skipped_example", row=row.example_row) if row.example_row else ""
        reason, rows = t(f"files.skipped.{row.reason}"), t.plural("uploads.rows", row.count)
        yield t("uploads.skipped", reason=reason, rows=rows, example=example)


def _warned(warned: FileWarning, t: Translator) -> Html:
    if warned.code == _DAYS and t.has(f"field.{warned.params['metric']}"):
        return t(
            "files.warning.daily_series", **{**warned.params, "metric": t(f"field.{warned.params['metric']}")}
        )
    if _is_whole_file(warned) and warned.params["refusal"] in ANSWERABLE:
        return t("files.warning.left_out_to_ask", name=str(warned.params["name"]))
    if warned.code != "columns_told":
        return t(f"files.warning.{warned.code}", **in_words(warned, t))
    named = [
        t("columns.meant", meaning=t(f"files.meaning.{name}"), title=title)
        for name, title in warned.params.items()
        if t.has(f"files.meaning.{name}")
    ]
    return t("columns.told", columns=_joined([Html(one) for one in named]))


def in_words(warned: FileWarning, t: Translator) -> dict[str, str | int]:
    """Returns what a warning leaves open: a day as people write it, and why a file was not read."""
    params = dict(warned.params)
    if warned.code == "left_out":
        params["why"] = plain(t(f"error.{params['refusal']}", **warned.params))
    if "day" in params:
        params["day"] = t.date(date.fromisoformat(str(params["day"])), year=True)
    if "zone" in params:
        params["zone"] = zones.shown(str(params["zone"]), t.language)
    return params


def _joined(pieces: Sequence[Html]) -> Html:
    return Html(", ".join(pieces))


def _period(contents: ChannelContents, workspace: Workspace, t: Translator) -> str:
    days = [t.date(_day(moment or 0, workspace), year=True) for moment in (contents.first, contents.last)]
    return " — ".join(dict.fromkeys(days))


def _day(moment: int, workspace: Workspace) -> date:
    return datetime.fromtimestamp(moment, ZoneInfo(workspace.zone)).date()
