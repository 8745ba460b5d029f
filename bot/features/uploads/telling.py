"""The end of an upload: what came of it is told, and subscribers are asked for once for all of its channels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import Message

from bot.core.clock import Clock
from bot.core.locales import Translator
from bot.core.parsing.periods import MAX_DAYS, PeriodChoice
from bot.core.workers import Workers
from bot.features.uploads import keyboards, words
from bot.features.uploads.answers import Answers
from bot.features.uploads.fresh_drops import fresh_drops
from bot.features.uploads.joining import StoredCount
from bot.features.uploads.status import say
from bot.telegram.asking import Asker, ask_subscribers, channel_ids, channels_asked_about
from bot.telegram.questions import QuestionKind
from storage.engine import Database
from storage.files.upload.questions import CORRECTABLE
from storage.files.upload.understood import ChannelContents, Understood
from storage.upload_steps import Step
from storage.workspace import audience, imports, questions, schedules
from storage.workspace.channels import Channel
from storage.workspace.imports import Import
from storage.workspace.questions import Question
from storage.workspace.workspaces import Workspace

SHOWN_DAYS = 30  # of the file, by the first button under it
MOST_ASKED = 5  # channels of one question about subscribers: nobody types sixteen numbers


@dataclass(frozen=True, slots=True)
class Telling:
    database: Database
    workers: Workers
    clock: Clock
    limit_mb: int

    async def tell(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        understood: Understood,
        stored: StoredCount,
        answers: Answers,
        t: Translator,
    ) -> None:
        shown = [channel for channel, _ in stored.channels]
        async with self.database.read() as conn:
            newest = {one.id: await audience.newest(conn, workspace.id, one.id) for one in shown}
            pending = await questions.pending(conn, workspace.id, upload.requested_by)
            digest = await schedules.get(conn, workspace.id, "digest")
        drops = await fresh_drops(self.database, self.workers, workspace, shown, t)
        unknown = [one for one, held in stored.channels if held.posts and newest[one.id] is None]
        text = words.told(
            understood,
            stored.channels,
            (stored.new, stored.updated),
            workspace,
            t,
            subscribers_known=None not in newest.values(),
            drops=drops,
            left_out=words.left_out(answers.left_out, self.limit_mb, t),
        )
        is_asked = 0 < len(unknown) <= MOST_ASKED and _may_ask(pending)
        markup = keyboards.after_upload(
            t,
            upload,
            [(channel, periods_of(contents, workspace)) for channel, contents in stored.channels],
            offer_columns=any(file.format in CORRECTABLE for file in understood.files),
            offer_subscribers=unknown[0] if unknown and not is_asked else None,
            offer_digest=digest is None and bool(stored.new),
        )
        is_news = await say(status, text, markup)
        if is_asked and not _waits_for(unknown, pending, upload, answers):
            await self._ask(status, workspace, upload, unknown, pending, t, is_news=is_news)
        async with self.database.begin() as conn:
            said = replace(answers, said=True, asking=None, asked=answers.asked or is_asked)
            await imports.note_dialogue(conn, workspace.id, upload.id, said.as_kept())

    async def _ask(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        unknown: Sequence[Channel],
        pending: Question | None,
        t: Translator,
        *,
        is_news: bool,
    ) -> None:
        """Asks, together with what an earlier file asked in vain."""
        waiting = _waiting(pending)
        if pending and not is_news and not waiting:
            return
        asked, uploads = list(unknown), [upload.id]
        async with self.database.begin() as conn:
            await imports.move(conn, workspace.id, upload.id, Step.SUBSCRIBERS)
            if pending and waiting:
                earlier = await channels_asked_about(conn, workspace.id, pending)
                asked = [*(one for one in earlier if one.id not in {new.id for new in unknown}), *asked]
                uploads = list(dict.fromkeys([*pending.payload.get("uploads", []), upload.id]))
        person = upload.requested_by
        asker = Asker(status, self.database, self.clock, workspace, person, t, upload.message_id)
        await ask_subscribers(asker, asked, uploads=uploads)


def _may_ask(pending: Question | None) -> bool:
    """Tells whether to ask: nobody is torn out of another question by a file that was read meanwhile."""
    return pending is None or pending.kind in (QuestionKind.SUBSCRIBERS, QuestionKind.SHARING)


def _waiting(pending: Question | None) -> list[int]:
    return channel_ids(pending.payload) if pending and pending.kind == QuestionKind.SUBSCRIBERS else []


def _waits_for(
    unknown: Sequence[Channel], pending: Question | None, upload: Import, answers: Answers
) -> bool:
    """Tells whether the channels' subscribers are asked for already; not where a crash kept the question from being shown."""
    if pending is None or not {one.id for one in unknown} <= set(_waiting(pending)):
        return False
    return answers.asked or upload.id not in pending.payload.get("uploads", [])


def periods_of(contents: ChannelContents, workspace: Workspace) -> list[PeriodChoice]:
    """Returns the last 30 days of a file's posts and, if it holds more, the whole; in local days."""
    if contents.first is None or contents.last is None or not contents.posts:
        return [PeriodChoice(days=SHOWN_DAYS)]
    zone = ZoneInfo(workspace.zone)
    first, last = (datetime.fromtimestamp(at, zone).date() for at in (contents.first, contents.last))
    recent = max(first, last - timedelta(days=SHOWN_DAYS - 1))
    whole = max(first, last - timedelta(days=MAX_DAYS - 1))
    return [PeriodChoice(first=begin, last=last) for begin in dict.fromkeys((recent, whole))]
