"""What a column was taken for is said otherwise after its file was read: choose the column, then the meaning.

Nothing changes before the meaning is chosen, so that nothing has to be remembered between the presses.
"""

from dataclasses import dataclass, replace

from bot.core.clock import Clock
from bot.core.workers import Workers
from bot.features.uploads.answers import Answers
from bot.features.uploads.downloads import Downloads
from bot.features.uploads.reading import read_in_bulk
from bot.features.uploads.taking_back import take_back
from metrics.errors import DomainError
from storage.engine import Database
from storage.files.upload.notes import ASIDE, HeaderMeanings, Hints
from storage.files.upload.questions import KnownColumn, TableColumns, columns_in
from storage.upload_steps import STORED
from storage.workspace import column_choices, imports
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace

# What a column may be said to be, in the order of their buttons.
MEANINGS = (
    "date", "views", "reach", "reactions", "comments", "forwards", "saves", "clicks", "subscribers", "text", "link", ASIDE,
)  # fmt: skip
ASK, ANEW = -1, -2  # in place of a meaning: ask for it; forget whatever was said of this header


@dataclass(frozen=True, slots=True)
class Correcting:
    database: Database
    workers: Workers
    clock: Clock
    downloads: Downloads

    async def columns(self, workspace: Workspace, upload: Import) -> TableColumns:
        """Returns the columns of a file.

        Raises DomainError("columns.known_format") for a file that is not told by its columns.
        """
        if upload.state not in STORED:
            raise DomainError("uploads.answered")
        async with self.database.read() as conn:
            told = await column_choices.recall(conn, workspace.id)
        files = await self.downloads.files_of(upload)
        hints = Hints(told=told)
        found = await read_in_bulk(self.workers, len(files), columns_in, files, workspace.zone, hints)
        if found is None:
            raise DomainError("columns.known_format")
        return found

    async def column(self, workspace: Workspace, upload: Import, position: int) -> KnownColumn:
        found = await self.columns(workspace, upload)
        return next((one for one in found.columns if one.position == position), found.columns[0])

    async def correct(self, workspace: Workspace, upload: Import, position: int, meaning: int) -> None:
        """Remembers it for this header in this chat, and takes back what was read: the file is read again."""
        if meaning != ANEW and not 0 <= meaning < len(MEANINGS):
            raise DomainError("button.stale")
        found = await self.columns(workspace, upload)
        now = int(self.clock.now().timestamp())
        async with self.database.begin() as conn:
            if meaning == ANEW:
                await column_choices.forget(conn, workspace.id, found.fingerprint)
            else:
                known = (await column_choices.recall(conn, workspace.id)).get(
                    found.fingerprint, HeaderMeanings()
                )
                said = MEANINGS[meaning]
                others = {place: one for place, one in known.columns.items() if one != said or not said}
                told = replace(known, columns={**others, position: said})
                await column_choices.remember(conn, workspace.id, found.fingerprint, told, now)
            answers = replace(Answers.of(upload), said=False)
            if not await imports.reopen(conn, workspace.id, upload.id, answers.as_kept()):
                raise DomainError("uploads.answered")
        await take_back(self.database, workspace.id, upload.id, now)
