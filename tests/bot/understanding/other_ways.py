"""Lines that say nothing as they stand, and what was meant: the wrong layout, slips, dashes, several clauses."""

from tests.bot.understanding.phrasings import COFFEE, KITCHEN

WRONG_LAYOUT = {
    "cnfnbcnbrf pf ytltk.": "/er 7d",
    "gjxtve egfkb ghjcvjnhs": "/why",
    "rjulf gjcnbnm": "/when",
    "kexibt gjcns re[yb": f"/top {KITCHEN}",
    "цщкые зщыеы": "/top",
    "ьн срфттуды": "/channels",
}
SLIPS = {
    "статистика за неделб": "/er 7d",
    "охват за последнии 30 дней": "/er 30d",
    "stats for last weekk": "/er 16.11.2026-22.11.2026",
    "какие пости лутше зашли": "/top",
    "щас скока подписалось": "/growth",
    "пакажи лутшие посты": "/top",
    "подпищики растут или нет": "/growth",
    "какие каналв подлючены": "/channels",
    "my chanels list": "/channels",
}
DASHES = {
    "фото или текст — что заходит лучше": "/content",
    "кто отписался - за неделю": "/growth 7d",
    "кухня — охваты за месяц": f"/er {KITCHEN} 30d",
}
CLAUSES = {
    "отключи дайджест, он мне мешает": "/digest off",
    "у нас новый дизайнер, покажи лучшие посты за месяц": "/top 30d",
    "stop the digest, it is annoying": "/digest off",
    "надоели сводки, отключи": "/digest off",
    "достали уведомления, отключи": "/alerts off",
    "убери кухню, мы её закрыли": f"/channels {KITCHEN}",
    "remove coffee and code, we sold it": f"/channels {COFFEE}",
}
STILL_TALK = (
    "Маша, покажи отчёт",
    "Tom, show me the stats",
    "поехали в кино, покажи фотки",
    "завтра дедлайн, когда сдаём текст",
    "какие планы, ребята",
    "какие просмотры, тут бы выспаться",
    "охват огонь, поздравляю",
    "great views today, team",
    "статистика за вечера",
    "hello world",
    "ghbdtn rfr ltkf",
    "щдв акшутв",
    "включи свет, темно",
    "сначала реклама, потом кино",
    "отличный пост, спасибо",
)
