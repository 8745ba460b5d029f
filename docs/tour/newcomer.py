"""The path of someone who never saw the bot: what they tap and type, in words of both languages.

The walk over the sandbox and the one in a browser both take it from here, and the page counts its taps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.demo.client import Message
from docs.tour.steps import MESSAGES, TAPS, Expected, Kind, Words
from docs.tour.walk import Walk

WHY: Words = ("Почему просело", "Why did it drop")


@dataclass(frozen=True, slots=True)
class Move:
    """One act; `expected`: None where nothing answers; `is_edit`: the message with the button becomes the answer."""

    kind: Kind
    words: Words
    expected: Expected | None
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    code: str
    moves: Sequence[Move]

    @property
    def taps(self) -> int:
        return sum(move.kind in TAPS for move in self.moves)

    @property
    def messages(self) -> int:
        return sum(move.kind in MESSAGES for move in self.moves)


def _press(russian: str, english: str, expected: Expected, *, is_edit: bool = False) -> Move:
    return Move("press", (russian, english), expected, is_edit)


PATH: Sequence[Task] = (
    Task(
        "add",
        (
            Move("start", ("Запустить", "Start"), Expected(button=[("Добавить канал", "Add a channel")])),
            _press("Добавить канал", "Add a channel", Expected(says=[("Кнопкой внизу", "The button below")])),
            Move("open", ("Выбрать свой канал", "Choose my channel"), None),
            Move(
                "pick",
                ("Книги на выходные", "Weekend Books"),
                Expected(says=[("взял 60 постов", "I took 60 posts")], button=["ER · "]),
            ),
        ),
    ),
    Task("state", (_press("ER · ", "ER · ", Expected(says=["ER"], picture=True)),)),
    Task(
        "why",
        (
            _press("7 дней", "7 days", Expected(button=[WHY], picture=True), is_edit=True),
            _press(*WHY, Expected(says=[("Почему просело", "Why it dropped")])),
        ),
    ),
    Task(
        "summary",
        (
            _press("Сводка", "Summary", Expected(says=[("Выключена", "Off")])),
            _press(
                "Присылать каждое утро",
                "Send every morning",
                Expected(says=[("Каждый день в 09:00", "Every day at 09:00")]),
                is_edit=True,
            ),
        ),
    ),
    Task(
        "check",
        (
            _press(
                "Проверить чужой канал", "Check somebody", Expected(says=[("Какой канал", "Which channel")])
            ),
            Move("send", ("@city_walks 15000", "@city_walks 15000"), Expected(says=["CPM"], picture=True)),
        ),
    ),
    Task("export", (_press("📤 Выгрузить", "📤 Export", Expected(document=True)),)),
)


async def newcomer(walk: Walk) -> None:
    for task in PATH:
        walk.begin(task.code)
        for move in task.moves:
            await _make(walk, move)


async def _make(walk: Walk, move: Move) -> None:
    if move.kind == "press":
        message = await shown_last(walk, move.words)
        await walk.press(message, move.words, move.expected, edits=move.is_edit)
        return
    if move.kind == "send":
        assert move.expected is not None
        await walk.say(move.words, move.expected)
        return
    walk.acted(move.kind, walk.words(move.words))
    await walk.turn()
    if move.kind == "start":
        await walk.here.send("/start")
    elif move.kind == "pick":
        await walk.here.share(walk.stage.books)
    if move.expected is not None:
        await walk.take(move.expected)


async def shown_last(walk: Walk, label: Words) -> Message:
    """Returns the newest message with such a button. Raises LookupError without one."""
    wanted = walk.words(label)
    found = [one for one in await walk.here.messages() if any(wanted in text for text in one.labels)]
    if not found:
        raise LookupError(f"no button {wanted!r} anywhere")
    return found[-1]
