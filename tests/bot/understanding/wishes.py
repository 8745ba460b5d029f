"""What people ask of periods beside each other, of days that passed, of rankings, clocks and hours; a line a phrasing."""

from tests.bot.understanding.phrasings import COFFEE, KITCHEN, OCTOBER, ROUTE, SEPTEMBER

LAST_WEEK, LAST_WEEKEND, FRIDAY = (
    "16.11.2026-22.11.2026",
    "21.11.2026-22.11.2026",
    "20.11.2026-20.11.2026",
)
TWO_PERIODS = {
    "сравни октябрь и сентябрь": f"/er {OCTOBER} против {SEPTEMBER}",
    "сравни сентябрь и октябрь": f"/er {SEPTEMBER} против {OCTOBER}",
    "сравни кухню за октябрь с сентябрём": f"/er {KITCHEN} {OCTOBER} против {SEPTEMBER}",
    "маршрут: октябрь против сентября": f"/er {ROUTE} {OCTOBER} против {SEPTEMBER}",
    "чем октябрь отличается от сентября": f"/er {OCTOBER} против {SEPTEMBER}",
    "разница между октябрём и сентябрём": f"/er {OCTOBER} против {SEPTEMBER}",
    "compare october and september for coffee": f"/er {COFFEE} {OCTOBER} против {SEPTEMBER}",
    "сравни 1-15 октября и 1-15 сентября по кухне": f"/er {KITCHEN} 01.10.2026-15.10.2026 против 01.09.2026-15.09.2026",
    "сравни прошлый месяц с позапрошлым": f"/er {OCTOBER} против {SEPTEMBER}",
    "compare last week with the week before": f"/er {LAST_WEEK} против 09.11.2026-15.11.2026",
    "сравни кухню и маршрут за октябрь": f"/compare {KITCHEN}, {ROUTE} {OCTOBER}",
    "сравни эту неделю с прошлой": "/compare 7d",
    "сравни кухню за эту неделю с прошлой": f"/compare {KITCHEN} 7d",
    "compare this month to last": "/compare 30d",
    "compare this week with the previous one": "/compare 7d",
}
PAST_DAYS = {
    "что было в пятницу": f"/er {FRIDAY}",
    "что было на кухне в пятницу": f"/er {KITCHEN} {FRIDAY}",
    "как мы отработали прошлые выходные": f"/er {LAST_WEEKEND}",
    "на той неделе маршрут как отработал": f"/er {ROUTE} {LAST_WEEK}",
    "за прошлые выходные как сходили по просмотрам на кухне": f"/er {KITCHEN} {LAST_WEEKEND}",
    "how did we do last weekend": f"/er {LAST_WEEKEND}",
    "how did coffee do last weekend": f"/er {COFFEE} {LAST_WEEKEND}",
    "как у нас дела за вчера": "/er 1d",
    "yday": "/er 1d",
    "and last month?": f"/er {OCTOBER}",
    "what about last week?": f"/er {LAST_WEEK}",
    "недельный отчет по кухне в excel": f"/export {KITCHEN} 7d",
    "итоги месяца по всем каналам": "/er 30d",
    "эксель по всем каналам за октябрь": f"/export {OCTOBER}",
    "stats of kitchen_slow for october": f"/er {KITCHEN} {OCTOBER}",
}
RANKINGS = {
    "10 лучших по репостам": "/top по репостам",
    "топ 5 комментов кухня": f"/top {KITCHEN} по комментариям",
    "топ-3 за октябрь": f"/top {OCTOBER}",
    "лучшее за неделю": "/top 7d",
    "top 5 by comments": "/top по комментариям",
    "most shared posts of coffee last month": f"/top {COFFEE} {OCTOBER} по репостам",
    "топ по охватам": "/top по просмотрам",
    "посты с наибольшим количеством комментариев": "/top по комментариям",
    "кто нас репостил на кухне": f"/top {KITCHEN} по репостам",
    "худшие посты месяца": "/top 30d",
    "лучшие посты года": "/top 365d",
    "лучший пост за год на кухне какой был": f"/top {KITCHEN} 365d",
    "три самых слабых поста кухни за октябрь по просмотрам": f"/top {KITCHEN} {OCTOBER} по просмотрам",
}
CLOCKS = {
    "мой город Екатеринбург": "/digest пояс Екатеринбург",
    "часовой пояс Самара": "/digest пояс Самара",
    "мы живём в Самаре": "/digest пояс Самара",
    "смени город на Казань": "/digest пояс Казань",
    "my timezone is Berlin": "/digest пояс Berlin",
    "set timezone to london": "/digest пояс london",
    "присылай сводку в 9 утра": "/digest в 9 утра",
    "отчёт по понедельникам в 10": "/digest по понедельникам в 10",
    "сводку по будням в десять тридцать": "/digest по будням в десять тридцать",
    "сводка в полдесятого": "/digest в полдесятого",
    "digest at nine": "/digest at nine",
    "daily digest at half past nine": "/digest daily at half past nine",
}
SCREENS = {
    "выключи алерты по кухне на неделю": "/alerts",
    "включи алерты по кухне": "/alerts",
    "let me know if coffee tanks": "/alerts",
    "отключи сводку по маршруту остальное оставь": "/digest",
    "тишина до понедельника": "/alerts",
    "quiet hours 22 to 8": "/alerts",
    "не присылай сводку по выходным": "/digest",
    "dont text me at night": "/alerts",
    "are we on track": "/goal",
    "сколько осталось до цели на кухне": "/goal",
    "how much did we spend on ads in october for coffee": "/placements",
    "how's the latest post on coffee going": "/post",
    "какой из наших трёх каналов самый вовлечённый": "/compare",
    "говори по-английски": "/lang",
}
ERRANDS_MORE = {
    "хотим ер 8% на кухне": "/goal ер 8% на кухне",
    "we want 10k subs on coffee by christmas": "/goal 10k subs on coffee by christmas",
    "заметка на сегодня розыгрыш кофемашины": "/note сегодня розыгрыш кофемашины",
    "переименуй маршрут в Дорогу": f"/channels {ROUTE}",
    "купили рекламу в @foodblog_ru за 5000 завтра в 18:00": "/placement @foodblog_ru 5000 завтра в 18:00",
    "купили рекламу у @foodblog_ru за 5000 в субботу в 12:00": "/placement @foodblog_ru 5000 в субботу в 12:00",
    "bought an ad in @techbrief for $50 on friday at 6pm": "/placement @techbrief $50 on friday at 6pm",
    "they want 300 bucks for a post in @techbrief, is it fair": "/check @techbrief 300 bucks",
    "предлагают три канала @aaa_food @bbb_food @ccc_food по 4000 какой лучше": "/check @aaa_food 4000 @bbb_food 4000 @ccc_food 4000",
    "предлагают @aaa_food и @bbb_food за 4000 какой лучше": "/check @aaa_food @bbb_food",  # whose price it is nobody knows
    "размещение в @foodblog за 3000 рублей 5 декабря в 12:00": "/placement @foodblog 3000 рублей 5 декабря в 12:00",
    "окупилась ли реклама в @foodblog_ru": "/placements",
}
WISHES = TWO_PERIODS | PAST_DAYS | RANKINGS | CLOCKS | SCREENS | ERRANDS_MORE
TALK_OF_WISHES = (
    "как отработали", "что было вчера в кино", "how did you do it", "how did it go", "how did the meeting go yesterday",
    "живу в Москве уже год", "мой любимый город Париж", "город засыпает", "тишина в зале", "назови лучший город",
    "сравни октябрь и яблоки", "and a coffee?", "what about friday?", "на той неделе созвон", "в полдень обед",
    "октябрь лучше сентября", "кто репостил мем с котом", "топ новость конечно))", "по комментариям видно, что он злой",
    "заметка на полях", "мы хотим 8% годовых", "who shared this",
    "we spent too much on ads", "best comment ever", "top comment", "идём по плану", "how was your weekend",
)  # fmt: skip
