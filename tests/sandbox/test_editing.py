"""Edits, deletions and presses."""

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto

from bot.demo.client import SandboxError
from tests.sandbox.conftest import png


def periods(chosen: str = "") -> InlineKeyboardMarkup:
    row = [
        InlineKeyboardButton(text=f"• {days}" if days == chosen else days, callback_data=f"er:{days}")
        for days in ("7", "30", "90")
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_a_press_swaps_chart_and_caption_in_place(bot, ann):
    sent = await bot.send_photo(
        ann.id, BufferedInputFile(png(60, 40), "7.png"), caption="7 days", reply_markup=periods("7")
    )
    answer = await ann.wait_for_answer()
    press = await answer.press("30")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert (query.data, query.from_user.id, query.message.message_id) == ("er:30", ann.id, sent.message_id)
    await bot.answer_callback_query(query.id, "Looking", show_alert=False)
    media = InputMediaPhoto(
        media=BufferedInputFile(png(80, 40), "30.png"), caption="30 <b>days</b>", parse_mode="HTML"
    )
    await bot.edit_message_media(
        media, chat_id=ann.id, message_id=sent.message_id, reply_markup=periods("30")
    )
    swapped = await press.edited()
    assert (swapped.text, swapped.photo_size, swapped.labels) == ("30 days", (80, 40), ["7", "• 30", "90"])
    assert (await press.answer()).text == "Looking"
    assert (await answer.refreshed()).is_edited


async def test_a_query_is_answered_once_and_soon(box, bot, ann):
    await bot.send_message(ann.id, "?", reply_markup=periods())
    answer = await ann.wait_for_answer()
    await answer.press("7")
    (update,) = await bot.get_updates()
    await bot.answer_callback_query(update.callback_query.id)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(update.callback_query.id)
    late = await answer.press("30")
    await box.advance(151)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(late.query_id)


async def test_an_edit_that_changes_nothing_is_refused(bot, ann):
    sent = await bot.send_message(ann.id, "<b>same</b>", parse_mode="HTML", reply_markup=periods())
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sent.edit_text("<strong>same</strong>", parse_mode="HTML", reply_markup=periods())
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sent.edit_reply_markup(reply_markup=periods())
    await sent.edit_text("same", reply_markup=periods())
    # An edit that names no keyboard takes it away.
    assert (await sent.edit_text("other")).reply_markup is None


async def test_edits_of_the_wrong_kind_are_refused(bot, ann):
    text = await bot.send_message(ann.id, "text")
    photo = await bot.send_photo(ann.id, BufferedInputFile(png(10, 10), "p.png"))
    theirs = await ann.send("mine")
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await text.edit_caption(caption="x")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await photo.edit_text("x")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=ann.id, message_id=theirs.id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=ann.id, message_id=999)
    assert (await photo.edit_caption(caption="now")).caption == "now"


async def test_the_same_picture_by_file_id_is_no_change(bot, ann):
    photo = await bot.send_photo(ann.id, BufferedInputFile(png(10, 10), "p.png"), caption="x")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await photo.edit_media(InputMediaPhoto(media=photo.photo[-1].file_id, caption="x"))


async def test_deleted_messages_are_gone_and_old_ones_stay(box, bot, ann):
    first = await bot.send_message(ann.id, "one")
    await first.delete()
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await first.delete()
    with pytest.raises(LookupError):
        await ann.message(first.message_id)
    old = await bot.send_message(ann.id, "two")
    await box.advance(48 * 3600 + 1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await old.delete()
    newer = [(await bot.send_message(ann.id, str(n))).message_id for n in range(3)]
    assert await bot.delete_messages(ann.id, [*newer, 999])
    assert (await ann.last()).text == "two"


async def test_any_data_can_be_pressed_by_a_modified_client(box, bot, ann):
    await bot.send_message(ann.id, "?", reply_markup=periods())
    answer = await ann.wait_for_answer()
    await ann.press(answer, data="er:forged")
    (update,) = await bot.get_updates()
    assert update.callback_query.data == "er:forged"
    stranger = await box.person("Stranger")
    with pytest.raises(SandboxError, match="not in the chat"):
        await stranger.press(answer, data="er:7")


async def test_wait_for_finds_a_message_that_becomes_what_is_wanted(bot, ann):
    await ann.send("file")
    sent = await bot.send_message(ann.id, "Reading…")
    assert (await ann.wait_for_answer()).text == "Reading…"
    await ann.send("next")
    await bot.send_message(ann.id, "Reading again…")
    await sent.edit_text("Read: 12 posts")
    with pytest.raises(TimeoutError):
        await ann.wait_for("12 posts", timeout_s=0.2)
    assert (await ann.wait_for("again")).text == "Reading again…"
