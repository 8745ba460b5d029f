"""What was understood of a file, in words: format, posts, period, what is there, what is missing and what follows."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.locales import Html, Translator
from bot.reports.wording import fit
from metrics.posts import INTERACTIONS
from storage.channels import Channel
from storage.files.understood import ChannelContents, Skipped, Understood
from storage.imports import Import
from storage.workspaces import Workspace

MESSAGE_UNITS = 4096
CHANNELS_SHOWN = 5
Part = tuple[Channel, ChannelContents]  # where a part of the file went, and what it held


def told(
    understood: Understood,
    stored: Sequence[Part],
    new_and_updated: tuple[int, int],
    workspace: Workspace,
    t: Translator,
) -> str:
    new, updated = new_and_updated
    lines = [
        *_formats(understood, t),
        *_channels(stored, workspace, t),
        "",
        *_fields([contents for _, contents in stored], t),
        *_skipped(understood.skipped, t),
        *(t(f"files.warning.{warned.code}", **warned.params) for warned in understood.warnings),
        "",
        _saved(new, updated, t),
    ]
    return fit(lines, MESSAGE_UNITS)


def _saved(new: int, updated: int, t: Translator) -> str:
    if not updated:
        return t("uploads.saved_new", new=t.number(new))
    return t("uploads.saved", new=t.number(new), updated=t.number(updated))


def same(earlier: Import, workspace: Workspace, t: Translator) -> str:
    return t(
        "uploads.same", date=t.date(_day(earlier.finished_at or earlier.created_at, workspace), year=True)
    )


def whose(understood: Understood, workspace: Workspace, t: Translator) -> str:
    nameless = [contents for contents in understood.channels if not contents.channel.key]
    return fit(
        [*_formats(understood, t), *(_question(contents, workspace, t) for contents in nameless)],
        MESSAGE_UNITS,
    )


def _question(contents: ChannelContents, workspace: Workspace, t: Translator) -> str:
    return t(
        "uploads.which_channel",
        posts=t.plural("uploads.posts", contents.posts),
        **_span(contents, workspace, t),
    )


def _formats(understood: Understood, t: Translator) -> Iterator[str]:
    for code in dict.fromkeys(file.format for file in understood.files):
        yield t("uploads.understood", format=t.plain(f"files.format.{code}"))


def _channels(stored: Sequence[Part], workspace: Workspace, t: Translator) -> Iterator[str]:
    for channel, contents in stored[:CHANNELS_SHOWN]:
        key = "uploads.channel" if contents.posts else "uploads.channel_audience"
        yield t(
            key,
            title=channel.title,
            posts=t.plural("uploads.posts", contents.posts),
            **_span(contents, workspace, t),
        )
    if len(stored) > CHANNELS_SHOWN:
        yield t("uploads.more_channels", count=t.plural("uploads.channels", len(stored) - CHANNELS_SHOWN))
    forwarded = sum(contents.forwarded for _, contents in stored)
    if forwarded:
        yield t("uploads.forwarded", count=t.number(forwarded))


def _fields(parts: Sequence[ChannelContents], t: Translator) -> Iterator[str]:
    posts = sum(part.posts for part in parts)
    if not posts:
        return
    counts: dict[str, int] = {}
    for part in parts:
        for name, count in part.fields.items():
            counts[name] = counts.get(name, 0) + count
    if counts:
        yield t(
            "uploads.fields",
            fields=Html(", ".join(_field(name, count, posts, t) for name, count in counts.items())),
        )
    wanted = ("views", *INTERACTIONS[parts[0].channel.platform])
    missing = [name for name in wanted if not counts.get(name)]
    if missing and not ("interactions_sum" in counts and missing != ["views"]):
        yield t("uploads.missing", fields=", ".join(t.plain(f"field.{name}") for name in missing))
    if "views" in missing and not counts.get("reach"):
        yield t("uploads.no_views")
    elif not any(counts.get(name) for name in (*INTERACTIONS[parts[0].channel.platform], "interactions_sum")):
        yield t("uploads.no_interactions")
    if any(part.approximate for part in parts):
        yield t("uploads.approximate")


def _field(name: str, count: int, posts: int, t: Translator) -> str:
    label = t(f"field.{name}")
    if count == posts or name == "subscribers":
        return label
    return t("uploads.field_partly", field=label, count=t.number(count), posts=t.number(posts))


def _skipped(skipped: Sequence[Skipped], t: Translator) -> Iterator[str]:
    if skipped:
        yield t("uploads.skipped_title")
    for row in skipped:
        example = t("uploads.skipped_example", row=row.example_row) if row.example_row else ""
        yield t(
            "uploads.skipped",
            reason=t(f"files.skipped.{row.reason}"),
            count=t.number(row.count),
            example=example,
        )


def _span(contents: ChannelContents, workspace: Workspace, t: Translator) -> dict[str, str]:
    return {
        "first": t.date(_day(contents.first or 0, workspace), year=True),
        "last": t.date(_day(contents.last or 0, workspace), year=True),
    }


def _day(moment: int, workspace: Workspace) -> date:
    return datetime.fromtimestamp(moment, ZoneInfo(workspace.zone)).date()
