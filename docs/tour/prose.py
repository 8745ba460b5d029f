"""The words of the tour around what was said, in both languages."""

from collections.abc import Mapping

from docs.tour.steps import Words

PROSE: Mapping[str, Words] = {
    "title": ("Отклик за десять минут", "Otklik in ten minutes"),
    "intro": (
        (
            "Здесь показано, что бот отвечает на деле. Страница записана командой `make tour`: сценарий проходит по боту в"
            " песочнице — один и в группе команды, две недели подряд, — тексты и картинки — его ответы без правки. Ответ,"
            " который не сходится с обещанным, останавливает запись. То же в живом чате: `make demo`."
        ),
        (
            "This is what the bot really answers. The page is recorded by `make tour`: a script walks through the bot in the"
            " sandbox, alone and in the team’s group, day after day, and the texts and pictures are its answers, unedited. An"
            " answer that isn’t what was promised stops the recording. For the same in a live chat, run `make demo`."
        ),
    ),
    "counts": (
        "Сколько нужно нажатий и сообщений, если вы видите бота впервые:",
        "How many taps and messages it takes someone who sees the bot for the first time:",
    ),
    "counts.head": ("| что сделать | нажатий | сообщений |", "| to do | taps | messages |"),
    "newcomer": ("Первый раз", "The first time"),
    "lines": ("Что обещано и где это показано:", "What is promised, and where it is shown:"),
    "lines.head": ("| обещано | личный чат | группа |", "| promised | private chat | group |"),
    "same": ("В группе — тот же ответ.", "The same answer in the group."),
    "in_group": ("В группе", "In the group"),
    "task.add": ("подключить свой канал", "connect a channel of your own"),
    "task.state": ("узнать его показатели", "read its numbers"),
    "task.why": ("понять, почему просело", "find out why it dropped"),
    "task.summary": ("получать сводку каждое утро", "get a summary every morning"),
    "task.check": ("проверить чужой канал с ценой", "check somebody else’s channel with a price"),
    "task.export": ("выгрузить данные", "export the data"),
    "group": ("В группе команды", "In the team’s group"),
    "you": ("Вы", "You"),
    "bot": ("Отклик", "Otklik"),
    "details": ("Подробности", "Details"),
    "more": ("Ещё ответы", "More answers"),
    "buttons": ("Кнопки", "Buttons"),
    "file": ("Файл", "File"),
    "notice": ("Окошко над чатом", "A notice over the chat"),
    "act.start": ("запускаете бота:", "start the bot:"),
    "act.press": ("нажимаете", "press"),
    "act.open": ("нажимаете", "press"),
    "act.pick": ("выбираете", "choose"),
    "act.send": ("пишете", "type"),
    "act.forward": ("пересылаете пост канала", "forward a post of"),
    "act.file": ("присылаете", "send"),
    "act.edit": ("исправляете на", "correct it to"),
    "act.wait": ("ждёте", "wait"),
}
