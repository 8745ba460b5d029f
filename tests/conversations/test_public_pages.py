"""What breaks: a channel added by its name that has no numbers at once, or a sentence that leaves the person alone."""

import pytest


def past_the_queue(shown) -> bool:
    """Others' pages may still be read: then a place in the queue is told first."""
    return not shown.text.startswith(("Смотрю", "Looking"))


async def test_a_channel_added_by_name_has_numbers_at_once(ann, public):
    await public("the_neighbour")
    await ann.send("/add @the_neighbour")
    added = await ann.wait_for(past_the_queue)
    assert "23 456" in added.text.replace("\u00a0", " ")
    assert "45 постов" in added.text
    await added.press("ER")
    answer = await ann.wait_for_answer()
    assert answer.photo_size == (1280, 720)
    assert "ER по просмотрам" in answer.text
    assert "≈" in answer.text
    await ann.send("/er @the_neighbour 7d")
    assert "Соседний" in (await ann.wait_for_answer()).text


async def test_in_english_too(box, public):
    kate = await box.person("Kate", language="en")
    await public("the_english", "English")
    await kate.send("/add https://t.me/the_english")
    assert "public page: 45 posts" in (await kate.wait_for(past_the_queue)).text


async def test_a_channel_without_an_open_page_is_added_and_what_helps_is_said(ann, public):
    await public("the_closed", "Закрытый", preview=False)
    await ann.send("/add @the_closed")
    said = await ann.wait_for(past_the_queue)
    assert "добавлен" in said.text
    assert "файл статистики" in said.text


@pytest.mark.parametrize(
    "link", ["t.me/+AbCdEf123", "https://t.me/joinchat/AbCdEf", "https://t.me/c/1234567890/5"]
)
async def test_a_private_link_is_told_what_the_owner_can_do(ann, link, kept):
    await ann.start()
    await ann.wait_for_answer()
    await ann.send(f"/add {link}")
    assert "закрытая ссылка" in (await ann.wait_for_answer()).text
    assert kept.channels(ann.id) == []
