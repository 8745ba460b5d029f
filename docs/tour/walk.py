"""The walk: what a person does in each step, in both languages, and what the bot answers.

A newcomer connects a channel, reads its state, learns why it dropped, has a summary sent, checks channels before buying,
exports; then everything else that a marketer asks for, the team's group, and inline mode.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.demo.client import Conversation, Message
from docs.tour.stage import SELLERS, Stage

TASKS = ("add", "state", "why", "summary", "check", "export")
LONG_S = 60.0
Wanted = Callable[[Message], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """A message of the bot as it stood at the end of a step."""

    text: str
    entities: Sequence[dict[str, object]]
    labels: Sequence[str]
    picture: bytes | None
    document: str | None


@dataclass
class Step:
    """`acts`: what the person did, in words of the page; `task`: which of TASKS it is part of."""

    code: str
    task: str | None = None
    acts: list[tuple[str, str]] = field(default_factory=list)  # kind (send, press, pick, open), words
    answers: list[Answer] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(one == kind for one, _ in self.acts)


@dataclass
class Walk:
    stage: Stage
    steps: list[Step] = field(default_factory=list)

    @property
    def is_russian(self) -> bool:
        return self.stage.language == "ru"

    def words(self, russian: str, english: str) -> str:
        return russian if self.is_russian else english

    def begin(self, code: str, task: str | None = None) -> Step:
        self.steps.append(Step(code, task))
        return self.steps[-1]

    async def send(self, text: str, wanted: Wanted, *, at: Conversation | None = None) -> Message:
        here = at or self.stage.person
        self.steps[-1].acts.append(("send", text))
        await here.send(text)
        return await self.take(await here.wait_for(wanted, timeout_s=LONG_S))

    async def press(self, message: Message, label: str, wanted: Wanted, *, is_edit: bool = False) -> Message:
        """`is_edit`: the pressed message itself becomes the answer."""
        here = message.conversation
        shown = message.button(label).text
        self.steps[-1].acts.append(("press", shown))
        pressed = await message.press(label)
        if is_edit:
            return await self.take(await pressed.edited(timeout_s=LONG_S))
        return await self.take(await here.wait_for(wanted, timeout_s=LONG_S))

    async def take(self, message: Message) -> Message:
        self.steps[-1].answers.append(
            Answer(
                text=message.text,
                entities=message.entities,
                labels=message.labels or [one.text for one in message.keyboard],
                picture=await message.file_bytes() if message.photo_id else None,
                document=message.document_name,
            )
        )
        return message


def says(*words: str) -> Wanted:
    return lambda message: all(word in message.text for word in words)


def has_photo(message: Message) -> bool:
    return message.photo_id is not None


def has_button(label: str) -> Wanted:
    return lambda message: any(label in one for one in message.labels)


def anything(_message: Message) -> bool:
    return True


def has_document(message: Message) -> bool:
    return message.document_name is not None


async def walk(stage: Stage) -> list[Step]:
    """Every step, in order."""
    one = Walk(stage)
    for part in PARTS:
        await part(one)
    return one.steps


async def _add(one: Walk) -> None:
    one.begin("add", "add")
    start = await one.send("/start", has_button(one.words("Добавить канал", "Add a channel")))
    offer = await one.press(
        start, one.words("Добавить канал", "Add a channel"), lambda shown: bool(shown.keyboard)
    )
    one.steps[-1].acts += [("press", offer.keyboard[0].text), ("pick", one.stage.own.title)]
    await one.stage.person.share(one.stage.own)
    shown = await one.stage.person.wait_for(has_button("ER · "), timeout_s=LONG_S)
    await one.take(shown)
    one.begin("state_now", "state")
    await one.press(shown, "ER · ", has_photo)
    await one.stage.fill()


async def _state(one: Walk) -> None:
    own = one.words("кухни", "kitchen")
    one.begin("state")
    shown = await one.send(
        one.words(f"какой ER у {own} за 30 дней", f"what is the er of {own} last 30 days"), has_photo
    )
    one.begin("how")
    await one.press(shown, one.words("Как посчитано", "How it was computed"), says("÷"))


async def _why(one: Walk) -> None:
    one.begin("why", "why")
    await one.send(
        one.words("почему просел маршрут?", "why did weekend route drop?"),
        says(one.words("Почему просело", "Why it dropped")),
    )


async def _summary(one: Walk) -> None:
    one.begin("summary", "summary")
    shown = await one.send(
        one.words("сводка", "summary"), has_button(one.words("Присылать", "every morning"))
    )
    await one.press(shown, one.words("Присылать", "every morning"), has_photo, is_edit=True)
    one.begin("summary_now")
    await one.press(await shown.refreshed(), one.words("Показать сейчас", "Show it now"), has_photo)


async def _alert(one: Walk) -> None:
    one.begin("alert")
    shown = await one.send(
        one.words("предупреждения", "alerts"), has_button(one.words("Включить", "Turn alerts on"))
    )
    await one.press(shown, one.words("Включить", "Turn alerts on"), has_photo, is_edit=True)
    one.begin("alert_now")
    await one.press(await shown.refreshed(), one.words("Показать сейчас", "Show it now"), anything)


async def _check(one: Walk) -> None:
    one.begin("check", "check")
    await one.send(f"@{SELLERS[0]} 15000", has_photo)
    one.begin("check_three")
    names = f"@{SELLERS[0]} 15000 @{SELLERS[1]} 9000 @{SELLERS[2]}"
    shown = await one.send(f"/check {names}", has_button(one.words("назвать цену", "add the price")))
    await one.press(shown, one.words("назвать цену", "add the price"), says(f"@{SELLERS[2]}"))
    await one.send(one.words("7000", "7000"), has_button(one.words("Открытые дороги: 7", "Open Roads: 7")))


async def _export(one: Walk) -> None:
    one.begin("export", "export")
    own = one.words("кухню", "kitchen")
    await one.send(one.words(f"выгрузи {own}", f"export {own}"), has_document)


async def _looks(one: Walk) -> None:
    own = one.words("кухня", "kitchen")
    for code, russian, english in (
        ("growth", f"рост {own}", f"growth {own}"),
        ("when", f"когда лучше постить {own}", f"best time to post {own}"),
        ("content", f"что заходит {own}", f"what works {own}"),
    ):
        one.begin(code)
        await one.send(one.words(russian, english), has_photo)
    one.begin("top")
    await one.send(f"/top {own}", has_button("👍"))
    one.begin("compare")
    await one.send(one.words("кухня против маршрута", "kitchen vs weekend route"), has_button("ERR"))
    one.begin("benchmark")
    await one.send(f"/benchmark {own}", lambda message: bool(message.labels))


async def _post(one: Walk) -> None:
    one.begin("post")
    post = one.stage.examples[0].posts[-4]
    await one.send(f"https://t.me/{one.stage.own.username}/{post.external_id}", has_photo)


async def _goals(one: Walk) -> None:
    one.begin("goal")
    await one.send(one.words("цель кухня ER 4% к 1 марта", "goal kitchen ER 4% by March 1"), says("🎯"))
    one.begin("note")
    await one.send(
        one.words("/note Кухня: запустили розыгрыш, 12 ноября", "/note Kitchen: started a giveaway, Nov 12"),
        says(one.words("Записал", "Noted")),
    )


async def _placement(one: Walk) -> None:
    one.begin("placement")
    shown = await one.send("/placement", has_button(one.words("Выход", "Goes live")))
    await one.press(shown, one.words("Выход", "Goes live"), has_photo, is_edit=True)
    await one.send(one.words("завтра в 18:00", "tomorrow at 6 pm"), says("18:00"))
    await one.send(
        one.words(f"@{SELLERS[0]} 15000 ₽ 1/24 20000", f"@{SELLERS[0]} $150 1/24 2000"),
        has_button(one.words("Кухня", "Kitchen")),
    )
    last = await one.stage.person.last()
    await one.press(last, one.words("Кухня", "Kitchen"), says(one.words("Записал", "Saved")))


async def _group(one: Walk) -> None:
    one.begin("group")
    names = {"ru": "Команда", "en": "The team"}
    colleague = await one.stage.box.person(
        one.words("Борис", "Ben"), language=one.stage.language, username="colleague"
    )
    group = await one.stage.box.group(names[one.stage.language], owner=one.stage.person, members=[colleague])
    here = one.stage.person.at(group)
    offer = await here.wait_for(anything, timeout_s=LONG_S)
    await one.take(offer)
    shown = await one.send("/add", has_button(one.words("Кухня", "Kitchen")), at=here)
    await one.press(shown, one.words("Кухня", "Kitchen"), has_photo, is_edit=True)
    one.begin("group_ask")
    there = colleague.at(group)
    await one.send("/er 7d", has_photo, at=there)
    one.begin("group_help")
    await one.send("/help", anything, at=there)


async def _inline(one: Walk) -> None:
    one.begin("inline")
    asked = one.words("кухня 30", "kitchen 30")
    one.steps[-1].acts.append(("send", f"@otklik_bot {asked}"))
    offered = await one.stage.person.ask_inline(asked, timeout_s=LONG_S)
    elsewhere = await one.stage.box.group(one.words("Отдел", "Office"), owner=one.stage.person, bot=False)
    one.steps[-1].acts.append(("pick", str(offered.results[0]["title"])))
    await one.take(await one.stage.person.choose(offered, elsewhere))


PARTS: Sequence[Callable[[Walk], Awaitable[None]]] = (
    _add, _state, _why, _summary, _alert, _check, _export, _looks, _post, _goals, _placement, _group, _inline,
)  # fmt: skip
