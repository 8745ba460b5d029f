"""What breaks: a sentence in the other language."""

import re

import pytest

CYRILLIC, LATIN = re.compile("[А-яЁё]"), re.compile(r"[A-Za-z]{3,}")
# Names that no language translates.
NAMES = re.compile(
    r"/\w+|@\w+|t\.me\S*|Europe/Moscow|ER(?:R|day)?\b|CPM|ROI|LTV|Excel|CSV|XLSX|JSON|HTML|ZIP|TGStat|Telethon|Telegram(?: Desktop)?|Otklik|YouTube(?: Studio)?|VK|MAX|vk\.com|youtube\.com/|max\.ru|Instagram|durov|\w+\.(?:csv|json)|12\.5K|MB"
)


async def _everything_said(ann, drop, data) -> str:
    await ann.start()
    await ann.wait_for_answer()
    for command in ("/er", "/help", "/add", "/channels", "/subs"):
        await ann.send(command)
        await ann.wait_for_answer()
    told = await drop(ann, data, "data.csv")
    for command in ("100", "/er 30d", "/channels", "/er zzz", "/subs x", "/digest", "/alerts"):
        await ann.send(command)
        await ann.wait_for_answer()
    press = await ann.press(told, row=told.buttons[-1].row)
    await press.edited()
    said = [shown for shown in await ann.messages() if shown.is_from_bot]
    return "\n".join(line for shown in said for line in (shown.text, *shown.labels))


async def test_english_has_no_word_of_russian(box, drop, some_file):
    ann = await box.person("Ann", language="en")
    said = await _everything_said(ann, drop, some_file(channel="Coffee"))
    assert not CYRILLIC.findall(said), [line for line in said.splitlines() if CYRILLIC.search(line)]


async def test_russian_has_no_word_of_english(box, drop, some_file):
    ann = await box.person("Аня", language="ru")
    said = NAMES.sub("", await _everything_said(ann, drop, some_file(channel="Кофе")))
    assert "Кофе" in said
    wrong = [line for line in said.splitlines() if set(LATIN.findall(line)) - {"zzz", "month"}]
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("before", "button", "word"), [("ru", "English", "No channels"), ("en", "Русский", "Каналов")]
)
async def test_the_language_is_changed_and_answers_follow(box, before, button, word):
    ann = await box.person("Ann", language=before)
    await ann.send("/lang")
    await (await (await ann.wait_for_answer()).press(button)).edited()
    await ann.send("/channels")
    assert word in (await ann.wait_for_answer()).text
