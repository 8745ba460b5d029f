"""The table: what the bot promises to somebody who knows no commands, a line each, and what a group does otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docs.tour.steps import Words

SECTIONS: Mapping[str, Words] = {
    "words": ("Без команд", "No commands to learn"),
    "answers": ("Ответы", "Answers"),
    "screens": ("Сводки, проверки, группа", "Summaries, checks, groups"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`code`: of the steps that walk it. `place`: where it can be walked at all."""

    code: str
    section: str
    promise: Words
    places: Sequence[str] = ("private", "group")


LINES: Sequence[Line] = (
    Line("commands", "words", ("Команды в любом регистре, с опечаткой и по-русски; просто слова", "Commands in any case, with a typo, or just words")),
    Line("names", "words", ("Имя или ссылка: свой канал — показатели, чужой — проверка, в любой сети", "A name or a link: your own channel’s numbers, a check of any other, on any network")),
    Line("post_link", "words", ("Ссылка на свой пост — его карточка рядом с обычным для того же возраста", "A link to your own post: its card beside the usual at the same age")),
    Line("forward", "words", ("Пересланный пост: свой — карточка, чужой — проверка канала", "A forwarded post: a card for your own, a check for any other channel"), ("private",)),
    Line("periods", "words", ("Период как говорят, до или после имени", "Periods as people say them, before or after the name")),
    Line("parts", "words", ("Имя по частям и с опечаткой; «против»; «с прошлым месяцем»", "Parts of names and typos; “vs”; “with last month”")),
    Line("why_how", "words", ("«Как посчитано?» и «почему?» в ответ на число или кнопкой", "“How was it computed?” and “why?” in reply to a number, or by a button")),
    Line("not_understood", "words", ("Непонятое — три кнопки с самым вероятным", "What isn’t understood gets the three likeliest buttons")),
    Line("question", "words", ("Вопрос не съедает команд, имён, «спасибо»; «потом» его закрывает", "A question swallows no command, name or “thanks”; “later” closes it")),
    Line("answer", "answers", ("Сначала вывод, число и формула; остальное — по нажатию; кнопки ведут дальше", "The verdict, the number and its formula first; the rest at a touch; buttons lead on")),
    Line("growth", "answers", ("Рост: кто пришёл, ушёл, по каким ссылкам, сколько осталось", "Growth: who joined and left, by which links, and who stayed")),
    Line("when", "answers", ("Когда читают; «время выхода почти ничего не меняет», если так и есть", "When people read; “the time of posting hardly changes anything” where that is so")),
    Line("content", "answers", ("Что заходит: формат, длина, хештеги, день недели, реклама", "What works: format, length, hashtags, weekday, ads")),
    Line("top", "answers", ("Лучшие и слабые посты по ER, ERR, репостам, комментариям", "Best and weakest posts by ER, ERR, forwards, comments")),
    Line("benchmark", "answers", ("Сравнение с похожими; опубликованные цифры с источником и годом", "Similar channels; published figures with source and year")),
    Line("export_asked", "answers", ("Выгрузка одной фразой", "An export in one phrase")),
    Line("goal", "answers", ("Цель: план и факт в показателях; заметка ко дню", "A goal: plan against actual in the numbers; a note on a day")),
    Line("inline", "answers", ("Готовая карточка в любой чат", "A finished card in any chat")),
    Line("show_now", "screens", ("Сводку и предупреждение видно до включения; включает в группе администратор", "The summary and the alert can be seen before they are on; in a group an admin turns them on")),
    Line("routine", "screens", ("/digest 10:00 пн-пт, /digest off — или ясный отказ", "/digest 10:00 mon-fri, /digest off, or a clear refusal")),
    Line("alert", "screens", ("Падение ниже своего: предупреждение с картинкой; сводка той же минуты говорит то же", "A drop below the channel’s own: an alert with its picture; the summary of that minute says the same")),
    Line("why_dropped", "screens", ("«Почему просело» под предупреждением; открытое падение видно в /er", "“Why did it drop?” under the alert; the open drop is in /er")),
    Line("mute", "screens", ("Пауза говорит, когда кончится, и снимается", "A mute says when it ends, and can be lifted")),
    Line("longer", "screens", ("Неделя и месяц рассказывают о падении", "The week’s and the month’s summaries tell the drop")),
    Line("many", "screens", ("Больше 12 каналов: таблица и её главное словами", "Over 12 channels: a table, and what matters in it in words"), ("private",)),
    Line("old_file", "screens", ("Файл с командой в подписи: не теряется ни файл, ни команда", "A file with a command in its caption: neither is lost"), ("private",)),
    Line("group_file", "screens", ("Файл в группе: с именем бота в подписи", "A file in a group: with the bot’s name in its caption"), ("group",)),
    Line("old_file_asked", "screens", ("О старом файле спрашивают раз в неделю; канал, который читается сам, файла не просит", "An old file is asked about once a week; a channel that is read by itself never asks for a file")),
    Line("check_topic", "screens", ("Проверка: темы и «другая»; непроверенное — одной строкой", "A check: topics and “another”; what wasn’t checked in one line")),
    Line("check_three", "screens", ("Три канала рядом с ценами", "Three channels side by side with prices")),
    Line("watch", "screens", ("Через 48 часов отчёт начинается с того, что изменилось", "The 48-hour report starts with what changed")),
    Line("placement", "screens", ("Покупка одной формой; правится потом; ссылку спросят, когда пост выйдет", "A purchase in one form; edited later; the link is asked for once the post is live")),
    Line("channels", "screens", ("Каналы: переименовать, убрать в архив, вернуть, найти", "Channels: rename, archive, bring back, search"), ("private",)),
    Line("help", "screens", ("Помощь; в группе — как прислать туда файл", "Help; in a group, how a file gets there")),
    Line("non_admin", "screens", ("Участнику говорят, кто может менять", "A member learns who can change things"), ("group",)),
    Line("edited", "screens", ("Исправленная команда получает ответ", "An edited command is answered")),
)  # fmt: skip
BY_CODE = {line.code: line for line in LINES}
