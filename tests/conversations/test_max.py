"""What breaks: a channel of MAX that is added without numbers, or a sentence that does not say whom to make an admin."""

import re
import time

DAY_S = 86_400


async def _channel(box, number: int, name: str, title: str, *, state: str = "open"):
    made = await box.max.channel(f"-{number}", name, title, subscribers=1_000, state=state)
    now = int(time.time())
    posts = [
        {
            "id": f"mid.{number}.{n}",
            "published_at": now - n * DAY_S // 2,
            "views": 2_400 + 10 * n,
            "text": f"Пост {n}",
        }
        for n in range(1, 151)
    ]
    await made.put(*posts)
    return made


async def test_a_channel_of_max_is_added_its_year_is_read_and_asked_for(box, ann, running_bot):
    await _channel(box, 501, "max_coffee", "Кофе в MAX")
    await ann.send("/add https://max.ru/max_coffee")
    told = await ann.wait_for("Кофе в MAX добавлен")
    assert "100 постов" in told.text
    await running_bot.network_reading.run()
    await ann.wait_for("история загружена", timeout_s=30)
    await ann.send("/er Кофе в MAX 30d")
    answer = await ann.wait_for(lambda shown: shown.photo_size is not None, timeout_s=40)
    said = answer.text.replace("\u00a0", " ")
    assert "Кофе в MAX" in said
    counted, young = (
        re.search(r"^(\d+) пост", said, re.MULTILINE),
        re.search(r"Моложе суток.*?: (\d+) пост", said),
    )
    assert counted is not None
    assert int(counted[1]) + (int(young[1]) if young else 0) == 60  # how many are young hangs on the hour


async def test_in_english_a_channel_without_the_bot_says_whom_to_add(box):
    kate = await box.person("Kate", language="en")
    await _channel(box, 502, "max_tea", "Tea in MAX", state="foreign")
    await kate.send("/add max.ru/max_tea")
    assert "Make the bot @otklik_max_bot an admin" in (await kate.wait_for("max.ru/max_tea")).text
    await _channel(box, 503, "max_milk", "Milk in MAX")
    await kate.send("/add max.ru/max_milk")
    assert "100 posts" in (await kate.wait_for("Milk in MAX")).text
    await kate.send("/er 90d")
    shown = await kate.wait_for(lambda told: told.photo_size is not None, timeout_s=40)
    assert "Milk in MAX" in shown.text
