"""What breaks: a summary of the wrong day, sent twice, or late without saying so; a silent day with a page of nothing."""

import re
from datetime import timedelta

import pytest

from bot.features.summaries.running import prepare_digest
from metrics.drops.episodes import accept
from storage.workspace import episodes, schedules
from tests.notifications.played import nine


async def _next_day(stage, playing, days=1):
    before, now = stage.clock.moment, nine(stage.clock.moment, days)
    for played in playing:
        await played.read_between(before, now)
    return await stage.pass_to(now)


async def test_yesterday_is_told_every_morning_once(stage, play):
    played = await play(stage)
    await stage.subscribe("digest")
    pictures = []
    for _ in range(3):
        [said] = await _next_day(stage, [played])
        pictures.append(said.picture)
        assert await stage.pass_to(stage.clock.moment + timedelta(minutes=1)) == []
        yesterday = stage.clock.moment - timedelta(days=1)
        assert said.text.startswith("#сводка · <b>")
        assert f", {yesterday.day} окт" in said.text.splitlines()[0]
    assert pictures[0].startswith(b"\x89PNG")
    labels = [button.text for row in said.markup.inline_keyboard for button in row]
    assert labels == ["ER · Кухня по соседству", "🧮 Как посчитано", "🔕 Пауза 7 дней", "⚙️ Настроить"]


async def test_english_is_spoken_where_it_was_chosen(settle, play):
    stage = await settle(40, language="en")
    played = await play(stage, "Kitchen")
    await stage.subscribe("digest")
    [said] = await _next_day(stage, [played])
    assert said.text.startswith("#digest · <b>")
    assert "Subscribers: " in said.text


async def test_a_channel_that_is_only_looked_at_has_a_part_of_its_own(stage, play):
    played = await play(stage)
    looked_at = await stage.add("Сосед", is_watched=True)
    await stage.subscribe("digest")
    due = int(nine(stage.clock.moment, 1).timestamp())
    day_before = due - 39 * 3600
    [usual] = [
        post for post in played.example.posts if post.views and not post.is_ad and not post.is_forwarded
    ][:1]
    rows = [
        usual._replace(
            external_id=str(number), published_at=day_before - number * 86_400, observed_at=due - 600,
            views=900 if number else 9_000, title="Взлетело" if number == 0 else "Как обычно", link=None,
        )
        for number in range(20)
    ]  # fmt: skip
    await stage.read(looked_at, rows)
    [said] = await _next_day(stage, [played])
    own, _, theirs = said.text.partition("<b>Чужие каналы</b>")
    assert "Сосед: Взлетело — в " in theirs
    assert "Сосед" not in own


async def test_a_silent_day_says_so_in_a_line(stage, play):
    played = await play(stage)
    silent = await stage.add("Тихий")
    await stage.subscribe("digest", channels=(silent,))
    [said] = await _next_day(stage, [played])
    assert "Данных пока нет" in said.text
    at_night = stage.now + 14 * 3600  # the day that is told is as good as over by then
    await stage.read(silent, [played.example.posts[0]._replace(observed_at=at_night)])
    [said] = await _next_day(stage, [played])
    assert said.text.splitlines()[1:] == ["", "Вчера: постов не было ни в одном канале."]
    assert said.picture is None


async def test_after_days_away_one_summary_stands_in_for_all(stage, play):
    played = await play(stage)
    await stage.subscribe("digest")
    [said] = await _next_day(stage, [played], days=6)
    assert "эта — вместо них" in said.text.splitlines()[1]
    assert len(await _next_day(stage, [played])) == 1


@pytest.mark.parametrize(("frequency", "days", "word"), [("weekly", 8, "неделя"), ("monthly", 31, "2026")])
async def test_longer_periods_are_told_with_the_one_before(stage, play, frequency, days, word):
    played = await play(stage)
    await stage.subscribe("digest", frequency=frequency)
    said = []
    for _ in range(days):
        said += await _next_day(stage, [played])
    assert len(said) in (1, 2)
    assert word in said[0].text.splitlines()[0]
    assert "К прошлому периоду" in said[0].text
    assert "К своей истории" in said[0].text


async def test_a_pause_and_a_switch_off_are_kept(stage, play):
    played = await play(stage)
    await stage.subscribe("digest", muted_until=stage.now + 2 * 86_400 + 3600)
    said = [await _next_day(stage, [played]) for _ in range(3)]
    assert [len(one) for one in said] == [0, 0, 1]
    await stage.subscribe("digest", is_on=False)
    assert await _next_day(stage, [played]) == []


async def test_drops_are_lines_of_the_summary_where_nobody_asked_for_alerts(stage, play):
    begin = stage.clock.moment
    played = await play(stage, falls=begin, share=0.5)
    await stage.subscribe("digest")
    said = []
    for _ in range(8):
        said += await _next_day(stage, [played])
    assert any("⚠️ Просмотры ниже своих с " in one.text for one in said)
    assert {delivery.kind for delivery, _ in stage.told} == {"digest"}


async def test_a_summary_agrees_with_the_alert_of_its_minute_and_a_level_accepted_is_no_recovery(stage, play):
    played = await play(stage, falls=stage.clock.moment, share=0.5)
    await stage.subscribe("digest")
    await stage.subscribe("alerts")
    told = {}
    for _ in range(8):
        before = len(stage.told)
        await _next_day(stage, [played])
        told = {delivery.kind: one.text for delivery, one in stage.told[before:]}
        if "alert" in told:
            break
    mark, since, depth = re.search(
        r"^(.+) Просмотры ниже своих с (.+), до (−\d+.%)$", told["digest"], re.MULTILINE
    ).groups()
    assert told["alert"].startswith(f"{mark} <b>Кухня по соседству</b>: просмотры")
    assert f"Началось {since}." in told["alert"]
    assert depth in told["alert"].splitlines()[0]
    await _accept(stage, played.channel_id)
    [said] = await _next_day(stage, [played])
    assert "ниже своих" not in said.text
    assert "снова обычные" not in said.text


async def _accept(stage, channel_id: int) -> None:
    """As the button under an alert does."""
    async with stage.database.begin() as conn:
        before = await episodes.tracked(conn, stage.workspace_id, channel_id, "views")
        step = accept(before.track, stage.clock.moment.date())
        assert step.closed.closed_by == "accepted"
        facts = before.kept.facts
        await episodes.move(
            conn, stage.workspace_id, channel_id, "views", before, step, is_pushed=False, facts=facts
        )


async def test_a_workspace_hears_nothing_of_another(settle, play):
    ours, theirs = await settle(40), await settle(40, chat_id=-6)
    mine = await play(ours, "Наш")
    await play(theirs, "Секретный")
    await ours.subscribe("digest")
    [said] = await _next_day(ours, [mine])
    assert "Секретный" not in said.text
    async with ours.database.read() as conn:
        assert await schedules.get(conn, theirs.workspace_id, "digest") is None


async def test_more_channels_than_a_picture_holds_come_as_a_table(stage, play):
    playing = [await play(stage, f"Канал {number:02}", number % 2) for number in range(13)]
    await stage.subscribe("digest")
    [said] = await _next_day(stage, playing)
    name, content = said.document
    assert (name[-5:], content[:2]) == (".xlsx", b"PK")
    assert "в таблице ниже" in said.text
    assert said.picture.startswith(b"\x89PNG")


async def test_a_picture_drawn_ahead_is_the_one_that_leaves_and_drops_are_judged_once(stage, play):
    played = await play(stage)
    schedule = await stage.subscribe("digest")
    before, eight = stage.clock.moment, nine(stage.clock.moment, 1) - timedelta(hours=1)
    await played.read_between(before, eight)
    stage.clock.moment = eight
    await prepare_digest(stage.services, schedule)
    judged = {(played.channel_id, "views"), (played.channel_id, "er")}
    async with stage.database.read() as conn:
        assert await episodes.evaluated(conn, stage.workspace_id, eight.date()) == judged
    kept = stage.settings.storage.data_dir / "pictures"
    [words], [drawn] = kept.glob("*/*.html"), [one for one in kept.glob("*/*") if not one.suffix]
    made = (words.read_text("utf-8"), drawn.read_bytes())
    [said] = await stage.pass_to(nine(eight))
    assert (said.text, said.picture) == made
    assert said.picture.startswith(b"\x89PNG")


async def test_words_made_ahead_are_those_of_the_due_moment(stage, settle, play):
    later = await settle(40, chat_id=-6)
    texts = []
    for one, is_ahead in ((stage, True), (later, False)):
        played = await play(one)
        schedule = await one.subscribe("digest")
        before, eight = one.clock.moment, nine(one.clock.moment, 1) - timedelta(hours=1)
        await played.read_between(before, eight)
        one.clock.moment = eight
        if is_ahead:
            await prepare_digest(one.services, schedule)
        [said] = await one.pass_to(nine(eight))
        texts.append((said.text, said.picture))
    assert texts[0] == texts[1]


async def test_what_came_after_it_was_made_is_told(stage, play):
    played = await play(stage)
    schedule = await stage.subscribe("digest")
    before, eight = stage.clock.moment, nine(stage.clock.moment, 1) - timedelta(hours=1)
    stage.clock.moment = eight
    await prepare_digest(stage.services, schedule)
    await played.read_between(before, nine(eight))
    [said] = await stage.pass_to(nine(eight))
    kept = stage.settings.storage.data_dir / "pictures"
    assert said.text not in [words.read_text("utf-8") for words in kept.glob("*/*.html")]
    assert said.picture not in [drawn.read_bytes() for drawn in kept.glob("*/*")]


async def test_a_channel_that_lives_of_an_old_file_is_asked_about_on_mondays_alone(stage, play):
    await play(stage)  # read until today, and then never again
    await stage.subscribe("digest")
    told = {}
    for _ in range(12):
        said = await _next_day(stage, [])
        told[stage.clock.moment.date()] = [one.text for one in said]
    fresh, *later = told.items()
    assert fresh[1]
    asked = [day for day, texts in later[3:] if texts]
    assert asked
    assert all(day.weekday() == 0 for day in asked)
    assert all("Пришлите свежий файл" in told[day][0] for day in asked)
