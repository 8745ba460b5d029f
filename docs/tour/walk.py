"""A walk over the sandbox: a person acts, the bot answers, and every answer is held against what it must be."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.demo.client import Channel, Conversation, Group, Message, Person
from bot.telegram.throttle import BURST, PER_MINUTE
from docs.tour.rules import faults
from docs.tour.stage import Stage
from docs.tour.steps import Act, Answer, Expected, Kind, Place, Step, Words, in_language

LONG_S = 60.0
MARGIN = 6.0  # acts, for what is not counted here


class UnexpectedError(Exception):
    """What came is not what must come."""


@dataclass
class Walk:
    """`person`: who acts; `group`: the team's group once there is one. `here` is where the person is."""

    stage: Stage
    person: Person
    steps: list[Step] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    group: Group | None = None
    place: Place = "private"
    bot_name: str = ""
    pace: dict[int, tuple[float, float]] = field(
        default_factory=dict
    )  # of a person: acts left, and since when

    @property
    def language(self) -> str:
        return self.stage.language

    @property
    def step(self) -> Step:
        return self.steps[-1]

    @property
    def here(self) -> Conversation:
        return self.person if self.place == "private" else self.at_group(self.person)

    def at_group(self, person: Person) -> Conversation:
        assert self.group is not None
        return person.at(self.group)

    def words(self, words: str | Words) -> str:
        return in_language(words, self.language)

    def begin(self, code: str) -> Step:
        self.steps.append(Step(code, self.place))
        return self.step

    def acted(self, kind: Kind, words: str) -> None:
        who = None if self.person is self.stage.person else self.person.name
        self.step.acts.append(Act(kind, words, who))

    async def say(
        self, words: str | Words, expected: Expected, *, reply_to: Message | None = None
    ) -> Message:
        """Types a text. In a group it is said to the bot: a command, a reply, or with its name before it."""
        text = self.words(words).replace("BOT", self.bot_name)
        if self.place == "group" and not text.startswith("/") and reply_to is None:
            text = f"@{self.bot_name} {text}"
        self.acted("send", text)
        here = self.here
        await self.turn()
        await here.send(text, reply_to=reply_to)
        return await self.take(expected, here)

    async def press(
        self, message: Message, label: str | Words, expected: Expected | None, *, edits: bool = False
    ) -> Message:
        """Presses a button. `edits`: the pressed message becomes the answer; without `expected` a notice answers."""
        here = self.here
        shown = await here.message(message.id)
        self.acted("press", shown.button(self.words(label)).text)
        await self.turn()
        pressed = await here.press(shown, self.words(label))
        if expected is None:
            return await self._notice(pressed.query_id, here, shown)
        if edits:
            found = await pressed.edited(timeout_s=LONG_S)
            while not expected.of(found, self.language):
                try:
                    found = await found.wait_for_edit(timeout_s=5)
                except TimeoutError:
                    raise self._unexpected(expected, [found]) from None
            return await self.record(found)
        return await self.take(expected, here)

    async def take(self, expected: Expected, here: Conversation | None = None) -> Message:
        """Waits for the answer that is as expected, and writes it down."""
        here = here or self.here
        before = await here.messages()
        try:
            found = await here.wait_for(lambda one: expected.of(one, self.language), timeout_s=LONG_S)
        except TimeoutError:
            raise self._unexpected(expected, [*before[-2:], *(await here.messages())[-3:]]) from None
        return await self.record(found)

    async def record(self, message: Message) -> Message:
        """Writes an answer down as it stands, with what is wrong about it."""
        self.keep(
            Answer(
                text=message.text,
                entities=message.entities,
                labels=message.labels or [one.text for one in message.keyboard],
                picture=await message.file_bytes() if message.photo_id else None,
                document=message.document_name,
            )
        )
        return message

    def keep(self, answer: Answer) -> None:
        self.step.answers.append(answer)
        self.wrong += [
            f"{self.language} {self.place} {self.step.code}: {fault} in {answer.text[:90]!r}"
            for fault in faults(answer)
        ]

    async def turn(self) -> None:
        """Waits a little where the person would be faster than the bot lets one person be."""
        now = time.monotonic()
        left, since = self.pace.get(self.person.id, (float(BURST), now))
        left = min(float(BURST), left + (now - since) * PER_MINUTE / 60)
        if left < MARGIN:
            await asyncio.sleep((MARGIN - left) * 60 / PER_MINUTE)
            left, now = MARGIN, time.monotonic()
        self.pace[self.person.id] = (left - 1, now)

    async def _notice(self, query_id: str, here: Conversation, shown: Message) -> Message:
        answered = await here.wire.get(f"/sandbox/callbacks/{query_id}", wait=15)
        if not answered["text"]:
            raise UnexpectedError(f"{self.step.code}: no notice over {shown.text[:80]!r}")
        self.keep(Answer(str(answered["text"]), notice=True))
        return shown

    def _unexpected(self, expected: Expected, came: list[Message]) -> UnexpectedError:
        texts = "\n---\n".join(f"{one.text} {one.labels}" for one in came)
        return UnexpectedError(
            f"{self.language} {self.place} {self.step.code} {self.step.acts[-1:]}: expected {expected}, came:\n{texts}"
        )

    async def forward(self, channel: Channel, message_id: int, expected: Expected) -> Message:
        here = self.here
        self.acted("forward", channel.title)
        await self.turn()
        await here.forward(await self.person.at(channel).message(message_id))
        return await self.take(expected, here)

    def both(self) -> Iterator[Place]:
        """Yields the private chat and the group, with the person there who asks: anybody of the team may."""
        chats: Sequence[tuple[Place, Person]] = (
            ("private", self.stage.person),
            ("group", self.stage.colleague),
        )
        for self.place, self.person in chats:
            yield self.place
        self.place, self.person = "private", self.stage.person


Part = Callable[[Walk], Awaitable[None]]


async def take_all(walk: Walk, parts: Sequence[Part]) -> None:
    """Walks every part; what one of them met otherwise than expected is kept, and the next one is walked."""
    for part in parts:
        walk.place, walk.person = "private", walk.stage.person
        try:
            await part(walk)
        except (UnexpectedError, LookupError, TimeoutError) as error:
            walk.wrong.append(f"{walk.language} {walk.place} {walk.step.code}: {error}")
