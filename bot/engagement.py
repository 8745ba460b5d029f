"""The answer to `/er`, from the rows to the message: computed in a worker, drawn once per version of the data."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputMediaPhoto, Message

from bot import keyboards
from bot.clock import Clock
from bot.locales import Translator
from bot.periods import PeriodChoice
from bot.reports.engagement.gather import gather
from bot.reports.engagement.request import build, resolve
from bot.reports.report import Report
from bot.workers import Workers
from storage import pictures
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Engagement:
    database: Database
    workers: Workers
    clock: Clock
    reuse_pictures: bool = True  # off only to measure what drawing costs

    async def answer(
        self, to: Message, workspace: Workspace, channel: Channel, period: PeriodChoice, t: Translator
    ) -> None:
        """A new message. Raises DomainError("er.no_data")."""
        report, key, file_id = await self._report(workspace, channel, period)
        markup = self._buttons(report, channel, period, t)
        if not (report.picture or file_id):
            await to.answer(report.text, reply_markup=markup)
            return
        sent = await to.answer_photo(file_id or _upload(report), caption=report.text, reply_markup=markup)
        await self._remember(workspace, key, sent)

    async def replace(
        self, shown: Message, workspace: Workspace, channel: Channel, period: PeriodChoice, t: Translator
    ) -> None:
        """The same message with another period: picture and words together."""
        report, key, file_id = await self._report(workspace, channel, period)
        markup = self._buttons(report, channel, period, t)
        if not (report.picture or file_id):
            await shown.answer(report.text, reply_markup=markup)
            return
        media = InputMediaPhoto(media=file_id or _upload(report), caption=report.text)
        edited = await shown.edit_media(media, reply_markup=markup)
        if isinstance(edited, Message):
            await self._remember(workspace, key, edited)

    async def _report(
        self, workspace: Workspace, channel: Channel, period: PeriodChoice
    ) -> tuple[Report, str, str | None]:
        as_of = int(self.clock.now().timestamp())
        key = _key(workspace, channel, period, as_of)
        async with self.database.read() as conn:
            file_id = await pictures.recall(conn, workspace.id, key) if self.reuse_pictures else None
            request = await gather(conn, workspace, channel, period, as_of, draw=file_id is None)
        return await self.workers.run(build, request), key, file_id

    async def _remember(self, workspace: Workspace, key: str, sent: Message) -> None:
        if not (self.reuse_pictures and sent.photo):
            return
        async with self.database.begin() as conn:
            now = int(self.clock.now().timestamp())
            await pictures.remember(conn, workspace.id, key, sent.photo[-1].file_id, now)

    def _buttons(
        self, report: Report, channel: Channel, period: PeriodChoice, t: Translator
    ) -> InlineKeyboardMarkup:
        ask = "subscribers" in report.wants and channel.level == "own"
        return keyboards.engagement_periods(t, channel, period, ask_subscribers=ask)


def _key(workspace: Workspace, channel: Channel, period: PeriodChoice, as_of: int) -> str:
    """The same key means the same picture: the day counts, because the last days of a period move with it."""
    whole = resolve(period, as_of, ZoneInfo(workspace.zone))
    return f"er/{channel.id}/{channel.data_version}/{whole.start_unix}-{whole.end_unix}/{workspace.language}/{workspace.zone}"


def _upload(report: Report) -> BufferedInputFile:
    assert report.picture is not None
    return BufferedInputFile(report.picture, filename="er.png")
