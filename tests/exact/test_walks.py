"""A private channel from the moment the bot is added: its history, /er, its posts at their ages, deletions, rights, tokens."""

import os
from datetime import timedelta

import pytest

from tests.exact.conftest import NOW, START
from tests.kit.processes import run_otklik

LOADED = "SELECT found, done_at IS NOT NULL FROM exact_channel"


@pytest.mark.timeout(300)
async def test_posts_are_read_at_their_ages_and_a_deleted_one_leaves_the_figures(
    box, ann, private, living, rows, eventually
):
    channel = await private(ann, posts=40)
    async with living():
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("перешлите сюда", timeout_s=90)
        posts = [(await channel.post(f"новый {number}"))[0] for number in range(6)]
        await box.wait_until_read()
        await box.advance(1, wait=True)
        await eventually(LOADED, (46, 1))
        for age_h in (1, 3, 6, 12):
            for number in posts:
                await channel.set_views(number, 100 * age_h + number)
            await box.set_clock(START + timedelta(hours=age_h, seconds=2), wait=True)
        readings = (
            "SELECT count(*), count(DISTINCT reading.observed_at) FROM reading JOIN post ON post_id = post.id"
        )
        read = rows(
            f"{readings} WHERE source = 'exact' AND reading.views > 0 AND external_id = ?", str(posts[0])
        )
        assert read == [(4, 4)]
        shown = rows("SELECT views, forwards FROM post WHERE external_id = ?", str(posts[0]))
        assert shown == [(1_200 + posts[0], 0)]
        await channel.delete(posts[3])
        await box.set_clock(START + timedelta(hours=24, seconds=2), wait=True)
        await box.set_clock(START + timedelta(hours=25, seconds=9), wait=True)
        await eventually("SELECT external_id FROM post WHERE deleted_at IS NOT NULL", (str(posts[3]),))
        await ann.send("/top 30d")
        answer = await ann.wait_for_answer(timeout_s=90)
        assert "Удалено в канале: 1 пост" in answer.text
        assert "новый 3" in answer.text


@pytest.mark.timeout(300)
async def test_rights_that_are_lost_end_the_reading_and_begin_it_again(
    box, ann, private, living, rows, eventually
):
    channel = await private(ann, posts=10)
    async with living():
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("перешлите сюда", timeout_s=90)
        (post,) = await channel.post("новый")
        await box.wait_until_read()
        await box.advance(1, wait=True)
        await eventually(LOADED, (11, 1))
        await channel.remove_bot()
        await ann.wait_for("Меня убрали", timeout_s=20)
        asked = len(await box.mtproto.asked("GetMessages"))
        await box.advance(3 * 3600, wait=True)
        assert len(await box.mtproto.asked("GetMessages")) == asked
        assert rows("SELECT reason, ended_at IS NULL FROM gap") == [("rights", 1)]
        await channel.set_views(post, 900)
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("уже здесь", timeout_s=20)
        await box.wait_until_read()
        await box.advance(3 * 3600, wait=True)
        await eventually(f"SELECT views FROM post WHERE external_id = '{post}'", (900,))
        assert rows("SELECT reason, ended_at IS NULL FROM gap") == [("rights", 0)]


@pytest.mark.timeout(300)
async def test_another_token_logs_in_anew_and_goes_on(box, ann, private, living, rows, eventually):
    channel = await private(ann, posts=10)
    async with living():
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("перешлите сюда", timeout_s=90)
        (post,) = await channel.post("новый")
        await box.wait_until_read()
        await box.advance(1, wait=True)
        await eventually(LOADED, (11, 1))
    token = box.token.replace("AAsandbox", "AAanother")
    await box.mtproto.forget(token=token)
    await channel.set_views(post, 77)
    async with living(BOT_TOKEN=token):
        await box.set_clock(START + timedelta(hours=2), wait=True)
        await eventually(f"SELECT views FROM post WHERE external_id = '{post}'", (77,))
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 2
    assert rows("SELECT logged_in_at >= ? FROM exact_account", NOW) == [(1,)]


@pytest.mark.timeout(300)
async def test_a_public_channel_has_figures_from_its_page_before_its_history(
    box, ann, private, living, rows, eventually
):
    channel = await private(ann, posts=30)
    await box.wire.post(f"/sandbox/chats/{channel.id}", username="the_open_one")
    async with living():
        await channel.add_bot(rights=["can_invite_users"])
        taken = await ann.wait_for("С публичной страницы", timeout_s=90)
        assert "30 постов" in taken.text
        await box.advance(1, wait=True)
        await eventually(LOADED, (30, 1))
        await ann.send("/er 7d")
        answer = await ann.wait_for_answer(timeout_s=90)
        assert answer.photo_size == (1280, 720)
        shown = rows("SELECT count(*) FROM post WHERE views IS NOT NULL AND steps IS NULL")
        assert shown == [(30,)]


async def test_the_operator_asks_for_one_post_and_is_told_which_counters_came(
    box, ann, private, env, rows, tmp_path
):
    channel = await private(ann, posts=3)
    await channel.add_bot(rights=["can_invite_users"])

    async def otklik(*arguments: str, **changed: str) -> tuple[int, str]:
        around = {name: value for name, value in os.environ.items() if name not in env}
        ran = await run_otklik(
            *arguments, env=around | env | {"LANG": "ru_RU.UTF-8"} | changed, folder=tmp_path
        )
        return ran.code, (ran.out + ran.errors).replace("\xa0", " ")

    code, told = await otklik("counters", str(channel.id), "3")
    assert (code, "просмотры: 5 111" in told, "Просмотры приходят" in told) == (0, True, True), told
    assert "Права администратора видны" in told
    await box.mtproto.hide("views")
    code, told = await otklik("counters", str(channel.id).removeprefix("-100"), "3", LANG="en_US.UTF-8")
    assert (code, "views: Telegram gave none" in told, "reactions: 103" in told) == (1, True, True)
    assert await otklik("counters", str(channel.id), "9") == (
        1,
        f"{channel.id}: поста 9 нет. Возьмите номер из ссылки на пост.\n",
    )
    await channel.remove_bot()
    code, told = await otklik("counters", str(channel.id), "3")
    assert (code, "не пустил бота" in told) == (2, True)
    code, told = await otklik("counters", str(channel.id), "3", API_ID="", API_HASH="")
    assert (code, "docs/collection.md" in told) == (2, True)
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
    _, told = await otklik("doctor")
    assert "✓ точные счётчики: включены, ещё ничего не прочитано" in told
