"""What breaks: a wrong file that its sender can't take back in words, or talk of files that is taken for it."""

import pytest

from bot.core.parsing.removal import asks_to_undo_upload


@pytest.mark.parametrize(
    "text",
    [
        "отмени последнюю загрузку", "ой не тот файл залила, откати", "верни как было до импорта", "удали файл который я скинул",
        "ошиблась файлом", "oops wrong file, undo that", "undo the import", "please remove the last upload",
    ],
)  # fmt: skip
def test_who_sent_the_wrong_file_is_understood(text):
    assert asks_to_undo_upload(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "скинь файл", "файл пришлю завтра", "отмени сводку", "удали кухню", "какой файл прислать?", "как отменить загрузку?",
        "send me the file", "cancel", "верни деньги", "грузчик отменил заказ",
    ],
)  # fmt: skip
def test_talk_of_files_and_other_removals_are_left_alone(text):
    assert not asks_to_undo_upload(text)
