"""What breaks: «added» is said of what was there, a second copy is kept, or the answer leaves without a next step."""

import time

import pytest

DAY_S = 86_400
WORDS = {
    "ru": (
        "добавлен",
        "уже здесь, с",
        "уже читаю, последний раз",
        "Такая заметка уже есть",
        "Эта цель уже стоит",
    ),
    "en": (
        "has been added",
        "has been here since",
        "already read its public page, the last time",
        "such a note already",
        "goal is already set",
    ),
}


def plain(told) -> str:
    return told.text.replace("\xa0", " ")


async def _of_max(box, name: str, posts: int = 150):
    made = await box.max.channel(f"-{700 + len(name)}", name, "Чай в MAX", subscribers=1_000)
    now = int(time.time())
    await made.put(
        *({"id": f"{name}.{n}", "published_at": now - n * DAY_S // 2, "views": 100 + n} for n in range(posts))
    )
    return made


@pytest.mark.parametrize("language", sorted(WORDS))
async def test_what_is_there_already_is_told_as_such_in_every_answer_that_adds(box, public, kept, language):
    added, here, read, noted, aimed = WORDS[language]
    kate = await box.person("Kate", language=language)
    name, tea = f"again_{language}", f"tea_{language}"
    await public(name)
    await _of_max(box, tea)
    for address in (f"@{name}", f"max.ru/{tea}"):
        await kate.send(f"/add {address}")
        assert here not in plain(await kate.wait_for(added))
    for address in (f"@{name}", f"https://t.me/{name}", f"https://max.ru/{tea}"):
        await kate.send(f"/add {address}")
        told = await kate.wait_for(here)
        assert added not in told.text
        assert any("ER" in button.text for button in told.buttons)
        if "max" in address:
            assert "150" not in plain(told)  # its history is still being read
            assert "100" in plain(told)
        else:
            assert read in plain(told)
            assert "45" in plain(told)
    for words, again in (("/note запустили розыгрыш", noted), ("/goal Чай ER 50%", aimed)):
        for said in (False, True):
            await kate.send(words)
            assert (again in plain(await kate.wait_for_answer())) == said
    place = kept.workspace(kate.id)
    for table, count in (("channel", 2), ("note", 1), ("goal", 1)):
        assert len(kept.rows(f"SELECT 1 FROM {table} WHERE workspace_id = ?", place)) == count


async def test_a_followed_channel_whose_network_shows_it_no_more_is_told_as_here_with_why(box, ann):
    made = await _of_max(box, "tea_closed", posts=5)
    await ann.send("/add max.ru/tea_closed")
    await ann.wait_for("добавлен")
    await made.change(state="foreign")
    await ann.send("/add max.ru/tea_closed")
    told = await ann.wait_for("уже здесь")
    assert "Перечитать сейчас не вышло" in told.text
    assert "@otklik_max_bot" in told.text
