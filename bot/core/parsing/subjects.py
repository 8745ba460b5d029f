"""The subjects that people ask about: the words each needs, and those of its own that may stand beside them.

They are tried in this order, so what is narrow stands before what is wide: “stop the reports” before “reports”.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.parsing import vocabulary as v
from bot.core.parsing.rankings import COMMENTED, FORWARDED, SEEN
from bot.core.parsing.vocabulary import group


@dataclass(frozen=True, slots=True)
class Subject:
    """`needs`: each has a word in the text; `beside`: words of the subject that may be there, too. `with_channel`: it is
    asked of a channel and a period, else of neither; `of_all`: of all channels, for a period. `of_channel`: without a
    metric it needs a channel's name; `or_period`: or a period. `shows_all`: its own screen has every channel, so that a
    channel or a period that is named is passed over.
    """

    command: str
    needs: tuple[re.Pattern[str], ...]
    beside: re.Pattern[str] = field(default_factory=lambda: group("-"))
    with_channel: bool = True
    of_channel: bool = False
    or_period: bool = False
    shows_all: bool = False
    of_all: bool = False
    takes_negation: bool = False

    def is_met(self, said: Sequence[str], met: dict[int, bool]) -> bool:
        """Tells whether each need has its word; `met`: of the needs that were looked for in these words before."""
        for need in self.needs:
            if id(need) not in met:
                met[id(need)] = any(map(need.fullmatch, said))
            if not met[id(need)]:
                return False
        return True


_METRIC = group(v.METRICS)
_AROUND_POSTS = group(
    v.METRICS, v.POSTS, v.CHANNELS, v.SUPERLATIVES, v.GET, v.COUNTS, v.PEOPLE, v.SUBSCRIBERS
)
_AROUND_PEOPLE = group(
    v.PEOPLE,
    v.CHANNELS,
    v.SUBSCRIBERS,
    v.CHANGED,
    v.LEFT,
    v.CAME,
    v.LEAVES,
    v.ADS,
    v.METRICS,
    r"после after откуда where leave много мало падаем",
)
_OF_FALLS = group(
    v.METRICS,
    v.CHANNELS,
    v.POSTS,
    v.FELL,
    v.WEAK,
    v.WHY,
    v.WHY_HERE,
    v.PEOPLE,
    v.GONE,
    v.GET,
    v.WORKS,
    v.ADS,
    v.SUBSCRIBERS,
    r"интерес\w* interest норм нет no помоги\w* help после after вышло now стало matter дело обычн\w+ usual\w* normal than before раньше cliff off everything все перестал\w* stopped не чем так случилось happened стал\w*",
)
_OF_ALERTS = group(v.METRICS, v.CHANNELS, v.SUBSCRIBERS, v.LEFT, v.PEOPLE, v.FALLS_ONCE, v.TELL, v.IF, v.ALERTS, v.ON, v.SEND, "turn heads up",
    r"много резко сильно ниже больше чем массово начнут станут сразу хоть ночью \d{1,3}% процент\w* percent by than suddenly start")  # fmt: skip
_OF_OFF = group(
    v.SEND, v.ALERTS, v.SUMMARIES, v.REPORTS, r"не больше надо ежедневн\w+ еженедельн\w+ daily weekly morning утренн\w+ все"
    r" every день кажд\w+ switch turn more any anymore me достал\w* задолбал\w* надоел\w* замучил\w* бесит бесят tired sick annoying noise much"
)  # fmt: skip
_MUTES = r"заглуши\w* глуши\w* приглуши\w* заткни\w* пауз\w* приостанови\w* отложи\w* mute silence snooze pause quiet hush"
_DURATIONS = r"\d{1,3} недел\w+ день дня дней сутк\w+ месяц\w* час\w* выходн\w+ понедельник\w* вторник\w* сред[ыу] четверг\w* пятниц\w* суббот\w* воскресень\w* сегодня завтра пока отпуск\w* каникул\w* праздник\w* days? weeks? months? hours? weekend monday tuesday wednesday thursday friday saturday sunday today tomorrow vacation holidays? until till"
_DISTURB = r"беспокой\w* дергай\w* тревожь\w* отвлекай\w* доставай\w* спамь\w* bother disturb bug spam"
_WITHOUT_TITLE = group(
    v.CHANNELS,
    r"наши наших наша нашего нашем ours всех все всего из где кого больше выше better higher best more хуже ниже stronger",
)
_REGULAR = r"ежедневн\w+ еженедельн\w+ ежемесячн\w+ утренн\w+ вечерн\w+ daily weekly monthly morning evening каждый каждую каждое каждые every утро утром вечером день неделю week day сам сами автоматически automatically auto регулярно"
_WORKED = r"вел вела сработал\w* отработал\w* сходил\w* выступил\w* отстрелял\w* показал\w* performed fared?"
_RECKONS = group(r"посчита\w+ рассчита\w+ высчита\w+ calculate")
_NIGHT = r"ночью ночам ночами ночь night nights"
SUBJECTS = (
    Subject("alerts", (v.NEGATIONS, group(_DISTURB, r"text write message ping пиши\w* шли присылай\w*"), group(_NIGHT)), group("at"), with_channel=False,
        takes_negation=True),
    Subject("alerts", (v.NEGATIONS, group(v.ALERTS), group(r"weekends? выходн\w+", _NIGHT)), group(_DURATIONS), with_channel=False, takes_negation=True),
    Subject("alerts", (group("quiet тихие"), group("hours часы")), group(r"\d{1,2}(?::\d\d)? am pm"), with_channel=False),
    Subject("digest", (v.NEGATIONS, group(v.SUMMARIES), group(r"weekends? выходн\w+", _NIGHT)), group(v.SEND), with_channel=False, takes_negation=True),
    Subject("alerts", (group("тишина тишину тихо silence quiet"), group("до until till")), group(_DURATIONS, _NIGHT), with_channel=False),
    Subject("alerts", (group(_MUTES), group(v.ALERTS)), group(_DURATIONS, v.ALERTS), with_channel=False),
    Subject("alerts", (v.NEGATIONS, group(_DISTURB)), group(_DURATIONS, v.ALERTS, v.FALLS_ONCE), with_channel=False, takes_negation=True),
    Subject("compare", (_METRIC, group(r"где какой какого каком какие кого which"), group(r"больше выше лучше сильнее хуже ниже better higher best more stronger highest lowest most"),
        group(v.CHANNELS, r"наших наши ours всех")), _WITHOUT_TITLE, of_all=True),
    Subject("compare", (group(r"какой какая which где what"), group(v.CHANNELS), group(r"хуже худш\w+ слабее отстает worst weakest worse")), _WITHOUT_TITLE, of_all=True),
    Subject("compare", (group(r"самый самая most"), group(r"канал паблик channel"), group(r"активн\w+ вовлек\w+ вовлеч\w+ популярн\w+ слаб\w+ сильн\w+ лучш\w+ худш\w+ engaging engaged popular active")), group(r"наш из наших our ours"), of_all=True),
    Subject("compare", (_METRIC, group(r"где у кого which"), group(r"выше ниже больше меньше лучше хуже higher highest lower lowest"), group(r"всего всех of all")), of_all=True),
    Subject("compare", (group(v.COMPARE), group(v.CHANNELS), group(r"все всех all")), group(v.EXPORT, "рядом"), of_all=True),
    Subject("benchmark", (group(v.COMPARE, r"stack"), group(v.CHANNELS), group(v.OTHERS)), group(v.METRICS, r"against up"), with_channel=False),
    Subject("placements", (group(v.ADS), group(r"все всем всех всей all across наши нашим нашей ours our")), group(v.UNITS, v.ADS, v.SUBSCRIBERS, v.PRICE, v.PAID),
        of_all=True),
    Subject("goal", (group(r"цел[ьияейюям]+ goals? target"), group(r"сколько осталось далеко близко прогресс\w* идем движемся как how far close left progress")),
        group(r"осталось нам до far left close we"), shows_all=True),
    Subject("goal", (group(v.DELETE, v.OFF), group(r"цел[ьи] goals?")), shows_all=True),
    Subject("goal", (group("track"), group("on"), group("we are")), shows_all=True),
    Subject("goal", (group(r"плану графику"), group(r"идем успеваем движемся"), group("мы ли")), shows_all=True),
    Subject("goal", (group(r"план\w* график\w* цел[ьиюям]+ plan goals?"), group(r"выполня\w+ укладыва\w+ отста\w+ дойдем дотянем успева\w+ behind meeting"), group("ли are")), group("мы от из we our"), shows_all=True),
    Subject("digest off", (v.NEGATIONS, group(r"пиши\w* шли присылай\w* спамь\w* строчи\w* слать send write spam"), group(r"больше каждый каждое every anymore")),
        group(_REGULAR, "сюда me here"), with_channel=False, takes_negation=True),
    Subject("alerts off", (group(v.OFF), group(v.ALERTS)), _OF_OFF, with_channel=False, takes_negation=True),
    Subject("digest off", (group(v.OFF), group(v.SUMMARIES, v.REPORTS)), _OF_OFF, with_channel=False, takes_negation=True),
    Subject("digest off", (v.NEGATIONS, group(v.SEND, r"надо нужн\w+ хочу want need more"), group(v.SUMMARIES, v.REPORTS)),
        _OF_OFF, with_channel=False, takes_negation=True),
    Subject("alerts off", (v.NEGATIONS, group(v.SEND, r"надо нужн\w+ хочу want need more"), group(v.ALERTS)),
        _OF_OFF, with_channel=False, takes_negation=True),
    Subject("alerts", (group(v.OFF, _MUTES), group(v.ALERTS)), group(_DURATIONS, v.ALERTS, v.OFF), shows_all=True),
    Subject("digest", (group(v.OFF, _MUTES), group(v.SUMMARIES)), group(_DURATIONS, v.SUMMARIES, v.OFF, r"остальн\w+ оставь rest others"), shows_all=True),
    Subject("alerts", (group(v.ON), group(v.ALERTS)), _OF_ALERTS, shows_all=True),
    Subject("alerts", (group(v.TELL), group(v.IF), group(v.FALLS_ONCE, v.LEFT, r"отписыва\w+ unsubscrib\w+ leav\w+")), _OF_ALERTS, shows_all=True),
    Subject("alerts", (group(v.TELL, v.ALERTS), group(v.METRICS, v.SUBSCRIBERS), group(v.FALLS_ONCE)), _OF_ALERTS,
        with_channel=False),
    Subject("alerts", (group(r"предупреждай\w* уведомляй\w* оповещай\w* сигналь\w* alert notify warn"), group(v.FALLS_ONCE)), _OF_ALERTS,
        with_channel=False),
    Subject("alerts", (group("heads"), group("up"), group(v.FALLS_ONCE)), _OF_ALERTS, with_channel=False),
    Subject("alerts", (group(r"set настро\w+"), group(v.ALERTS)), group("up"), with_channel=False),
    Subject("digest", (group(v.SUMMARIES), group(r"получать receive приходит приходила")), with_channel=False),
    Subject("alerts", (group(v.ALERTS), group(v.FALLS_ONCE, v.LEFT)), _OF_ALERTS, with_channel=False),
    Subject("digest on", (group(v.ON), group(v.SUMMARIES)), group(v.SEND, r"turn switch back обратно daily ежедневн\w+"),
        with_channel=False),
    Subject("digest", (group(v.REPORTS, v.SUMMARIES), group(v.SEND, v.ON), group(_REGULAR)), group(r"дня недели group chat группу чат сюда group"), with_channel=False),
    Subject("digest", (group(r"weekly daily еженедельн\w+ ежедневн\w+"), group(v.SUMMARIES)), with_channel=False),
    Subject("why", (group(v.WHY), group(v.NOBODY), group(v.READS)), _OF_FALLS, takes_negation=True),
    Subject("why", (group(v.WHY, r"how"), group(v.NOBODY), group(v.READS)), _OF_FALLS, takes_negation=True),
    Subject("why", (group(r"куда where почему why"), group(v.GONE), _METRIC), _OF_FALLS),
    Subject("why", (group(v.WHY), group(v.WEAK, v.FELL), group(v.POSTS)), _OF_FALLS),
    Subject("why", (group(v.WHY), group(v.FELL), group(r"все everything")), _OF_FALLS),
    Subject("why", (group(v.WHY), v.NEGATIONS, _METRIC), _OF_FALLS, takes_negation=True),
    Subject("why", (group(v.WHY), v.NEGATIONS, group(v.READS, "reading"), group(v.POSTS, v.PEOPLE, v.SUBSCRIBERS)), _OF_FALLS, takes_negation=True),
    Subject("why", (_METRIC, group(r"dead died сдох\w* умер\w* пропал\w* исчез\w* меньше fewer")), _OF_FALLS),
    Subject("why", (group("how как"), group("come так"), _METRIC, group(v.WEAK, v.FELL)), _OF_FALLS),
    Subject("why", (group("matter"), group("what's whats what")), of_channel=True),
    Subject("why", (group("что what"), group(r"фигн\w+ хрен\w* heck hell"), _METRIC), _OF_FALLS),
    Subject("why", (group(v.AFFECT), group(r"что what"), _METRIC), _OF_FALLS),
    Subject("why", (group(r"что what something"), group(r"happened случилось произошло"), _METRIC), _OF_FALLS),
    Subject("why", (_METRIC, v.NEGATIONS, group(r"очень great good ok хорош\w*")), _OF_FALLS, takes_negation=True),
    Subject("content", (group(v.RAISE), _METRIC), group(v.POSTS, v.CHANNELS)),
    Subject("why", (group(r"проблем\w+ problems? issues?"), _METRIC), _OF_FALLS),
    Subject("why", (group(v.WHY, v.WHY_HERE), group(v.FELL), _METRIC), _OF_FALLS, takes_negation=True),
    Subject("why", (group(v.WHY), group(v.WEAK), _METRIC), _OF_FALLS, takes_negation=True),
    Subject("why", (group(v.WHY, v.WHY_HERE), group(v.SAGGED)), _OF_FALLS),
    Subject("why", (group(v.WHY), group(v.FELL, v.WEAK)), _OF_FALLS, of_channel=True),
    Subject("why", (group(v.SAGGED),), _OF_FALLS, of_channel=True),
    Subject("why", (_METRIC, group(v.FELL)), _OF_FALLS),
    Subject("why", (group(v.WHY), group(r"перестал\w* stopped"), group(v.READS)), _OF_FALLS),
    Subject("why", (group(r"wrong не"), group(r"what's whats what так something"), _METRIC), _OF_FALLS, takes_negation=True),
    Subject("why", (group(r"wrong happened happening случилось произошло"), group(r"what's whats what что something")), _OF_FALLS,
        of_channel=True),
    Subject("money cpf", (_RECKONS, group(v.PRICE), group(v.SUBSCRIBERS)), with_channel=False),
    Subject("money cpv", (_RECKONS, group(v.PRICE), group(SEEN)), with_channel=False),
    Subject("money cpc", (group(v.PRICE), group(r"клик\w* переход\w* clicks?")), _RECKONS, with_channel=False),
    Subject("money", (_RECKONS, group(v.PRICE), group(v.UNITS)), with_channel=False),
    Subject("placements", (group(v.PRICE), group(v.UNITS)), group(r"одного один new нов\w+ привлеч\w+", v.ADS), shows_all=True),
    Subject("placements", (group(v.PAID), group(v.ADS)), with_channel=False),
    Subject("placements", (group(r"потратил\w* потрачено ушло spend spent"), group(v.ADS), group("сколько how what")), group(v.PRICE, r"денег money much"), shows_all=True),
    Subject("placements", (group(v.PRICE, "вышел вышла встал"), group(v.ADS), group(v.SUBSCRIBERS, v.PEOPLE)), group(r"последн\w+ last latest"), shows_all=True),
    Subject("placements", (group(r"окуп\w+ отбил\w* pay paid"), group(v.ADS)), group(r"вложени\w+ деньги затрат\w+ расход\w+ off"), shows_all=True),
    Subject("placements", (group(r"какая какой какие где which"), group(v.ADS), group(r"сработал\w* отработал\w* зашла дешевле выгоднее эффективн\w+ окуп\w+ worked performed cheapest")),
        group(r"лучше хуже всего всех самая самое best worst better"), shows_all=True),
    Subject("growth", (group(v.CAME, v.CHANGED, v.LEFT, v.LEAVES), group(v.SUBSCRIBERS)), _AROUND_PEOPLE),
    Subject("growth", (group(v.SUBSCRIBERS), group(v.FELL, "up down")), _AROUND_PEOPLE),
    Subject("growth", (group(r"пришл\w+ joined came"), group(r"нов\w+ new"), group(r"люди людей people")), _AROUND_PEOPLE),
    Subject("growth", (group(v.SUBSCRIBERS), group(r"статистик\w* stats"))),
    Subject("growth", (group("что what"), group(v.SUBSCRIBERS), group("с about with"))),
    Subject("growth", (group("сколько how"), group(r"прибав\w+ gain\w* новеньк\w+ newcomers")), group("many")),
    Subject("growth", (group(v.SUBSCRIBERS), group("came пришло пришли"), group(v.ADS)), _AROUND_PEOPLE),
    Subject("growth", (group("сколько"), group("нас"), group(r"стало прибавилось уже теперь всего сейчас"))),
    Subject("growth", (group(r"отвалил\w* свалил\w* слил\w*"), group(r"много сколько кто how many"), group(v.ADS, v.PEOPLE, v.SUBSCRIBERS)), _AROUND_PEOPLE),
    Subject("growth", (group("who who's кто"), group(v.LEAVES))),
    Subject("growth", (group("сколько"), group(r"плюс\w* минус\w*"))),
    Subject("growth", (group(v.CHANGED, r"динамик\w* прирост\w*"), group(r"аудитори\w+ audience")), _AROUND_PEOPLE),
    Subject("growth", (group(r"отписываются unsubscribing"),), _AROUND_PEOPLE),
    Subject("growth", (group(r"сколько how"), group(v.GET), group(v.SUBSCRIBERS)), group("many")),
    Subject("growth", (group(r"ушл\w+ уходят пришл\w+ приход\w+ left leave leaving joined"), group(r"народу? люди людей people ppl"), group(r"сколько много many откуда where почему why")),
        _AROUND_PEOPLE),
    Subject("growth", (group(r"churn\w* отток\w*"),), _AROUND_PEOPLE),
    Subject("growth", (group(v.LEFT), group(r"сколько кто много how who many почему why", v.PEOPLE)), _AROUND_PEOPLE),
    Subject("growth", (group(r"подписал\w* joined subscribed"), group(r"сколько кто how who many", v.PEOPLE)), _AROUND_PEOPLE),
    Subject("growth", (group(r"подписот\w* подпискот\w*"),), _AROUND_PEOPLE),
    Subject("growth", (group(r"вырос\w* растет растут растем прирост\w* grow\w* grew"), group(v.CHANNELS)), _AROUND_PEOPLE),
    Subject("growth", (group(r"вырос\w* растет прирост\w* growth growing grew grow"),), _AROUND_PEOPLE, of_channel=True),
    Subject("growth", (group("рост прирост growth"),), group("net")),
    Subject("growth", (group("растем"), group("падаем нет или"))),
    Subject("when", (group(v.WHEN), group(v.PUBLISH)), group(v.POSTS, v.SUPERLATIVES, v.METRICS, v.KINDS, v.BEST, r"оптимальн\w+ день недели week ideal идеальн\w+")),
    Subject("when", (group(v.WHEN), group(v.POSTS), group(r"лучш\w+ оптимальн\w+ идеальн\w+ best good optimal ideal perfect should better")),
        group(r"день недели week выход\w* выпуск\w*")),
    Subject("when", (group(r"утром вечером morning evening afternoon night часто often"), group(r"post пост\w+"), group(r"should лучше better стоит")),
        group(r"или or")),
    Subject("when", (group("когда время часы time when hours"), group(v.POSTS), group(v.GET), _METRIC), _AROUND_POSTS),
    Subject("when", (group("когда when"), group("писать write"), group(r"лучше стоит best better should")), with_channel=False),
    Subject("when", (group(v.WHEN), group("пик peak"), group(r"активност\w+ activity"))),
    Subject("when", (group(r"прайм\w* prime golden"), group(r"прайм-?тайм\w* тайм\w* time hours?")), group(v.CHANNELS)),
    Subject("when", (group(v.WHEN), group(v.POSTS), group(r"посоветуй\w* порекоменду\w+ suggest recommend"))),
    Subject("when", (group(v.WHEN), group(v.ACTIVE), group(v.PEOPLE, v.SUBSCRIBERS)), group(v.SUPERLATIVES)),
    Subject("content", (group(v.KINDS), group(v.WORKS)), _AROUND_POSTS),
    Subject("content", (group(v.KINDS), group("или or"), group(v.KINDS)), group(v.METRICS, v.POSTS, v.CHANNELS, v.SUPERLATIVES, v.GET, v.PEOPLE, v.SUBSCRIBERS, v.READS, v.WORKS, v.WRITE)),
    Subject("content", (group(r"#\w+ хештег\w* хэштег\w* hashtags?"), group(v.WORKS, v.HOW, r"нужны")), _AROUND_POSTS),
    Subject("content", (group(v.WRITE), group(r"чем что what"), group(v.METRICS)), group(v.CHANGED, v.GET, v.SUPERLATIVES)),
    Subject("content", (group(v.KINDS), group(r"писать снимать write"), group(r"лучше best better стоит should")), _AROUND_POSTS),
    Subject("content", (group("про about"), group("что what"), group(r"писать снимать постить write post"))),
    Subject("content", (group(v.KINDS), group(r"what какой какие which"), _METRIC, group(v.SUPERLATIVES)), group(v.GET, v.PEOPLE, "kind")),
    Subject("content", (group(v.KINDS), group(v.METRICS), group(r"какие какой какая which what most больше")), _AROUND_POSTS),
    Subject("content", (group(r"нравится любит любят нравятся интересно interesting like loves? prefers?"), group(v.SUBSCRIBERS, v.POSTS, r"аудитори\w+ audience читател\w+ readers?")), _AROUND_POSTS),
    Subject("content", (group(v.KINDS), group(v.POSTS), group(r"should make делать постить писать better лучше")), _AROUND_POSTS),
    Subject("content", (group(v.WRITE), group(r"заход\w+ зайдет works?")), _AROUND_POSTS),
    Subject("content", (group(v.WRITE), group(r"чем что what"), group(r"лучше стоит should about better")), _AROUND_POSTS),
    Subject("top", (group(v.BEST), group(v.POSTS)), _AROUND_POSTS),
    Subject("top", (group(r"лучш\w+ худш\w+ топ топ-?\d+ самы\w+ больше top top-?\d+ best worst most least"), group(FORWARDED, COMMENTED)), _AROUND_POSTS),
    Subject("top", (group(r"лучш\w+ худш\w+ топ топ-?\d+ top top-?\d+ best worst"), group("по by"), group(SEEN)), group(v.POSTS, v.COUNTS)),
    Subject("top", (group("кто who"), group(r"репостил\w* репостнул\w* репостит репостят reposted reposts forwarded shared"), group(r"нас наш\w* us our")), _AROUND_POSTS),
    Subject("top", (group(r"топ-?\d+ top-?\d+ лучшее худшее"),), of_channel=True, or_period=True),
    Subject("top", (group("по by"), group(FORWARDED, COMMENTED)), takes_negation=True),
    Subject("top", (group("by"), group(SEEN)), takes_negation=True),
    Subject("top", (group(v.POSTS), group(r"самы\w+ самое most more наибольш\w+ больше всех highest"), _METRIC), group(v.METRICS, v.POSTS, v.CHANNELS, v.SUPERLATIVES, v.GET, v.COUNTS, v.PEOPLE, r"количеств\w+ числом number of")),
    Subject("top", (group(r"самым самое most"), group(r"популярн\w+ успешн\w+ popular viewed liked successful лучш\w+ best"),
        group(r"что what was было what's whats"))),
    Subject("top", (group(r"самый самые most"), group(r"плох\w+ bad"), group(v.POSTS)), _AROUND_POSTS),
    Subject("top", (group(r"самых самые most"), group(v.BEST)), group(r"пятерк\w+ тройк\w+ десятк\w+ десяток парочк\w+ five ten", v.COUNTS)),
    Subject("top", (group(r"аутсайдер\w* антилидер\w* антитоп\w* лидер\w* рекордсмен\w* outsiders leaders losers winners"),), group(v.NOBODY, v.READS, v.POSTS, v.METRICS),
        takes_negation=True),
    Subject("top", (group("which what какие что"), group(r"flopped flops провал\w* слил\w* underperformed bombed зафейлил\w*")), _AROUND_POSTS),
    Subject("top", (group("хит хиты hits"),), group("недели месяца week month")),
    Subject("top", (group("what which что"), group("well хорошо"), group("did worked зашло"))),
    Subject("top", (group(v.TAKES_OFF), group(v.POSTS)), group("off")),
    Subject("top", (group(v.TAKES_OFF), group(r"что какие what which")), _AROUND_POSTS),
    Subject("top", (v.NEGATIONS, group(v.TAKES_OFF), group(r"что какие what which")), _AROUND_POSTS, takes_negation=True),
    Subject("export", (group(v.EXPORT), group(v.METRICS, v.REPORTS, v.DATA, r"все всё everything")), group(r"формат\w* вид\w* save сохран\w+")),
    Subject("export", (group(v.EXPORT),), group(r"save сохран\w+"), of_channel=True),
    Subject("export", (group(r"эксел\w+ ексел\w+ excel таблиц\w+ табличк\w+ xlsx csv"),), group(v.EXPORT, r"формат\w* вид\w*")),
    Subject("export", (group(r"raw сыры\w+"), group(v.DATA))),
    Subject("compare", (group(v.COMPARE), group(v.CHANNELS)), group(r"все всех собой другом each other"), with_channel=False),
    Subject("compare", (group(r"какой какие which"), group(v.CHANNELS), group(r"лучше better best сильнее")), group(r"doing performing всех"),
        with_channel=False),
    Subject("compare", (group(r"какой какая which"), group(v.CHANNELS), group(r"самы\w+ most best"), group(v.METRICS, r"engaging активн\w+ популярн\w+ popular active")),
        group(r"двух трех четырех two three four"), of_all=True),
    Subject("channels", (group(r"сколько how"), group(v.CHANNELS)), group("many"), with_channel=False),
    Subject("add", (group(v.ADD), group(v.CHANNELS)), group(r"бот\w* нов\w+ another new второй second одну more тебе сюда"), with_channel=False),
    Subject("add", (group(v.HOW), group(v.ADD), group(v.NETWORKS)), group(v.CHANNELS, r"групп\w+ group page страниц\w+"), with_channel=False),
    Subject("channels", (group(v.CHANNELS), group(v.ADDED)), group(r"все all"), with_channel=False),
    Subject("keys", (group(r"ключ\w* токен\w* keys? tokens?"), group(r"тгстат\w* тг-?стат\w* tgstat api апи")),
        group(r"как куда где how where откуда ввести вводить вставить вставлять вписать взять добавить добавлять поменять сменить удалить нужен enter put paste add get change"), with_channel=False),
    Subject("privacy", (group(v.DELETE), group(v.DATA, r"мне меня me нас")), group(r"все всё all everything"), with_channel=False),
    Subject("privacy", (group(v.STORE), group(v.DATA)), group(r"какие все all"), with_channel=False),
    Subject("privacy", (group(v.STORE), group(r"что what"), group(r"мне me нас us")), with_channel=False),
    Subject("lang", (group(r"язык language"), group(r"смени\w* поменя\w* измени\w* переключ\w+ change switch set")), with_channel=False),
    Subject("lang", (group(v.LANGUAGES), group(r"хочу можно давай хотел\w* want")), with_channel=False),
    Subject("lang", (group(v.LANGUAGES), group(r"переведи\w* перейди\w* translate"), group(r"бот бота интерфейс\w* себя bot yourself interface")), with_channel=False),
    Subject("help", (group("чем how"), group("помочь help"), group("можешь can")), with_channel=False),
    Subject("help", (group("бот bot"), group("делает do does")), with_channel=False),
    Subject("lang", (group(v.LANGUAGES), group(v.SPEAK)), with_channel=False),
    Subject("help", (group(r"умеешь умеет"), group(r"что чё че чо как"))),
    Subject("help", (group(r"функци\w+ возможност\w+ features? commands? команды capabilities"), group(r"какие какая твои твоих своих у what your list")),
        with_channel=False),
    Subject("help", (group(r"чего where how"), group(r"начать начинать start begin")), group(r"первый раз впервые new here i first time"), with_channel=False),
    Subject("help", (group(v.HOW), group(v.USE), group(v.BOT, r"все")), group(r"помоги\w* help понимаю understand"), with_channel=False,
        takes_negation=True),
    Subject("help", (group(r"что кто what who"), group(r"бот bot")), group("ты за"), with_channel=False),
    Subject("help", (group("что"), group("можешь"), group("рассказать показать делать")), with_channel=False),
    Subject("help", (group("what"), group("you"), group("able can")), with_channel=False),
    Subject("benchmark", (group(v.METRICS), group(v.OTHERS)), group(r"сравн\w+ compare\w* normal нормальн\w+ good average"), with_channel=False),
    Subject("benchmark", (group(r"хорош\w+ нормальн\w+ good normal decent"), group(r"er ер эр err engagement rate вовлеченност\w+")), with_channel=False),
    Subject("benchmark", (group(r"фоне background"), group(v.OTHERS)), group(r"хорош\w* нормальн\w* норм плох\w*"), with_channel=False),
    Subject("benchmark", (group("numbers цифры показатели"), group(r"good decent ok okay bad хорош\w+ нормальн\w+ норм"), group("my our мои наши нас")), with_channel=False),
    Subject("benchmark", (group(r"хуже лучше сильнее слабее worse better"), group(r"конкурент\w+ похожих competitors? rivals similar"), group("мы нас наш our we us")), group(v.CHANNELS, "чем than"), with_channel=False),
    Subject("benchmark", (group("рынке рынка market"), group("мы нас we"), group("в ниже выше хуже лучше above below")), group("среднего или нет"), with_channel=False),
    Subject("benchmark", (group(r"как how"), group(r"конкурент\w+ competitors? rivals")), with_channel=False),
    Subject("er", (group(r"сколько how many"), group(v.READS)), group(v.SUPERLATIVES, v.PEOPLE, v.POSTS, v.CHANNELS)),
    Subject("er", (group(v.REPORTS),), group(v.METRICS, v.CHANNELS, "все всем всех")),
    Subject("er", (group(v.OVERVIEWS),), of_channel=True),
    Subject("er", (group(v.OVERVIEWS), group(v.CHANNELS, v.METRICS))),
    Subject("er", (group(r"how hows how's как"), group(v.POSTS), group(r"do doing did perform\w* идут дела")), group("мои")),
    Subject("er", (group("how как"), group("my our мои наши"), group(v.POSTS))),
    Subject("post", (group(r"latest newest последний свежий"), group("post пост"), group("how hows how's как")), group("going doing идет"), shows_all=True),
    Subject("er", (group("как how"), group(_WORKED)), group(v.METRICS, v.CHANNELS), of_channel=True, or_period=True),
    Subject("er", (group("как"), group("дела"), group("нас")), of_channel=True, or_period=True),
    Subject("er", (group("how"), group("did"), group("we do go")), of_channel=True, or_period=True),
    Subject("er", (group("что what чего"), group(r"было happened")), group(v.CHANNELS), of_channel=True, or_period=True),
    Subject("er", (group(r"как how"), group(v.CHANNELS, "we"), group(r"сработал\w* отработал\w* прош\w+ показал\w* do doing did")), group("we do did")),
    Subject("er", (group("как how"), group(r"считает\w* calculated computed counted calculate рассчит\w+"), _METRIC), group("you it")),
    Subject("er", (_METRIC,), group(v.READS, v.SUPERLATIVES, v.GET, v.POSTS, v.CHANNELS, v.PEOPLE, v.SUBSCRIBERS, _WORKED)),
    Subject("er", (group(v.LOOK),), of_channel=True),
)  # fmt: skip
