"""What breaks: a person asks why a channel fell and is told nothing, another channel's cause, or a cause that is not there."""

import csv
import io
import time
from datetime import UTC, datetime

from bot.answers.wording import units

DAY_S = 86_400
COLUMNS = ("id", "date", "channel", "type", "views", "reactions", "comments", "forwards")
NEWEST, FALLEN, OLDEST = 9, range(17, 24), 80  # days ago: by the newest post all of these are over a week old


def fallen(channel: str, **changed) -> bytes:
    """Three posts a day, all past their growth; those of one week are what `changed` says."""
    midnight = int(time.time()) // DAY_S * DAY_S
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for day in range(OLDEST, NEWEST - 1, -1):
        for hour in (9, 13, 18):
            at = datetime.fromtimestamp(midnight - day * DAY_S + hour * 3600, UTC)
            post = {
                "channel": channel,
                "type": "photo",
                "views": 1000,
                "reactions": 30,
                "comments": 12,
                "forwards": 5,
            }
            post |= changed if day in FALLEN else {}
            views = round(post["views"] * (1 + 0.04 * ((day * 7 + hour) % 5 - 2)))
            writer.writerow(post | {"id": day * 100 + hour, "date": at.isoformat(), "views": views})
    return text.getvalue().encode()


def week() -> str:
    first, last = (datetime.fromtimestamp(time.time() - day * DAY_S, UTC) for day in (FALLEN[-1], FALLEN[0]))
    return f"{first:%d.%m.%Y}-{last:%d.%m.%Y}"


async def test_why_names_the_cause_its_share_and_the_next_step(ann, drop):
    await drop(ann, fallen("Кухня", views=600, type="video"), "kitchen.csv")
    await ann.send("12000")
    await ann.wait_for("12")
    await ann.send(f"/er кухня {week()}")
    card = await ann.wait_for(lambda shown: bool(shown.photo_id))
    press = await card.press("Почему просело?")
    answer = await ann.wait_for("Почему просело ·")
    assert await press.answer()
    said = answer.text.replace("\xa0", " ")
    assert "Просмотры на пост −40 %" in said
    assert "Другой формат: видео — было 0 % постов, стало 100 %" in said
    assert "до 100 % падения" in said
    assert "Проверено:" in said
    assert units(answer.text) <= 1000
    await answer.press("30 дней")
    assert "Почему просело · 30 дней" in (await ann.wait_for_answer()).text.replace("\xa0", " ")


async def test_in_words_too_and_where_nothing_is_to_be_seen_that_is_said(box, drop):
    bob = await box.person("Bob", language="en")
    await drop(bob, fallen("Route", views=600), "route.csv")
    await bob.send("Why did views drop for route " + week())
    answer = await bob.wait_for("Why it dropped ·")
    assert "Views per post −40%" in answer.text
    assert "The data shows no cause." in answer.text
    assert "Checked: " in answer.text
    await bob.send("/why route 90d")
    assert "Too few posts to look for a cause: 195 posts" in (await bob.wait_for_answer()).text.replace(
        "\xa0", " "
    )
