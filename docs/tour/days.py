"""Section 3 of the table, what takes time: mornings that pass, a drop, what was promised for later."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.demo.client import Message
from docs.tour.newcomer import WHY
from docs.tour.steps import Expected, in_language
from docs.tour.walk import UnexpectedError, Walk

MOST_DAYS = 9
AGREES = Expected(button=[("Почему? · Маршрут", "Why? · Weekend Route")])
FELL = ("Маршрут", "Route")
SUMMARY = ("#сводка", "#digest")
OLD_ROWS = "\n".join(
    f"{20 - number // 2:02}.09.2026 1{number % 2}:00;{900 + 7 * number};{20 + number % 5};https://t.me/old_letters/{number + 1}"
    for number in range(30)
)
OLD_FILE = f"Дата;Просмотры;Реакции;Ссылка\n{OLD_ROWS}\n".encode()


async def old_file(walk: Walk) -> None:
    """A channel that lives of an old file, sent to both; in the group it is sent with the bot's name under it."""
    for place in walk.both():
        walk.person = walk.stage.person
        walk.begin("group_file" if place == "group" else "old_file")
        caption = f"@{walk.bot_name}" if place == "group" else "/er"
        walk.acted("file", f"letters.csv + {caption}")
        await walk.turn()
        await walk.here.send_file(OLD_FILE, "letters.csv", caption=caption)
        await walk.take(Expected(says=["30"], button=[("Отменить", "Undo")]))


async def drop(walk: Walk) -> None:
    """Mornings pass until the route has fallen below its own; its alert and the summary of that minute agree."""
    for _ in range(MOST_DAYS):
        await walk.stage.pass_until(_next_nine(walk.stage.now))
        if all([await _alerts(walk) for _ in walk.both()]):
            break
    for place in walk.both():
        walk.person = walk.stage.person
        walk.begin("alert")
        told = await _alerts(walk)
        if not told:
            raise UnexpectedError(f"no alert in {place} by {walk.stage.now}")
        alert = await walk.record(told[-1])
        summary = await walk.record((await _said(walk, SUMMARY))[-1])
        if alert.date == summary.date and not AGREES.of(summary, walk.language):
            raise UnexpectedError(f"a summary of the alert's minute does not know of it: {summary.text}")
        walk.begin("why_dropped")
        await walk.press(alert, WHY, Expected(says=[("Почему просело", "Why it dropped"), FELL]))
        await walk.say(
            ("/er маршрут 7d", "/er route 7d"), Expected(says=[("ниже своих", "below")], picture=True)
        )
        walk.begin("mute")
        muted = await walk.press(
            alert, ("7 дней", "7 days"), Expected(says=["🔕"], button=[("Снять", "Undo")])
        )
        await walk.press(muted, ("Снять", "Undo"), Expected(says=["🔔"]), edits=True)


async def longer(walk: Walk) -> None:
    for _ in walk.both():
        walk.begin("longer")
        for words in (("сводка за неделю", "summary for a week"), ("сводка за месяц", "summary for a month")):
            await walk.say(words, Expected(says=[SUMMARY, FELL], picture=True))


async def promised(walk: Walk) -> None:
    """What was asked for on the first morning has come by itself: the watch's report, the placement's question."""
    for _ in walk.both():
        for code, words in (
            ("watch", ("Наблюдал 48 часов", "Watched for 48 hours")),
            ("placement", ("ссылку", "link")),
        ):
            walk.begin(code)
            found = [one for one in await _said(walk, words) if one.date >= walk.stage.first_day]
            if not found:
                raise UnexpectedError(f"{code}: nothing with {words} came")
            await walk.record(found[0])


async def old_file_asked(walk: Walk) -> None:
    """On Monday the chat is asked once for a fresh file; the channel read from its page never is."""
    while walk.stage.now.weekday():
        await walk.stage.pass_until(_next_nine(walk.stage.now))
    for _ in walk.both():
        walk.begin("old_file_asked")
        await walk.record((await _said(walk, SUMMARY))[-1])


def _next_nine(now: datetime) -> datetime:
    """09:00 in Moscow."""
    return (now + timedelta(days=now.hour >= 6)).replace(hour=6, minute=0)


async def _said(walk: Walk, words: tuple[str, str]) -> Sequence[Message]:
    wanted = in_language(words, walk.language)
    return [one for one in await walk.here.messages() if one.is_from_bot and wanted in one.text]


async def _alerts(walk: Walk) -> Sequence[Message]:
    return [one for one in await _said(walk, FELL) if one.photo_id and one.text.startswith(("⚠️", "🔴"))]


PARTS = (old_file, drop, longer, promised, old_file_asked)
