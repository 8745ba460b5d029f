"""What breaks: a question about files that is asked too often, can't be cancelled, or loses what was sent."""


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


async def test_a_command_under_a_file_loses_neither(ann, some_file):
    await ann.send_file(some_file(channel="С подписью"), "подпись.csv", caption="/help")
    assert "Новых постов" in (await ann.wait_for("Новых постов", timeout_s=40)).text
    assert await ann.wait_for("Что я умею")
