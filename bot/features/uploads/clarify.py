"""What a table does not say is asked with buttons: which column is which, whether days or months come first.

Every answer is kept in the import's row before the next question is shown, and the last one for the workspace: the
next file with that header is read at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiogram.types import Message

from bot.core.clock import Clock
from bot.core.locales import Translator
from bot.core.workers import Workers
from bot.features.uploads import column_words as words
from bot.features.uploads import keyboards
from bot.features.uploads import words as upload_words
from bot.features.uploads.answers import Answers
from bot.features.uploads.columns_asked import ANEW, CLEAR, CONFIRM, NO_SUCH, RIGHT, Asking
from bot.features.uploads.downloads import Downloads
from bot.features.uploads.reading import read_in_bulk
from bot.features.uploads.status import say
from bot.telegram.callbacks import ColumnButton
from bot.telegram.errors import sentence
from metrics.errors import DomainError
from metrics.posts import Post
from storage.engine import Database
from storage.files.upload.notes import HeaderMeanings, Hints
from storage.files.upload.questions import Columns, Order, ask_about, first_posts
from storage.upload_steps import Step
from storage.workspace import column_choices, imports
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace

ROWS_SHOWN = 3
_NOTHING_TO_COUNT = (
    "file.header_unknown",
    "file.no_counters",
    "file.not_statistics",
)  # with no column for it


@dataclass(frozen=True, slots=True)
class Clarify:
    database: Database
    workers: Workers
    clock: Clock
    downloads: Downloads
    limit_mb: int

    async def begin(self, status: Message, workspace: Workspace, upload: Import, t: Translator) -> bool:
        """Asks what the files don't say. False where no answer would help."""
        async with self.database.read() as conn:
            told = await column_choices.recall(conn, workspace.id)
        question = await self._find(workspace, upload, told)
        if question is None and told:  # what was said of this header before does not fit this file
            question = await self._find(workspace, upload, {})
        if question is None:
            return False
        asking = Asking.about(question, told.get(question.fingerprint))
        await self.ask(status, workspace, upload, asking, t)
        return True

    async def answer(
        self, status: Message, workspace: Workspace, upload: Import, pressed: ColumnButton, t: Translator
    ) -> bool:
        """Takes an answer. True when nothing is left to ask, and what was said is remembered.

        Raises DomainError("button.stale") for an answer that was not offered.
        """
        asking = Answers.of(upload).asking
        assert asking is not None
        if pressed.asked == CONFIRM and pressed.choice == RIGHT and not asking.is_readable:
            raise DomainError("button.stale")
        if pressed.asked == CONFIRM:
            asking = asking if pressed.choice == RIGHT else asking.anew()
        else:
            asking = asking.answered(pressed.choice)
        if asking.step == CLEAR or (pressed.asked == CONFIRM and pressed.choice != ANEW):
            now = int(self.clock.now().timestamp())
            async with self.database.begin() as conn:
                await column_choices.remember(conn, workspace.id, asking.fingerprint, asking.told(), now)
            return True
        await self.ask(status, workspace, upload, asking, t)
        return False

    async def ask(
        self, status: Message, workspace: Workspace, upload: Import, asking: Asking, t: Translator
    ) -> bool:
        """Keeps how far it came, then shows the question that is open; False if it was shown already."""
        await self._keep(workspace, upload, asking)
        left_out = upload_words.left_out(Answers.of(upload).left_out, self.limit_mb, t)
        if asking.step != CONFIRM:
            text = words.question(asking, upload, t)
            return await say(status, "\n".join([text, *left_out]), keyboards.columns(t, upload, asking))
        try:
            posts = await self._first_posts(workspace, upload, asking)
        except DomainError as error:
            if error.code == "file.date_ambiguous" and (
                asked := await self._order(workspace, upload, asking)
            ):
                return await self.ask(status, workspace, upload, replace(asking, dates=asked), t)
            told = DomainError("columns.no_counters") if error.code in _NOTHING_TO_COUNT else error
            return await say(status, sentence(told, t), keyboards.confirm_columns(t, upload, readable=False))
        await self._keep(workspace, upload, replace(asking, is_readable=True))
        text = words.preview(asking, posts, workspace, t)
        return await say(status, text, keyboards.confirm_columns(t, upload, readable=True))

    async def _keep(self, workspace: Workspace, upload: Import, asking: Asking) -> None:
        answers = replace(
            Answers.of(upload), asking=asking, said=True
        )  # an old press shows it again at no cost
        async with self.database.begin() as conn:
            await imports.move(conn, workspace.id, upload.id, Step.COLUMNS, dialogue=answers.as_kept())

    async def _find(
        self, workspace: Workspace, upload: Import, told: dict[str, HeaderMeanings]
    ) -> Columns | Order | None:
        files = await self.downloads.files_of(upload)
        hints = Hints(told=told)
        return await read_in_bulk(self.workers, len(files), ask_about, files, workspace.zone, hints)

    async def _order(self, workspace: Workspace, upload: Import, asking: Asking) -> Order | None:
        found = await self._find(workspace, upload, {asking.fingerprint: asking.told()})
        return found if isinstance(found, Order) else None

    async def _first_posts(self, workspace: Workspace, upload: Import, asking: Asking) -> Sequence[Post]:
        """Returns the first posts as read. Raises DomainError for an answer that nothing can be read by."""
        if asking.chosen.get("date") == NO_SUCH:
            raise DomainError("columns.no_date")
        hints = Hints(told={asking.fingerprint: asking.told()})
        files = await self.downloads.files_of(upload)
        return await read_in_bulk(
            self.workers, len(files), first_posts, files, workspace.zone, hints, ROWS_SHOWN
        )
