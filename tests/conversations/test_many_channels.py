"""What breaks: with two hundred channels and more one is not found, not reached by pages, or has a button too long."""

from itertools import product

from bot.answers.wording import VISIBLE_UNITS, units

TOPICS = (
    "Кухня",
    "Маршрут",
    "Финансы",
    "Новости",
    "Кофе",
    "Garden",
    "Музыка",
    "Спорт",
    "Дети",
    "Code",
    "Наука",
)
TOWNS = (
    "Москвы", "Казани", "Уфы", "Перми", "Сочи", "Тулы", "Омска", "Твери", "London", "Paris", "Самары", "Пензы",
    "Орла", "Минска", "Бреста", "Риги", "Баку", "Алматы", "Томска", "Читы",
)  # fmt: skip
NAMES = [f"{topic} {town}" for topic, town in product(TOPICS, TOWNS)]


async def bring_all(ann, drop):
    for start in range(0, len(NAMES), 44):  # a file brings 50 at most
        rows = [f"1,{name},2026-10-01T12:00:00Z,{900 + start},9" for name in NAMES[start : start + 44]]
        told = await drop(
            ann, ("id,channel,date,views,reactions\n" + "\n".join(rows)).encode(), f"{start}.csv"
        )
        assert "44" in told.text


async def found(who, words: str) -> list[str]:
    await who.send(f"/channels {words}")
    answer = await who.wait_for_answer()
    assert units(answer.text) <= 4096
    assert all(len(button.data.encode()) <= 64 for button in answer.buttons)
    return [label.removeprefix("ER · ") for label in answer.labels if label.startswith("ER · ")]


async def test_every_one_of_220_is_found_by_part_case_slip_and_alphabet_and_reached_by_pages(ann, drop):
    await bring_all(ann, drop)
    assert len(NAMES) == 220
    await ann.send("/channels")
    page = await ann.wait_for_answer()
    assert "Всего 220" in page.text
    assert page.labels[-3:] == ["‹", "1 из 11", "›"]
    [fold] = [one for one in page.entities if one["type"] == "expandable_blockquote"]
    assert units(page.text) - fold["length"] <= VISIBLE_UNITS
    seen = set()
    for _ in range(11):
        seen |= {label.removeprefix("ER · ") for label in page.labels if label.startswith("ER · ")}
        assert units(page.text) <= 4096
        page = await (await ann.press(page, "›")).edited()
    assert seen == set(NAMES)
    for words, wanted in {
        "кухня москвы": ["Кухня Москвы"],
        "КУХНЯ УФЫ": ["Кухня Уфы"],
        "уфы кух": ["Кухня Уфы"],
        "маршурт риги": ["Маршрут Риги"],
        "kuhnya perm": ["Кухня Перми"],
        "guarden london": ["Garden London"],
        "гарден париж": [],
        "гарден paris": ["Garden Paris"],
        "rjat vjcrds": ["Кофе Москвы"],
    }.items():
        if wanted:
            assert await found(ann, words) == wanted, words
        else:
            await ann.send(f"/channels {words}")
            assert "нет" in (await ann.wait_for_answer()).text
    assert sorted(await found(ann, "финансы")) == sorted(one for one in NAMES if one.startswith("Фин"))
    assert len(await found(ann, "о")) == 20  # of those with this letter
    await ann.send("/channels л")  # pages, but few: a person may ask thirty times in a row
    page = await ann.wait_for_answer()
    wanted, seen = {one for one in NAMES if "л" in one.casefold()}, set()
    assert f"Нашлось: {len(wanted)}" in page.text
    for _ in range(-(-len(wanted) // 20)):
        seen |= {label.removeprefix("ER · ") for label in page.labels if label.startswith("ER · ")}
        page = await (await ann.press(page, "›")).edited()
    assert seen == wanted
    await ann.send("/top")
    asked = await ann.wait_for("первые 20 из 220")
    assert "/top кофе" in asked.text
    assert len(asked.buttons) == 20
