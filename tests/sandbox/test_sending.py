"""What the bot sends, as the person gets it, and what Telegram refuses."""

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    KeyboardButtonRequestChat,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from tests.sandbox.conftest import NOON, png


def keyboard(**button) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", **button)]])


async def test_a_text_arrives_with_its_entities_and_the_sandbox_date(bot, ann):
    sent = await bot.send_message(
        ann.id,
        "<b>ER</b> 4 % &lt;ok&gt;",
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    got = await ann.wait_for_answer()
    assert got.text == "ER 4 % <ok>"
    assert got.entities == [{"type": "bold", "offset": 0, "length": 2}]
    assert got.date == NOON == sent.date
    assert sent.html_text == "<b>ER</b> 4 % &lt;ok&gt;"


async def test_a_photo_is_uploaded_once_and_sent_again_by_file_id(bot, ann):
    picture = png(1280, 720)
    sent = await bot.send_photo(ann.id, BufferedInputFile(picture, "chart.png"), caption="chart")
    got = await ann.wait_for_answer()
    assert await got.file_bytes() == picture
    assert got.photo_size == (1280, 720)
    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 50),
        (320, 180),
        (800, 450),
        (1280, 720),
    ]
    await bot.send_photo(ann.id, sent.photo[-1].file_id)
    again = await ann.wait_for_answer()
    assert again.photo_id == got.photo_id
    downloaded = await bot.download(sent.photo[-1].file_id)
    assert downloaded.read() == picture


async def test_a_document_keeps_its_name_for_the_reader(bot, ann):
    await bot.send_document(ann.id, BufferedInputFile(b"a,b\n1,2\n", "posts.csv"), caption="table")
    got = await ann.wait_for_answer()
    assert (got.document_name, got.text) == ("posts.csv", "table")
    assert await got.file_bytes() == b"a,b\n1,2\n"


async def test_a_persons_file_reaches_the_bot_byte_for_byte(bot, ann):
    data = bytes(range(256)) * 400
    await ann.send_file(data, "Отчёт.csv", caption="март")
    (update,) = await bot.get_updates()
    document = update.message.document
    assert (document.file_name, document.file_size, update.message.caption) == (
        "Отчёт.csv",
        len(data),
        "март",
    )
    assert (await bot.download(document)).read() == data


async def test_an_album_shares_one_group_id(bot, ann):
    media = [
        InputMediaPhoto(
            media=BufferedInputFile(png(40, 40 + n), f"{n}.png"), caption="three" if n == 0 else None
        )
        for n in range(3)
    ]
    sent = await bot.send_media_group(ann.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.photo[-1].height for message in sent] == [40, 41, 42]
    with pytest.raises(TelegramBadRequest, match="album"):
        await bot.send_media_group(ann.id, [InputMediaPhoto(media=sent[0].photo[-1].file_id)])


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("x" * 4096, True),
        ("x" * 4097, False),
        ("😀" * 2048, True),
        ("😀" * 2049, False),
        ("<b>" + "x" * 4096 + "</b>", True),
    ],
)
async def test_text_is_limited_in_utf16_units_after_entities(bot, ann, text, passes):
    if passes:
        await bot.send_message(ann.id, text, parse_mode="HTML")
        return
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(ann.id, text)


async def test_caption_text_and_data_limits(bot, ann):
    photo = BufferedInputFile(png(10, 10), "p.png")
    await bot.send_photo(ann.id, photo, caption="x" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(ann.id, photo, caption="x" * 1025)
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(ann.id, " \n ")
    await bot.send_message(ann.id, "ok", reply_markup=keyboard(callback_data="ы" * 32))
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(ann.id, "no", reply_markup=keyboard(callback_data="ы" * 32 + "x"))
    with pytest.raises(TelegramBadRequest, match="text buttons are unallowed"):
        await bot.send_message(ann.id, "no", reply_markup=keyboard())


async def test_pictures_telegram_would_not_take(bot, ann):
    for data, refusal in (
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10) + bytes(10 << 20), "is too big for a photo; the maximum size is 10485760 bytes"),
    ):
        with pytest.raises(TelegramBadRequest, match=refusal):
            await bot.send_photo(ann.id, BufferedInputFile(data, "p.png"))
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(ann.id, BufferedInputFile(bytes((50 << 20) + 1), "huge.bin"))
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_photo(ann.id, "AgACunknown")


async def test_a_file_over_20_mb_can_not_be_downloaded(bot, ann):
    await ann.send_file(bytes((20 << 20) + 1), "big.csv")
    (update,) = await bot.get_updates()
    assert update.message.document.file_size == (20 << 20) + 1
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_who_can_not_be_written_to(box, bot, ann):
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(4242, "anybody?")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message("@nobody_here", "anybody?")
    stranger = await box.person("Stranger")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "hello")
    await ann.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "hello")


async def test_blocking_and_coming_back_is_told(ann, inbox):
    await ann.block()
    update = await inbox.one()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    await ann.send("/start")
    back, message = await inbox.read()
    assert back.my_chat_member.new_chat_member.status == "member"
    assert message.message.text == "/start"


async def test_replies_quote_and_missing_ones_are_refused(bot, ann):
    question = await ann.send("how?")
    await bot.send_message(ann.id, "so", reply_parameters=ReplyParameters(message_id=question.id))
    assert (await ann.wait_for_answer()).raw["reply_to_message"]["text"] == "how?"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(ann.id, "so", reply_parameters=ReplyParameters(message_id=999))


async def test_a_reply_keyboard_is_seen_by_the_person_only(box, bot, ann):
    button = KeyboardButton(
        text="Share", request_chat=KeyboardButtonRequestChat(request_id=1, chat_is_channel=True)
    )
    markup = ReplyKeyboardMarkup(keyboard=[[button], [KeyboardButton(text="Skip")]])
    sent = await bot.send_message(ann.id, "Which?", reply_markup=markup)
    assert sent.reply_markup is None
    assert [one.text for one in (await ann.wait_for_answer()).keyboard] == ["Share", "Skip"]
    await bot.send_message(ann.id, "done", reply_markup=ReplyKeyboardRemove())
    group = await box.group("Team", owner=ann)
    with pytest.raises(TelegramBadRequest, match="chats can be requested in private chats only"):
        await bot.send_message(group.id, "Which?", reply_markup=markup)


async def test_commands_and_links_are_found_in_what_people_write(bot, ann):
    await ann.send("  /er@otklik_sandbox_bot 7d #утро https://t.me/news, @ann_the ")
    (update,) = await bot.get_updates()
    message = update.message
    assert message.text == "/er@otklik_sandbox_bot 7d #утро https://t.me/news, @ann_the"
    assert [(entity.type, entity.extract_from(message.text)) for entity in message.entities] == [
        ("bot_command", "/er@otklik_sandbox_bot"),
        ("hashtag", "#утро"),
        ("url", "https://t.me/news"),
        ("mention", "@ann_the"),
    ]


async def test_copies_and_forwards(bot, ann):
    original = await bot.send_message(ann.id, "figures")
    copy = await bot.copy_message(ann.id, ann.id, original.message_id)
    assert (await ann.message(copy.message_id)).text == "figures"
    forwarded = await bot.forward_message(ann.id, ann.id, original.message_id)
    assert forwarded.forward_origin.sender_user.id == bot.id
