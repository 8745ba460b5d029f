"""A group in the sandbox's time: the real bot over HTTP, days that pass at nine, readings that are there by then."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo.client import Conversation, Group, Message, Person, Sandbox
from tests.notifications.played import Played, nine

TODAY = datetime(2026, 11, 25, 6, tzinfo=UTC)  # 09:00 in Moscow


@dataclass
class Walk:
    """Ann's group, with Bob as a plain member, or her own chat; `playing`: its channels, read as time goes by."""

    box: Sandbox
    ann: Person
    bob: Person
    group: Group | None
    playing: list[Played]
    now: datetime

    @property
    def here(self) -> Conversation:
        return self.ann if self.group is None else self.ann.at(self.group)

    async def until(self, moment: datetime) -> None:
        for played in self.playing:
            await played.read_between(self.now, moment)
        self.now = moment
        await self.box.set_clock(moment, wait=True)

    async def days(self, count: int) -> None:
        for _ in range(count):
            await self.until(nine(self.now, 1))

    async def said(self, word: str) -> list[Message]:
        return [one for one in await self.here.messages() if one.is_from_bot and word in one.text]

    async def turn_on(self, command: str, label: str) -> None:
        await self.here.send(command)
        shown = await self.here.wait_for(lambda one: any(label in button for button in one.labels))
        await (await self.here.press(shown, label)).edited()
