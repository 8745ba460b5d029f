"""What breaks: a question that swallows what was meant otherwise, can't be cancelled, or loses what was sent."""

from itertools import count

import pytest

from bot.features.keys.keyboards import KeyButton
from bot.telegram.callbacks import ChannelButton, PlacementButton
from bot.telegram.questions import TAKES_LINKS, QuestionKind
from tests.kit.examples import is_thorough

BY_COMMAND = {
    QuestionKind.SHARING: "/add",
    QuestionKind.SUBSCRIBERS: "/subs",
    QuestionKind.CHECKED: "/check",
    QuestionKind.MONEY: "/money cpm",
    QuestionKind.PLACEMENT: "/placement",
}
BY_BUTTON = {
    QuestionKind.PLACEMENT_POST: "out",
    QuestionKind.PLACEMENT_VIEWS: "views",
    QuestionKind.PLACEMENT_REVENUE: "revenue",
    QuestionKind.PLACEMENT_TERMS: "terms",
    QuestionKind.PLACEMENT_GOAL: "field",
}
GOAL = 5  # its place in the form
ENDS = ("отмена", "Потом.", "/cancel")
_sellers = count(1)


@pytest.fixture
def opened(ann, public, kept):
    """Have a question of a kind asked to Ann, who has a channel; the message that asks."""

    async def placement() -> int:
        handle = f"asked_seller_{next(_sellers)}"
        await public(handle)
        await ann.send(f"/placement @{handle} 15000 1/24 20000")
        await ann.wait_for("Пришлите ссылку на вышедший пост")
        query = "SELECT max(id) FROM placement WHERE workspace_id = ?"
        return int(kept.rows(query, kept.workspace(ann.id))[0][0])

    async def ask(kind: QuestionKind):
        if command := BY_COMMAND.get(kind):
            await ann.send(command)
        elif kind == QuestionKind.ZONE:
            await ann.send("/digest")
            settings = await ann.wait_for_answer()
            if "Присылать" in settings.labels[0]:
                settings = await (await settings.press("Присылать")).edited()
            zones = await (await settings.press("Москва")).edited()
            await zones.press("Другой город")
        elif kind == QuestionKind.KEY:
            await ann.send("/keys")
            await ann.press(await ann.wait_for_answer(), data=KeyButton(action="add").pack())
        elif kind == QuestionKind.CHECK_PRICE:
            handle = f"asked_price_{next(_sellers)}"
            await public(handle)
            await ann.send(f"/check @{handle}")
            card = await ann.wait_for(lambda shown: shown.photo_id is not None)
            await card.press("Назвать цену")
        elif kind == QuestionKind.TITLE:
            await ann.send("/channels")
            listed = await ann.wait_for_answer()
            channel = kept.channels(ann.id)[0]
            await ann.press(listed, data=ChannelButton(action="rename", channel=channel).pack())
        else:
            value = GOAL if kind == QuestionKind.PLACEMENT_GOAL else 0
            button = PlacementButton(action=BY_BUTTON[kind], placement=await placement(), value=value)
            with_buttons = next(shown for shown in await ann.messages() if shown.buttons)
            await ann.press(with_buttons, data=button.pack())
        return await ann.wait_for_answer()

    return ask


@pytest.fixture
def waits(ann, kept):
    """The kind of the question that waits for Ann."""

    def find() -> str | None:
        rows = kept.rows("SELECT kind FROM question WHERE workspace_id = ?", kept.workspace(ann.id))
        return str(rows[0][0]) if rows else None

    return find


@pytest.mark.thorough
@pytest.mark.parametrize(("number", "kind"), list(enumerate(QuestionKind)))
async def test_a_question_swallows_nothing_that_is_meant_otherwise_and_ends_by_its_button_and_every_word_for_it(
    ann, opened, waits, with_channel, drop, some_file, number, kind
):
    """In `make test` it is ended by one word each, in turn, and by the button."""
    await with_channel(ann, "Спрошенный")
    await opened(kind)
    assert waits() == kind
    await ann.send("/help")
    assert "Что я умею" in (await ann.wait_for_answer()).text
    for thanks in ("спасибо", "👍", "ок!"):
        await ann.send(thanks)
        assert "ещё открыт" in (await ann.wait_for_answer()).text
    if kind not in TAKES_LINKS:
        await ann.send("https://example.com/shop")
        assert await ann.wait_for_answer()
    assert waits() == kind
    assert "Новых постов: 12" in (await drop(ann, some_file(channel="Спрошенный"))).text
    await ann.send("спасибо")
    assert "ещё открыт" in (await ann.wait_for_answer()).text
    assert waits() == kind
    await _ended_by_its_button_and_by_words(ann, opened, waits, number, kind)


async def _ended_by_its_button_and_by_words(ann, opened, waits, number, kind):
    """Ends the question that is open by each word, and the last time it is asked by its button."""
    words = ENDS if is_thorough() else (ENDS[number % len(ENDS)],)
    for word in words:
        await ann.send(word)
        assert "отменил" in (await ann.wait_for_answer()).text
        assert waits() is None
        asked = await opened(kind)
    if asked.buttons:
        await (await asked.press("Отмена")).edited()
    else:
        assert asked.keyboard[-1].text == "Отмена"
        await ann.send(asked.keyboard[-1].text)
        await ann.wait_for_answer()
    assert waits() is None
    await ann.send("отмена")
    assert "Отменять нечего" in (await ann.wait_for_answer()).text


async def test_three_files_without_names_are_asked_about_once_and_become_three(ann, some_file, kept):
    await ann.send_files({f"{name}.csv": some_file(posts=5) for name in ("Кофе", "Чай", "Булочная")})
    asked = await ann.wait_for("3 файла: Кофе, Чай, Булочная", timeout_s=40)
    assert asked.labels[-1] == "Отмена"
    told = await (await asked.press("Разные")).edited(timeout_s=40)
    assert "Новых постов: 15" in told.text
    assert len(kept.channels(ann.id)) == 3
    question = await ann.wait_for("Сколько подписчиков")
    assert question.labels[-1] == "Отмена"
    await ann.send("спасибо")
    assert "ещё открыт" in (await ann.wait_for_answer()).text
    await ann.send("1000, 2,5 тыс., 300")
    saved = (await ann.wait_for("Записал")).text.replace("\xa0", " ")
    assert "2 500" in saved
    await ann.send("/cancel")
    assert "Отменять нечего" in (await ann.wait_for_answer()).text
    assert kept.rows("SELECT state FROM import WHERE workspace_id = ?", kept.workspace(ann.id)) == [("done",)]


async def test_a_typed_cancel_drops_the_file_that_waits_for_a_press(ann, some_file, kept):
    await ann.send_files({f"{name}.csv": some_file(posts=5) for name in ("Один", "Два")})
    asked = await ann.wait_for("2 файла", timeout_s=40)
    await ann.send("потом")
    assert "не загружен" in (await asked.wait_for_edit()).text
    assert kept.channels(ann.id) == []


async def test_what_was_asked_last_is_cancelled_first_and_what_is_still_open_is_said(
    ann, drop, with_channel, some_file, kept
):
    await with_channel(ann, "Первый вопрос")
    await ann.send("/subs")
    await ann.wait_for("Сколько подписчиков")
    await kept.change("UPDATE question SET asked_at = asked_at - 60 WHERE user_id = ?", ann.id)
    asked = await drop(ann, some_file(posts=5), "Второй вопрос.csv")
    assert "«Второй вопрос» (5 постов" in asked.text
    await ann.send("спасибо")
    assert "ещё открыт" in (await ann.wait_for_answer()).text
    await ann.send("отмена")
    assert "не загружен" in (await asked.wait_for_edit()).text
    assert "Другой вопрос выше ещё открыт" in (await ann.wait_for_answer()).text
    await ann.send("отмена")
    assert (await ann.wait_for_answer()).text == "Хорошо, отменил."
    await ann.send("спасибо")
    assert "ещё открыт" not in (await ann.wait_for_answer()).text


async def test_a_command_under_a_file_loses_neither(ann, some_file):
    await ann.send_file(some_file(channel="С подписью"), "подпись.csv", caption="/help")
    assert "Новых постов" in (await ann.wait_for("Новых постов", timeout_s=40)).text
    assert await ann.wait_for("Что я умею")


async def test_an_upload_is_done_when_another_question_takes_the_place_of_its_own(ann, drop, some_file, kept):
    def states():
        return kept.rows("SELECT state FROM import WHERE workspace_id = ?", kept.workspace(ann.id))

    await drop(ann, some_file(channel="Без ответа"))
    await ann.wait_for("Сколько подписчиков")
    assert states() == [("subscribers",)]
    await drop(ann, some_file(channel="И второй"))
    assert "Без ответа, И второй" in (await ann.wait_for("Сколько подписчиков")).text
    assert states() == [("subscribers",), ("subscribers",)]
    await ann.send("/check")
    await ann.wait_for_answer()
    assert states() == [("done",), ("done",)]
