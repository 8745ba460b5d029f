"""Questions about placements: kept, and put so that they reach their person."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup, Message

from bot.asking import address
from bot.clock import Clock
from bot.locales import Html
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace

DRAFT, POST, VIEWS, REVENUE = "placement", "placement_post", "placement_views", "placement_revenue"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is asked, and where; `said_in` the message they wrote, or else their `name`."""

    beside: Message
    database: Database
    clock: Clock
    workspace: Workspace
    person: int
    said_in: int | None = None
    name: str = ""

    async def ask(
        self,
        kind: str,
        payload: Mapping[str, object],
        text: Html,
        example: str,
        markup: InlineKeyboardMarkup | None = None,
    ) -> None:
        """`markup` only in private: in a group the reply field opens in its place."""
        async with self.database.begin() as conn:
            now = int(self.clock.now().timestamp())
            await questions.ask(conn, self.workspace.id, self.person, kind, dict(payload), now)
        if self.workspace.kind == "group":
            await address(self.beside, self.person, text, example, said_in=self.said_in, name=self.name)
        else:
            await self.beside.answer(text, reply_markup=markup)
