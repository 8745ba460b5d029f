"""How people call what the bot can do, in Russian and English, and the words around it that say nothing."""

import unicodedata
from collections.abc import Sequence

# Words in lower case, «е» for «ё»; a phrase of several words is looked for before its parts.
_CALLED = {
    "er": (
        "er, ер, stats, stat, statistics, analytics, статистика, статистику, статистики, стата, стату, аналитика, аналитику"
        ", отчет, report, вовлеченность, вовлеченности, engagement, engagement rate, отклик, охват, охваты, reach, просмотры, views"
        ", показатели, метрики, metrics, цифры, numbers, активность, activity, как дела у канала, как мой канал"
        ", как канал, how is my channel, how is the channel, how are we doing, динамика, динамику, график, графики, chart, charts, graph, пришли отчет, пришли статистику, ук, err"
    ),
    "growth": (
        "growth, рост, рост канала, рост подписчиков, прирост, прирост подписчиков, отписки, отписок, отток, отток подписчиков"
        ", подписки и отписки, кто пришел, кто ушел, кто отписался, сколько пришло, сколько ушло, откуда подписчики"
        ", откуда приходят, subscriber growth, channel growth, audience growth, new subscribers, unsubscribes, who left, who joined, new followers, new subs"
        ", where do subscribers come from"
    ),
    "when": (
        "when, когда постить, когда лучше постить, когда публиковать, когда лучше публиковать, когда выкладывать"
        ", когда лучше выкладывать, время публикации, время постинга, время выхода, лучшее время, лучшее время для постов"
        ", лучшее время для публикации, когда читают, когда онлайн, в какое время постить, во сколько постить"
        ", when to post, when should i post, when should we post, best time, best time to post, posting time"
        ", when do they read, active hours, best hours, best day to post"
    ),
    "content": (
        "content, контент, что заходит, что лучше заходит, что работает, какой контент заходит, какой контент работает, форматы"
        ", какие форматы заходят, какие форматы работают, хештеги, хэштеги, о чем писать, что постить, что публиковать"
        ", какие посты заходят, what works, what content works, what to post, formats, hashtags, which formats work"
        ", what performs best, content analysis, анализ контента"
    ),
    "benchmark": (
        "benchmark, benchmarks, бенчмарк, бенчмарки, норма, норма er, какой er нормальный, нормальный er, хороший er, хороший ли er"
        ", какой er хороший, средний er, как у других, сравни с похожими, похожие каналы, норма по рынку, по рынку"
        ", what is a good er, what's a good er, good er, is my er good, average er, how do others do, similar channels, industry average"
    ),
    "why": (
        "why, почему, почему просело, почему упало, почему упал, почему упала, почему упали, почему просели, почему просел"
        ", почему падает, почему падают, почему меньше, почему упали просмотры, почему просели просмотры, почему упал охват"
        ", почему просел охват, почему упали охваты, почему просели охваты, почему упал er, почему просел er, почему упала вовлеченность, почему меньше просмотров"
        ", почему мало просмотров, почему такая просадка, почему просадка, в чем причина, причина падения, причины падения, из-за чего просело, из-за чего упало"
        ", why did it drop, how come, why did it fall, why the drop, why is it down, why are we down, why did views drop, why did views fall, why are views down"
        ", why did my views drop, why did reach drop, why did er drop, why did er fall, why is er down, why fewer views, why did engagement drop, reason for the drop"
    ),
    "digest": (
        "digest, summary, сводка, сводку, сводки, сводка каждый день, сводку каждый день, пришли сводку, дайджест, ежедневная сводка, ежедневную сводку, настройки, настройка, settings"
        ", daily summary, morning summary, утренняя сводка, утреннюю сводку, рассылка, рассылку"
    ),
    "alerts": (
        "alerts, alert, алерты, алерт, предупреждения, предупреждение, уведомления, оповещения, notifications, warnings"
        ", падения, drops, просадки"
    ),
    "top": (
        "top, топ, топчик, топ посты, топ постов, top posts, best posts, best post, лучшие посты, лучшие, лучший пост, худшие посты"
        ", слабые посты, worst posts, что зашло, что зашло лучше, что зашло лучше всего, что лучше всего зашло, какие посты зашли, какие посты лучше"
        ", какие посты зашли лучше, какие посты зашли лучше всего, какие посты лучше зашли, какие посты лучше всего зашли, популярные посты"
        ", самые популярные посты, какие посты лучшие, what worked, what worked best, which posts worked best, most popular posts, best"
    ),
    "post": (
        "post, карточка поста, карточку поста, статистика поста, статистику поста, как идет пост, как дела у поста, последний пост"
        ", свежий пост, post card, post stats, latest post, how is the post doing"
    ),
    "compare": "compare, сравни, сравнить, сравнение, сравните, сравним, comparison, против, vs, vs., versus, рядом",
    "goal": "goal, goals, цель, цели, мои цели, my goals, поставь цель, поставить цель, новая цель, set a goal, new goal",
    "note": "note, notes, заметка, заметку, заметки, мои заметки, my notes, новая заметка, new note",
    "check": "check, проверь, проверить, проверка, проверку, проверьте, накрутка, накрутку, audit, аудит, verify, inspect",
    "add": (
        "add, добавь, добавить, добавьте, подключи, подключить, add channel, add a channel, connect, new channel, новый канал"
        ", подключить канал"
    ),
    "channels": (
        "channels, каналы, мои каналы, my channels, список каналов, все каналы, all channels, all my channels, список, сколько подписчиков, сколько у меня подписчиков"
        ", how many subscribers, how many subscribers do i have, channel list, list channels, статистика всех каналов, статистика по всем каналам, stats of all channels, stats for all channels, все мои каналы"
    ),
    "subs": "subs, подписчики, подписчиков, подписчика, подписчик, подпис, subscribers, followers, сабы",
    "money": "money, деньги, окупаемость, калькулятор, calculator, посчитать, посчитай, посчитать деньги, calculate",
    "placement": (
        "placement, размещение, новое размещение, записать размещение, запиши размещение, купил рекламу, купила рекламу"
        ", new placement, i bought an ad, bought an ad"
    ),
    "placements": "placements, размещения, все размещения, мои размещения, покупки, закупки, my placements, all placements",
    "export": (
        "export, экспорт, выгрузка, выгрузку, выгрузи, выгрузить, скачать, скачай, download, excel, эксель, xlsx, csv"
        ", таблица, таблицу, spreadsheet"
    ),
    "lang": (
        "lang, language, язык, english, russian, русский, английский, по-русски, по-английски, сменить язык, change language"
        ", поменять язык, switch language, speak english, говори по-русски, говори по-английски"
    ),
    "keys": "keys, ключи, мои ключи, ключ, ключ tgstat, tgstat, тгстат, my keys, api key, api keys, апи ключ",
    "privacy": (
        "privacy, приватность, конфиденциальность, удалить данные, удали данные, удалить все данные, мои данные, delete data"
        ", delete my data, my data, удали мои данные"
    ),
    "help": (
        "help, помощь, помоги, помогите, справка, что ты умеешь, что умеешь, что ты можешь, что можешь, команды, commands, меню"
        ", menu, хелп, хэлп, инструкция, what can you do, help me, чем ты полезен, чем ты можешь помочь, how can you help, how do i use this, how to use this, what do you do, what are you, помогите разобраться, что ты можешь делать, how does it work, как пользоваться, как это работает, manual"
    ),
    "start": "start, старт, начать, начало",
    "cancel": "cancel",
}
AROUND = ".,!?:;…«»\"'()"  # marks that are no part of a word
PHRASES = {phrase: command for command, called in _CALLED.items() for phrase in called.split(", ")}
LONGEST_PHRASE = max(len(phrase.split()) for phrase in PHRASES)
COMMANDS = frozenset(_CALLED)
# Free words follow them: they come first, and what follows is left as it was written.
WITH_FREE_WORDS = frozenset({"goal", "note"})
# They join two names as well as they name the command.
BETWEEN_NAMES = frozenset({"против", "vs", "vs.", "versus"})
# Words that ask for nothing by themselves.
_SAY_NOTHING = (
    "я сделай построй нарисуй покажи покажите показать показывай дай дайте дать хочу хотел хотела бы нужна нужен нужны нужно надо мне нам какой какая"
    " какие какое каков какова сколько что там сейчас пожалуйста плиз пж а ну и же ли можно можешь посмотреть посмотри глянуть"
    " узнать скажи скажите пришлите открой открыть включи включить у меня нас мой мою моя мое мои моего моей моих моему"
    " наш наша наши нашего нашу этот канал каналу каналы каналов канала каналом канале постов посты поста посту по общая"
    " общую вся бот привет плз пожалста че скинь скинуть кинь вышли присылай присылать отправь отправляй слушай короче давай чо шо подскажи подскажите расскажи запиши"
    " make draw show me give get please what is what's whats my our the a an of i have want need would to see can you could do does"
    " for channel channel's channels posts post send open tell are how in its it hi hey bot current now by list pls plz gimme how's hows doing let id i'd tell"
)
FILLERS = frozenset(_SAY_NOTHING.split())
# A letter from a phrase, and words of their own.
WORDS_AS_NEAR = frozenset(
    {
        "comment",
        "share",
        "лучше",
        "лучшее",
        "вчера",
        "команда",
        "командой",
        "number",
        "ответы",
        "советы",
        "списан",
        "начато",
    }
)
# Left in place while the rest is read: they may belong to a period or part two names.
_OF_PICTURES = frozenset({"So", "Sk", "Mn", "Me", "Cf"})
LINKS = frozenset({"и", "по", "for", "in", "the", "to", "now", "by", "current"})
# Alone they are talk, not the period to be shown.
TALK = frozenset({"все", "all", "everything", "год", "year", "день", "day", "сутки", "may", "mar", "all the"})


def fold(word: str) -> str:
    return word.casefold().replace("ё", "е").strip(AROUND)


def is_picture(word: str) -> bool:
    """Tells whether a word is nothing but emojis."""
    return all(unicodedata.category(letter) in _OF_PICTURES for letter in word.strip(AROUND))


def without_pictures(words: Sequence[str]) -> list[str]:
    return [word for word in words if not is_picture(word)]


def without_fillers(words: Sequence[str]) -> list[str]:
    kept = [word for word in words if fold(word) not in FILLERS or fold(word) in LINKS]
    kept = [word for word in kept if word == "," or (word.strip(AROUND) and not is_picture(word))]
    while kept and fold(kept[-1]) in LINKS:
        kept.pop()
    while kept and (fold(kept[0]) in LINKS) and len(kept) == 1:
        kept.pop(0)
    return [word if word == "," else word.rstrip("?!.") or word for word in kept]
