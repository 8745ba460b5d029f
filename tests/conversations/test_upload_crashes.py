"""What breaks: the bot is killed (-9) at a step of an upload. The next life takes the answer and goes on, nothing twice."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.demo.client import Sandbox
from bot.sandbox.hooks import DropConnection
from storage.upload_steps import ASKED, Step
from tests.conversations.sent_files import account, days_only, own_words, statistics

SUBSCRIBERS = "Сколько подписчиков"
WAIT_S = 120  # a life begins slowly where others work on the machine, too


@dataclass(frozen=True)
class Case:
    """`pressed` lead to the question; of `answers` the first comes while the bot is dead."""

    files: Mapping[str, bytes]
    asks: str
    answers: tuple[str, ...]
    told: str
    posts: int
    pressed: tuple[str, ...] = ()


TWO = {"Кофе.csv": statistics(posts=5), "Чай.csv": statistics(first_id=50, posts=7)}
CASES = {
    Step.COLUMNS: Case(
        {"свой.csv": own_words()},
        "Где реакции",
        ("Плюсики", "Верно"),
        "Новых постов: 12",
        12,
        ("Глянули",),
    ),
    Step.ROWS: Case({"дни.csv": days_only()}, "Что такое строка", ("Пост",), "Новых постов: 4", 4),
    Step.CHAT: Case(
        {"result.json": account("Вода", "Сок", first=2_500_000)}, "2 канала", ("Сок",), "Новых постов: 4", 4
    ),
    Step.FILES: Case(TWO, "2 файла", ("Разные",), "Новых постов: 12", 12),
    Step.WHOSE: Case(
        TWO, "Чей он", ("Новый: Кофе", "Новый: Чай"), "Новых постов: 12", 12, ("Выбрать для каждого",)
    ),
    Step.SUBSCRIBERS: Case(
        {"Лес.csv": statistics(channel="Лес")}, SUBSCRIBERS, ("5000",), "5 000 подписчиков", 12
    ),
}
BESIDE_THE_TABLE = (Step.WHOSE,)  # killed once more in `make test`; the others in `make soak`


@pytest.mark.timeout(400)
async def test_the_next_life_takes_the_answer_to_what_an_earlier_one_asked(living, stored):
    """A person for every step, so that two lives are enough for all of them."""
    assert CASES.keys() == {*ASKED, Step.SUBSCRIBERS}
    async with Sandbox.started() as box:
        people = {step: await box.person(step, language="ru") for step in CASES}
        async with living(box) as process:
            asked = {step: await _asked(people[step], case) for step, case in CASES.items()}
            while stored(
                "SELECT 1 FROM inbox WHERE state = 'new'"
            ):  # what is asked, and not noted yet, would come again
                await asyncio.sleep(0.02)
            process.kill()
        for step, case in CASES.items():
            await _answer(people[step], asked[step], case.answers[0])
        async with living(box):
            for step, case in CASES.items():
                await _goes_on(people[step], asked[step], case, stored)


@pytest.mark.timeout(400)
async def test_what_came_while_the_bot_was_dead_and_is_not_read_is_named_by_the_next_life(
    living, inbox, dies
):
    """The import was begun before it came, with the same files to read, by a run that ended before it was counted."""
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        async with living(box) as process:
            dying = asyncio.ensure_future(dies(box, process, "sendMessage"))
            await ann.send_file(statistics(channel="Лес"), "лес.csv")
            await dying
        inbox.forget_runs()
        await ann.send_file(b"", "пустой.csv")
        async with living(box):
            told = await ann.wait_for("Новых постов", timeout_s=WAIT_S)
    assert "Не взял пустой.csv" in told.text


@pytest.mark.timeout(400)
@pytest.mark.parametrize("is_counted", [True, False])
async def test_a_file_sent_when_the_one_before_had_been_told_of_is_read_for_itself(
    living, stored, inbox, is_counted
):
    """The first one's update is unfinished, so that the next life finds both in the inbox, from one sender."""
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        async with living(box) as process:
            await _killed_before_it_asks(box, process, ann)
        if not is_counted:
            inbox.forget_runs()
        await ann.send_file(statistics(first_id=50, channel="Река"), "река.csv")
        async with living(box):
            await ann.wait_for(
                lambda shown: "Река" in shown.text and "Новых постов: 12" in _bare(shown.text),
                timeout_s=WAIT_S,
            )
    assert stored("SELECT file_names FROM import ORDER BY id") == [('["лес.csv"]',), ('["река.csv"]',)]
    assert stored("SELECT title, posts FROM channel ORDER BY id") == [("Лес", 12), ("Река", 12)]


@pytest.mark.timeout(400)
async def test_a_question_that_was_kept_and_not_shown_is_asked_by_the_next_life(living, stored):
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        async with living(box) as process:
            await _killed_before_it_asks(box, process, ann)
        assert stored("SELECT kind FROM question") == [("subscribers",)]
        async with living(box):
            await ann.wait_for(SUBSCRIBERS, timeout_s=WAIT_S)
            await ann.send("5000")
            await ann.wait_for(lambda shown: "5 000 подписчиков" in _bare(shown.text), timeout_s=WAIT_S)
        said = [shown.text for shown in await ann.messages() if shown.is_from_bot]
    assert sum("Новых постов" in text for text in said) == 1


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "step",
    [step if step in BESIDE_THE_TABLE else pytest.param(step, marks=pytest.mark.soak) for step in CASES],
)
async def test_an_answer_is_taken_once_by_lives_that_end_while_they_take_it(living, dies, stored, step):
    case = CASES[step]
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        async with living(box) as process:
            asked = await _asked(ann, case)
            await _answer(ann, asked, case.answers[0])
            await dies(box, process, "sendMessage" if step == Step.SUBSCRIBERS else "editMessageText")
        async with living(box):
            await _goes_on(ann, asked, case, stored)


async def _killed_before_it_asks(box, process, ann) -> None:
    """Ann's file is told of, and the question about its subscribers never arrives."""

    def kill(_call):
        process.kill()
        raise DropConnection

    box.server.hooks.before(2, kill, "sendMessage")  # the first says «Читаю…»
    await ann.send_file(statistics(channel="Лес"), "лес.csv")
    await asyncio.wait_for(process.wait(), 40)


async def _asked(ann, case: Case):
    """The question of the step, as the bot asks it."""
    await ann.send_files(case.files)
    if case.asks == SUBSCRIBERS:
        return await ann.wait_for(SUBSCRIBERS, timeout_s=WAIT_S)
    shown = await ann.wait_for_answer(timeout_s=WAIT_S)
    for label in case.pressed:
        shown = await _becomes(shown, label)
        await shown.press(label)
    return await _becomes(shown, case.asks)


async def _answer(ann, asked, answer: str) -> None:
    if asked.text.startswith(SUBSCRIBERS):
        await ann.send(answer)
    else:
        await ann.press(asked, answer)


async def _goes_on(ann, asked, case: Case, stored) -> None:
    """Give the answers that are left and read what came of the file: each sentence once, each post once."""
    if case.asks == SUBSCRIBERS:
        await ann.wait_for(lambda shown: case.told in _bare(shown.text), timeout_s=WAIT_S)
    else:
        for answer in case.answers[1:]:
            asked = await _becomes(asked, answer)
            await ann.press(asked, answer)
        await _becomes(asked, case.told)
        await ann.wait_for(SUBSCRIBERS, timeout_s=WAIT_S)
    said = [_bare(shown.text) for shown in await ann.messages() if shown.is_from_bot]
    assert [sum(words in text for text in said) for words in ("Новых постов", SUBSCRIBERS)] == [1, 1]
    assert len(said) == (3 if case.asks == SUBSCRIBERS else 2)
    of_ann = "FROM channel JOIN workspace ON workspace.id = channel.workspace_id WHERE workspace.chat_id = ?"
    posts = f"SELECT count(*) FROM post WHERE channel_id IN (SELECT channel.id {of_ann})"
    assert stored(posts, ann.id) == [(case.posts,)]
    moments = (
        f"SELECT count(DISTINCT observed_at) FROM audience WHERE channel_id IN (SELECT channel.id {of_ann})"
    )
    assert stored(moments, ann.id) == [(1 if case.asks == SUBSCRIBERS else 0,)]


async def _becomes(shown, words: str):
    """The message once it says `words`, in its text or on a button."""
    while not any(words in _bare(text) for text in (shown.text, *shown.labels)):
        shown = await shown.wait_for_edit(timeout_s=WAIT_S)
    return shown


def _bare(text: str) -> str:
    """Without the blanks that keep numbers together."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
