"""The answer to `/er`, from the rows to the message: computed in a worker, drawn once per version of the data."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputMediaPhoto, Message

from bot.answers.gather import gather
from bot.answers.report import Report
from bot.answers.request import resolve
from bot.answers.spans import span_words
from bot.answers.wording import plain
from bot.core.clock import Clock
from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.core.workers import Workers
from bot.features.engagement.request import BesideRequest, build, build_beside
from bot.telegram import keyboards, said
from bot.telegram.callbacks import EngagementButton
from bot.telegram.conversation import Conversation
from metrics.periods import Period
from storage.engine import Database
from storage.workspace import notes, pictures
from storage.workspace.channels import Channel
from storage.workspace.notes import Note
from storage.workspace.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """`photo`: Telegram's id of a picture it has, or a new one; None where there is nothing to draw."""

    report: Report
    key: str
    photo: str | BufferedInputFile | None


Send = Callable[[Answer], Awaitable[Message | bool]]


@dataclass(frozen=True, slots=True)
class Card:
    """A finished answer for others to see. `photo`: Telegram's id of its picture, where it has one; `headline`: a plain line."""

    text: str
    photo: str | None
    headline: str


@dataclass(frozen=True, slots=True)
class Engagement:
    database: Database
    workers: Workers
    clock: Clock
    offers_pages: bool = False  # whether views may be taken from public pages
    reuse_pictures: bool = True  # off only to measure what drawing costs

    async def answer(self, chat: Conversation, channel: Channel, period: PeriodChoice) -> None:
        """Answers in a new message. Raises DomainError("er.no_data"), ("er.before_data")."""
        to = chat.message

        async def send(answer: Answer) -> Message | bool:
            markup = self._buttons(answer.report, channel, period, chat.t)
            if answer.photo is None:
                return await to.answer(answer.report.text, reply_markup=markup)
            return await to.answer_photo(answer.photo, caption=answer.report.text, reply_markup=markup)

        await self._show(chat.workspace, channel, period, send)

    async def answer_beside(
        self, chat: Conversation, channel: Channel, periods: tuple[PeriodChoice, PeriodChoice]
    ) -> None:
        """Answers with two periods in one message. Raises DomainError("er.no_data"), ("er.before_data")."""
        as_of = int(self.clock.now().timestamp())
        async with self.database.read() as conn:
            first, second = [
                await gather(conn, chat.workspace, channel, one, as_of, draw=False) for one in periods
            ]
        report = await self.workers.run(build_beside, BesideRequest(first, second))
        await chat.reply(report.text, _each(chat, channel, periods, as_of))

    async def card(self, workspace: Workspace, channel: Channel, period: PeriodChoice) -> Card:
        """Returns a card without the team's own goals and notes.

        Raises DomainError("er.no_data"), ("er.before_data").
        """
        as_of = int(self.clock.now().timestamp())
        async with self.database.read() as conn:
            whole = resolve(period, as_of, ZoneInfo(workspace.zone))
            marks = await notes.window(conn, workspace.id, channel.id, whole.first, whole.last)
            photo = await pictures.recall(conn, workspace.id, _key(workspace, channel, whole, marks))
            request = await gather(conn, workspace, channel, period, as_of, draw=False)
        report = await self.workers.run(build, dataclasses.replace(request, goals=(), notes=()))
        lines = [line for line in plain(report.text).splitlines() if line]
        return Card(report.text, photo, " · ".join(lines[1:4]))

    async def replace(self, chat: Conversation, channel: Channel, period: PeriodChoice) -> None:
        """Replaces the pressed message by another period, picture and words; words alone get a new one."""
        shown = chat.message
        if not shown.photo:
            await self.answer(chat, channel, period)
            return

        async def change(answer: Answer) -> Message | bool:
            markup = self._buttons(answer.report, channel, period, chat.t)
            if answer.photo is None:
                return await shown.answer(answer.report.text, reply_markup=markup)
            media = InputMediaPhoto(media=answer.photo, caption=answer.report.text)
            return await shown.edit_media(media, reply_markup=markup)

        await self._show(chat.workspace, channel, period, change)

    async def _show(self, workspace: Workspace, channel: Channel, period: PeriodChoice, send: Send) -> None:
        """Sends with the picture Telegram has, or draws it; anew too where Telegram lost the old one's id."""
        answer = await self._answer(workspace, channel, period, reuse=self.reuse_pictures)
        try:
            sent = await send(answer)
        except TelegramBadRequest as error:
            if not (isinstance(answer.photo, str) and said.says(error, *said.FORGOTTEN_FILES)):
                raise
            answer = await self._answer(workspace, channel, period, reuse=False)
            sent = await send(answer)
        if self.reuse_pictures and isinstance(sent, Message) and sent.photo:
            await self._remember(workspace, answer.key, sent.photo[-1].file_id)

    async def _answer(
        self, workspace: Workspace, channel: Channel, period: PeriodChoice, *, reuse: bool
    ) -> Answer:
        as_of = int(self.clock.now().timestamp())
        whole = resolve(period, as_of, ZoneInfo(workspace.zone))
        async with self.database.read() as conn:
            marks = await notes.window(conn, workspace.id, channel.id, whole.first, whole.last)
            key = _key(workspace, channel, whole, marks)
            file_id = await pictures.recall(conn, workspace.id, key) if reuse else None
            request = await gather(
                conn,
                workspace,
                channel,
                period,
                as_of,
                draw=file_id is None,
                offers_page=self._offers_page(channel),
            )
        report = await self.workers.run(build, request)
        drawn = BufferedInputFile(report.picture, filename="er.png") if report.picture else None
        return Answer(report, key, file_id or drawn)

    async def _remember(self, workspace: Workspace, key: str, file_id: str) -> None:
        async with self.database.begin() as conn:
            now = int(self.clock.now().timestamp())
            await pictures.remember(conn, workspace.id, key, file_id, now)

    def _offers_page(self, channel: Channel) -> bool:
        is_public = channel.platform == "telegram" and channel.handle is not None
        return self.offers_pages and is_public and channel.level == "own"

    def _buttons(
        self, report: Report, channel: Channel, period: PeriodChoice, t: Translator
    ) -> InlineKeyboardMarkup:
        may_give = report.wants if channel.level == "own" else ()
        return keyboards.engagement_periods(
            t,
            channel,
            period,
            ask_subscribers="subscribers" in may_give,
            offer_page="views" in may_give and self._offers_page(channel),
            fell=report.fell,
        )


def _each(
    chat: Conversation, channel: Channel, periods: Sequence[PeriodChoice], as_of: int
) -> InlineKeyboardMarkup:
    """Returns a button for each period, which opens its answer with the picture."""
    row = [
        keyboards.button(
            chat.t.plain("er.beside.open", period=span_words(whole.first, whole.last, chat.t, chat.today)),
            EngagementButton(channel=channel.id, period=one.code),
        )
        for one in periods
        for whole in [resolve(one, as_of, ZoneInfo(chat.workspace.zone))]
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def _key(workspace: Workspace, channel: Channel, whole: Period, marks: Sequence[Note]) -> str:
    """Returns a key that means the same picture.

    The day counts, because the last days of a period move with it.
    """
    noted = "".join(f"/{one.noted_on:%m%d}" for one in marks)
    days = f"{whole.start_unix}-{whole.end_unix}{noted}"
    return f"er/{channel.id}/{channel.data_version}/{days}/{workspace.language}/{workspace.zone}"
