"""Weeks of a private channel for two of its admins, in Russian and in English: history, new posts, a deletion, lost rights, a fall.

Nobody reacts to the new posts, so what is told of ER is a true fall of its own; the views are what is looked at here.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from bot.demo.client import Channel, Message, Person, Sandbox
from metrics.ages import AGES_H
from metrics.maturity import VIEWS
from tests.exact.conftest import START

HISTORY = 3_000  # posts, eight a day
LEVEL, SHARE = 5_900, 0.55  # views at 7 days, and what is left of them in the fall
A_DAY = 3
LEARNING, AWAY, BACK, FALL = 12, 3, 2, 7  # days
MORNING = START.replace(hour=6, minute=5)  # 09:05 in Moscow
READ_AFTER = timedelta(hours=6, seconds=2)
COUNTED = "SELECT count(*), count(views), count(steps) FROM post GROUP BY channel_id"
STANDING = "SELECT count(*) FROM post WHERE deleted_at IS NULL AND published_at >= ? AND published_at < ? GROUP BY channel_id"
AT_SIX = (
    "SELECT count(*) FROM reading JOIN post ON post_id = post.id WHERE source = 'exact'"
    " AND reading.observed_at - post.published_at = ? GROUP BY post.channel_id"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in a language, as it is shown."""

    zone: str
    added: str
    here: str  # the channel came before
    waits: str
    loaded: str
    of_history: str
    tag: str
    alerts: str
    digest: str
    deleted: str
    gap: str
    any_fall: str
    fell: str
    since: str
    basis: str
    against: str


RU = Words(
    zone="Europe/Moscow",
    added="Канал Закрытый добавлен",
    here="Канал Закрытый уже здесь",
    waits="перешлите сюда",
    loaded="история загружена — 3 001 пост",
    of_history="· 717 постов в возрасте 7 дней",  # eight a day, but three of the last day are under 24 hours old
    tag="#сводка",
    alerts="Включить предупреждения",
    digest="Присылать каждое утро",
    deleted="Удалено в канале: 1 пост («Лишний»). В цифры не входят.",
    gap="данные не собирались",
    any_fall="росмотры ниже",
    fell="Закрытый: просмотры ниже обычного, −",
    since="Началось 19 окт.",
    basis="Сравнил просмотры через 6 часов после публикации.",
    against="против 39 постов за 16 дней до этого",
)
EN = Words(
    zone="UTC",
    added="Закрытый has been added",
    here="Закрытый has been here since",
    waits="forward any recent",
    loaded="history is loaded: 3,001 posts",
    of_history="· 716 posts at 7 days of age",
    tag="#digest",
    alerts="Turn alerts on",
    digest="Send every morning",
    deleted="Deleted in the channel: 1 post (“Лишний”). They aren’t counted anywhere.",
    gap="Nothing was collected from",
    any_fall="iews below",
    fell="Закрытый: views below the usual, −",
    since="Started on Oct 19.",
    basis="Compared: views 6 hours after publication.",
    against="compared with",
)


@dataclass
class Weeks:
    """The channel's days: posts of the morning, their views as they grow, the readings of six hours and of a day."""

    box: Sandbox
    channel: Channel
    share: float = 1.0
    now: datetime = MORNING
    lives: dict[int, tuple[datetime, float]] = field(default_factory=dict)

    async def days(self, count: int) -> None:
        for _ in range(count):
            await self.day()

    async def day(self) -> None:
        """A morning with what is told in it, its posts, and their readings of six hours."""
        self.now += timedelta(days=1)
        await self._stand(self.now)
        for number in range(A_DAY):
            (post,) = await self.channel.post(f"{self.now:%d.%m} №{number}")
            self.lives[post] = (self.now, self.share * LEVEL * (0.9 + 0.1 * number))
        await self.box.wait_until_read()
        await self._stand(self.now + READ_AFTER)

    async def _stand(self, moment: datetime) -> None:
        for post, (at, views) in self.lives.items():
            age_h = (moment - at) / timedelta(hours=1)
            if int(age_h) in AGES_H:
                seen = int(views * VIEWS.share(np.array([age_h]))[0])
                await self.channel.set_views(post, seen, forwards=seen // 260)
        await self.box.set_clock(moment, wait=True)


def plain(told: Message) -> str:
    return told.text.replace("\xa0", " ").replace("\u202f", " ")


async def said(person: Person, word: str) -> list[Message]:
    return [one for one in await person.messages() if one.is_from_bot and word in plain(one)]


async def asked(person: Person, command: str) -> Message:
    await person.send(command)
    return await person.wait_for_answer(timeout_s=60)


async def pick(person: Person, channel: Channel) -> None:
    await asked(person, "/add")
    await person.share(channel)


async def turn_on(person: Person, command: str, label: str) -> None:
    shown = await asked(person, command)
    await (await person.press(shown, label)).edited()


def midnight(day: datetime, zone: str) -> int:
    """The midnight that the day begins with, there."""
    return int(day.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0).timestamp())


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_history_new_posts_a_deletion_lost_rights_and_a_fall_are_told_rightly_to_both(
    box, private, living, rows
):
    ann, kate = await box.person("Аня", language="ru"), await box.person("Kate", language="en")
    people = ((ann, RU), (kate, EN))
    for person, _ in people:
        await person.start()
    channel = await private(ann, posts=HISTORY)
    await channel.add(kate, admin=True)
    weeks = Weeks(box, channel)
    async with living():
        extra = await _read_the_history(box, people, channel)
        assert rows(COUNTED) == [(HISTORY + 1, HISTORY + 1, 0)] * 2
        numbers = sum(one["numbers"] for one in await box.mtproto.asked("GetMessages"))
        assert numbers <= 2 * (HISTORY + 1 + 200)
        assert all(one["no_updates"] for one in await box.mtproto.asked())

        await weeks.days(3)
        await channel.delete(extra)
        await weeks.days(LEARNING - 3)
        await _be_away(people, weeks)
        await weeks.days(BACK)
        came = HISTORY + 1 + len(weeks.lives)
        assert rows(COUNTED) == [(came, came, 0)] * 2  # those of the gap as well
        heard = len(weeks.lives) - A_DAY * AWAY
        assert rows(AT_SIX, int(READ_AFTER.total_seconds())) == [(heard,)] * 2
        for person, words in people:
            await _ask_about_the_month(person, words, weeks, rows)

        weeks.share = SHARE
        for _ in range(FALL):
            await weeks.day()
            if all([await said(person, words.fell) for person, words in people]):
                break
        for person, words in people:
            (alert,) = await said(person, words.fell)
            assert alert.photo_size == (1280, 720)
            for sentence in (words.since, words.basis, words.against):
                assert sentence in plain(alert)


async def _read_the_history(box, people, channel) -> int:
    """Both add the channel, and its first post that the bot hears of begins the history; its number."""
    (ann, _), (kate, _) = people
    await channel.add_bot(by=ann, rights=["can_invite_users"])
    assert RU.added in plain(await ann.wait_for(RU.waits, timeout_s=90))
    await pick(kate, channel)
    assert EN.added in plain(await kate.wait_for(EN.waits, timeout_s=30))
    for person, _ in people:
        assert (await asked(person, "/er")).photo_size is None
    (extra,) = await channel.post("Лишний")
    await channel.set_views(extra, 17, forwards=1)
    await box.wait_until_read()
    await box.advance(60, wait=True)
    for person, words in people:
        await person.wait_for(lambda told, words=words: words.loaded in plain(told), timeout_s=90)
        answer = await asked(person, "/er 90d")
        assert answer.photo_size == (1280, 720)
        assert words.of_history in plain(answer)
        await turn_on(person, "/alerts", words.alerts)
        await turn_on(person, "/digest", words.digest)
    return extra


async def _be_away(people, weeks) -> None:
    """The bot is put out for days in which the channel goes on, and added again by both."""
    (ann, _), (kate, _) = people
    await weeks.channel.remove_bot()
    await ann.wait_for("Меня убрали", timeout_s=20)
    await weeks.days(AWAY)
    await weeks.channel.add_bot(by=ann, rights=["can_invite_users"])
    await ann.wait_for(lambda told: RU.here in told.text and RU.waits not in told.text, timeout_s=30)
    await pick(kate, weeks.channel)
    await kate.wait_for(lambda told: EN.here in told.text and EN.waits not in told.text, timeout_s=30)


async def _ask_about_the_month(person, words, weeks, rows) -> None:
    """The gap and the deletion are told, the deleted post is in no figure, and nothing fell."""
    answer, best = plain(await asked(person, "/er 30d")), plain(await asked(person, "/top 30d"))
    assert words.gap in answer
    assert words.deleted in best
    days = [midnight(weeks.now - timedelta(days=back), words.zone) for back in (30, 0)]
    assert f"· {rows(STANDING, *days)[0][0]} " in answer
    told = [plain(one) for one in await said(person, words.deleted)]
    assert [one.split()[0] for one in told if one != best] == [words.tag]
    assert await said(person, words.any_fall) == []
