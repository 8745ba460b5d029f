"""Questions by their subject: the words that carry the meaning, whatever stands between them.

«слушай а сколько у нас народу отписалось на кухне за неделю» is «отписалось», a channel and a period: pronouns, prepositions
and politeness belong to no subject and are passed over, slips are mended. A word of another subject makes the text talk.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.arguments import NUMBERS, arguments_of, line_of, split_off_period, title_of, written
from bot.core.parsing.periods import PeriodChoice
from bot.core.parsing.phrases import AROUND, FILLERS, WORDS_AS_NEAR, fold
from bot.core.parsing.typos import is_one_slip
from bot.core.parsing.vocabulary import group

SURE_CHARS = 6  # of a word that is mended
_SURE_STEM_CHARS = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """`needs`: each has a word in the text; `beside`: words of the subject that may be there, too. `with_channel`: it is
    asked of a channel and a period, else of neither. `of_channel`: without a metric it needs a channel's name.
    """

    command: str
    needs: tuple[re.Pattern[str], ...]
    beside: re.Pattern[str] = field(default_factory=lambda: group("-"))
    with_channel: bool = True
    of_channel: bool = False
    takes_negation: bool = False


_METRIC = group(v.METRICS)
_AROUND_POSTS = group(v.METRICS, v.POSTS, v.CHANNELS, v.SUPERLATIVES, v.GET, v.COUNTS, v.PEOPLE, v.SUBSCRIBERS)
_AROUND_PEOPLE = group(v.PEOPLE, v.CHANNELS, v.SUBSCRIBERS, v.CHANGED, v.LEFT, v.CAME, v.LEAVES, v.ADS, v.METRICS, r"после after откуда where leave много мало падаем")
_OF_FALLS = group(
    v.METRICS, v.CHANNELS, v.POSTS, v.FELL, v.WEAK, v.WHY, v.WHY_HERE, v.PEOPLE, v.GONE, v.GET, v.WORKS, v.ADS, r"норм нет no помоги\w* help после after вышло now стало matter дело обычн\w+ usual\w* normal than before раньше cliff off everything все перестал\w* stopped не чем так случилось happened стал\w*"
)
_OF_ALERTS = group(v.METRICS, v.CHANNELS, v.SUBSCRIBERS, v.LEFT, v.PEOPLE, v.FALLS_ONCE, v.TELL, v.IF, v.ALERTS, v.ON, v.SEND, "turn heads up",
    r"много резко сильно ниже")  # fmt: skip
_OF_OFF = group(
    v.SEND, v.ALERTS, v.SUMMARIES, v.REPORTS, r"не больше надо ежедневн\w+ еженедельн\w+ daily weekly morning утренн\w+ все"
    r" every день кажд\w+ switch turn more any anymore me"
)  # fmt: skip
SUBJECTS = (
    Subject("alerts off", (group(v.OFF), group(v.ALERTS)), _OF_OFF, with_channel=False, takes_negation=True),
    Subject("digest off", (group(v.OFF), group(v.SUMMARIES, v.REPORTS)), _OF_OFF, with_channel=False, takes_negation=True),
    Subject("digest off", (v.NEGATIONS, group(v.SEND, r"надо нужн\w+ хочу want need more"), group(v.SUMMARIES, v.REPORTS)),
        _OF_OFF, with_channel=False, takes_negation=True),
    Subject("alerts off", (v.NEGATIONS, group(v.SEND, r"надо нужн\w+ хочу want need more"), group(v.ALERTS)),
        _OF_OFF, with_channel=False, takes_negation=True),
    Subject("alerts", (group(v.ON), group(v.ALERTS)), _OF_ALERTS, with_channel=False),
    Subject("alerts", (group(v.TELL), group(v.IF), group(v.FALLS_ONCE, v.LEFT)), _OF_ALERTS, with_channel=False),
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
    Subject("digest", (group(r"weekly daily еженедельн\w+ ежедневн\w+"), group(v.SUMMARIES)), with_channel=False),
    Subject("why", (group(v.WHY), group(v.NOBODY), group(v.READS)), _OF_FALLS, takes_negation=True),
    Subject("why", (group(v.WHY, r"how"), group(v.NOBODY), group(v.READS)), _OF_FALLS, takes_negation=True),
    Subject("why", (group(r"куда where почему why"), group(v.GONE), _METRIC), _OF_FALLS),
    Subject("why", (group(v.WHY), group(v.WEAK, v.FELL), group(v.POSTS)), _OF_FALLS),
    Subject("why", (group(v.WHY), group(v.FELL), group(r"все everything")), _OF_FALLS),
    Subject("why", (group(v.WHY), v.NEGATIONS, _METRIC), _OF_FALLS, takes_negation=True),
    Subject("why", (group(v.WHY), v.NEGATIONS, group(v.READS, "reading"), group(v.POSTS, v.PEOPLE)), _OF_FALLS, takes_negation=True),
    Subject("why", (_METRIC, group(r"dead died сдох\w* умер\w* пропал\w* исчез\w* меньше fewer")), _OF_FALLS),
    Subject("why", (group("how как"), group("come так"), _METRIC, group(v.WEAK, v.FELL)), _OF_FALLS),
    Subject("why", (group("matter"), group("what's whats what")), of_channel=True),
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
    Subject("money", (group(v.PRICE), group(v.UNITS)), group(r"посчита\w+ рассчита\w+ calculate одного один"), with_channel=False),
    Subject("placements", (group(v.PAID), group(v.ADS)), with_channel=False),
    Subject("growth", (group(v.CAME, v.CHANGED, v.LEFT, v.LEAVES), group(v.SUBSCRIBERS)), _AROUND_PEOPLE),
    Subject("growth", (group(v.SUBSCRIBERS), group(v.FELL, "up down")), _AROUND_PEOPLE),
    Subject("growth", (group(r"пришл\w+ joined came"), group(r"нов\w+ new"), group(r"люди людей people")), _AROUND_PEOPLE),
    Subject("growth", (group(v.SUBSCRIBERS), group(r"статистик\w* stats"))),
    Subject("growth", (group("что what"), group(v.SUBSCRIBERS), group("с about with"))),
    Subject("growth", (group("сколько how"), group(r"прибав\w+ gain\w* новеньк\w+ newcomers")), group("many")),
    Subject("growth", (group("сколько"), group("нас"), group(r"стало прибавилось"))),
    Subject("growth", (group("сколько"), group(r"плюс\w* минус\w*"))),
    Subject("growth", (group(v.CHANGED, r"динамик\w* прирост\w*"), group(r"аудитори\w+ audience")), _AROUND_PEOPLE),
    Subject("growth", (group(r"отписываются unsubscribing"),), _AROUND_PEOPLE),
    Subject("growth", (group(r"сколько how"), group(v.GET), group(v.SUBSCRIBERS)), group("many")),
    Subject("growth", (group(r"ушл\w+ уходят пришл\w+ приход\w+ left leave leaving joined"), group(r"народу? люди людей people ppl"), group(r"сколько много many откуда where")),
        _AROUND_PEOPLE),
    Subject("growth", (group(r"churn\w* отток\w*"),), _AROUND_PEOPLE),
    Subject("growth", (group(v.LEFT), group(r"сколько кто много how who many почему why", v.PEOPLE)), _AROUND_PEOPLE),
    Subject("growth", (group(r"подписал\w* joined subscribed"), group(r"сколько кто how who many", v.PEOPLE)), _AROUND_PEOPLE),
    Subject("growth", (group(r"подписот\w* подпискот\w*"),), _AROUND_PEOPLE),
    Subject("growth", (group(r"вырос\w* растет растут растем прирост\w* grow\w* grew"), group(v.CHANNELS)), _AROUND_PEOPLE),
    Subject("growth", (group(r"вырос\w* растет прирост\w* growth growing grew grow"),), _AROUND_PEOPLE, of_channel=True),
    Subject("growth", (group("прирост growth"),), group("net")),
    Subject("growth", (group("растем"), group("падаем нет или"))),
    Subject("when", (group(v.WHEN), group(v.PUBLISH)), group(v.POSTS, v.SUPERLATIVES, v.METRICS, v.KINDS, v.BEST, r"оптимальн\w+ день недели week ideal идеальн\w+")),
    Subject("when", (group(v.WHEN), group(v.POSTS), group(r"лучш\w+ оптимальн\w+ идеальн\w+ best good optimal ideal perfect should better")),
        group(r"день недели week выход\w* выпуск\w*")),
    Subject("when", (group(r"утром вечером morning evening afternoon night часто often"), group(r"post пост\w+"), group(r"should лучше better стоит")),
        group(r"или or")),
    Subject("when", (group(r"прайм\w* prime golden"), group(r"прайм-?тайм\w* тайм\w* time hours?")), group(v.CHANNELS)),
    Subject("when", (group(v.WHEN), group(v.POSTS), group(r"посоветуй\w* порекоменду\w+ suggest recommend"))),
    Subject("when", (group(v.WHEN), group(v.ACTIVE), group(v.PEOPLE, v.SUBSCRIBERS)), group(v.SUPERLATIVES)),
    Subject("content", (group(v.KINDS), group(v.WORKS)), _AROUND_POSTS),
    Subject("content", (group(v.KINDS), group("или or"), group(v.KINDS)), _AROUND_POSTS),
    Subject("content", (group(v.WRITE), group(r"чем что what"), group(v.METRICS)), group(v.CHANGED, v.GET, v.SUPERLATIVES)),
    Subject("content", (group(v.KINDS), group(r"писать снимать write"), group(r"лучше best better стоит should")), _AROUND_POSTS),
    Subject("content", (group("про about"), group("что what"), group(r"писать снимать постить write post"))),
    Subject("content", (group(v.KINDS), group(v.METRICS), group(r"какие какой какая which what most больше")), _AROUND_POSTS),
    Subject("content", (group(r"нравится любит любят нравятся интересно interesting like loves? prefers?"), group(v.SUBSCRIBERS, v.POSTS, r"аудитори\w+ audience читател\w+ readers?")), _AROUND_POSTS),
    Subject("content", (group(v.KINDS), group(v.POSTS), group(r"should make делать постить писать better лучше")), _AROUND_POSTS),
    Subject("content", (group(v.WRITE), group(r"заход\w+ зайдет works?")), _AROUND_POSTS),
    Subject("content", (group(v.WRITE), group(r"чем что what"), group(r"лучше стоит should about better")), _AROUND_POSTS),
    Subject("top", (group(v.BEST), group(v.POSTS)), _AROUND_POSTS),
    Subject("top", (group(v.POSTS), group(r"самы\w+ самое most больше всех highest"), _METRIC), _AROUND_POSTS),
    Subject("top", (group(r"самым самое most best"), group(r"популярн\w+ успешн\w+ popular viewed liked successful лучш\w+ best"),
        group(r"что what was было"))),
    Subject("top", (group(r"самый самые most"), group(r"плох\w+ bad"), group(v.POSTS)), _AROUND_POSTS),
    Subject("top", (group("хит хиты hits"),), group("недели месяца week month")),
    Subject("top", (group("what which что"), group("well хорошо"), group("did worked зашло"))),
    Subject("top", (group(v.TAKES_OFF), group(v.POSTS)), group("off")),
    Subject("top", (group(v.TAKES_OFF), group(r"что какие what which")), _AROUND_POSTS),
    Subject("export", (group(v.EXPORT), group(v.METRICS, v.REPORTS, v.DATA, r"все всё everything")), group(r"формат\w* вид\w* save сохран\w+")),
    Subject("export", (group(v.EXPORT),), group(r"save сохран\w+"), of_channel=True),
    Subject("export", (group(r"эксел\w+ ексел\w+ excel таблиц\w+ табличк\w+ xlsx csv"),), group(v.EXPORT, r"формат\w* вид\w*")),
    Subject("export", (group(r"raw сыры\w+"), group(v.DATA))),
    Subject("compare", (group(v.COMPARE), group(v.CHANNELS)), group(r"все всех собой другом each other"), with_channel=False),
    Subject("compare", (group(r"какой какие which"), group(v.CHANNELS), group(r"лучше better best сильнее")), group(r"doing performing всех"),
        with_channel=False),
    Subject("channels", (group(r"сколько how"), group(v.CHANNELS)), group("many"), with_channel=False),
    Subject("add", (group(v.ADD), group(v.CHANNELS)), group(r"бот\w* нов\w+ another new второй second одну more тебе сюда"), with_channel=False),
    Subject("channels", (group(v.CHANNELS), group(v.ADDED)), group(r"все all"), with_channel=False),
    Subject("privacy", (group(v.DELETE), group(v.DATA, r"мне меня me нас")), group(r"все всё all everything"), with_channel=False),
    Subject("privacy", (group(v.STORE), group(v.DATA)), group(r"какие все all"), with_channel=False),
    Subject("privacy", (group(v.STORE), group(r"что what"), group(r"мне me нас us")), with_channel=False),
    Subject("lang", (group(r"язык language"), group(r"смени\w* поменя\w* измени\w* переключ\w+ change switch set")), with_channel=False),
    Subject("help", (group("чем how"), group("помочь help"), group("можешь can")), with_channel=False),
    Subject("help", (group("бот bot"), group("делает do does")), with_channel=False),
    Subject("lang", (group(v.LANGUAGES), group(v.SPEAK)), with_channel=False),
    Subject("help", (group(r"умеешь умеет"), group(r"что чё че чо как"))),
    Subject("help", (group(r"функци\w+ возможност\w+ features? commands? команды capabilities"), group(r"какие какая твои твоих своих у what your list")),
        with_channel=False),
    Subject("help", (group(v.HOW), group(v.USE), group(v.BOT, r"все")), group(r"помоги\w* help понимаю understand"), with_channel=False,
        takes_negation=True),
    Subject("help", (group(r"что кто what who"), group(r"бот bot")), group("ты за"), with_channel=False),
    Subject("help", (group("что"), group("можешь"), group("рассказать показать делать")), with_channel=False),
    Subject("help", (group("what"), group("you"), group("able can")), with_channel=False),
    Subject("benchmark", (group(v.METRICS), group(v.OTHERS)), group(r"сравн\w+ compare\w* normal нормальн\w+ good average"), with_channel=False),
    Subject("benchmark", (group(r"хорош\w+ нормальн\w+ good normal decent"), group("er ер эр engagement rate вовлеченность")), with_channel=False),
    Subject("benchmark", (group(r"как how"), group(r"конкурент\w+ competitors? rivals")), with_channel=False),
    Subject("er", (group(r"сколько how many"), group(v.READS)), group(v.SUPERLATIVES, v.PEOPLE, v.POSTS, v.CHANNELS)),
    Subject("er", (group(v.REPORTS),), group(v.METRICS, v.CHANNELS)),
    Subject("er", (group(v.OVERVIEWS),), of_channel=True),
    Subject("er", (group(v.OVERVIEWS), group(v.CHANNELS, v.METRICS))),
    Subject("er", (group(r"how hows how's как"), group(v.POSTS), group(r"do doing did perform\w* идут дела")), group("мои")),
    Subject("er", (_METRIC,), group(v.READS, v.SUPERLATIVES, v.GET, v.POSTS, v.CHANNELS, v.PEOPLE, v.SUBSCRIBERS)),
    Subject("er", (group(v.LOOK),), of_channel=True),
)  # fmt: skip
_OF_CHECKS = group(
    v.SUSPECT, v.BUY, v.ADS, v.CHANNELS, v.SUBSCRIBERS, v.PEOPLE, v.PRICE, v.OPINION, v.POSTS, r"нет ли не no денег деньги money into перед покупк\w+ before"
)
_NO_PERIODS = frozenset({"все", "all", "everything", "day", "день", "may", "mar", "year", "год"})
_OF_CAUSES = group(r"почему отчего зачем куда откуда когда why where when")
_ASKS_CHECK = group(v.SUSPECT, v.BUY, v.OPINION)


def of_subject(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Returns the line of the first subject that accounts for every word but those of no subject; None for talk."""
    if any(v.THANKS.fullmatch(fold(word)) for word in words):
        return None
    if any(find_address(word.strip(AROUND), known) for word in words):
        return _check(words, known)
    if line := _routine(words, known, today) or _two(words, known, today):
        return line
    whole = _mended([fold(word) for word in words if fold(word)], known)
    for subject in SUBJECTS:  # «лучший день» is no period
        if subject.command == "when" and (line := _of(subject, whole, None, known)):
            return line
    name, period = _split_off_period(words, today, known)
    said = _mended([word for word in map(fold, name.split()) if word], known)
    is_negated = any(v.NEGATIONS.fullmatch(word) for word in said)
    for subject in SUBJECTS:
        if is_negated and not subject.takes_negation:
            continue
        if line := _of(subject, said, period, known):
            return line
    return None


def _split_off_period(words: Sequence[str], today: date, known: Sequence[Known]) -> tuple[str, PeriodChoice | None]:
    """Splits off the period, which may stand amid the words, too: «почему вчера был такой плохой охват»."""
    bare = [word.strip(AROUND) for word in words]
    name, period = split_off_period(bare, today, known)
    for length in (3, 2, 1) if period is None else ():
        for start in range(len(bare) - length + 1):
            amid = bare[start : start + length]
            left, found = split_off_period(amid, today, known)
            if found and not left and not title_of(" ".join(amid), known) and fold(amid[-1]) not in _NO_PERIODS:
                return " ".join([*bare[:start], *bare[start + length :]]), found
    return name, period


def _of(
    subject: Subject, said: Sequence[str], period: PeriodChoice | None, known: Sequence[Known]
) -> str | None:
    if not all(any(need.fullmatch(word) for word in said) for need in subject.needs):
        return None
    if subject.command == "er" and any(_OF_CAUSES.fullmatch(word) for word in said):
        return None
    negations = [v.NEGATIONS] if subject.takes_negation else []
    kinds = (*subject.needs, subject.beside, v.FUNCTION, *negations)
    left = [word for word in said if not any(kind.fullmatch(word) for kind in kinds)]
    left = [word for word in left if word not in FILLERS]
    if not subject.with_channel:
        return None if left or period else f"/{subject.command}"
    title = title_of(" ".join(left), known)
    if title is None or (subject.of_channel and not title):
        return None
    table = "csv" if subject.command == "export" and "csv" in said else ""
    return line_of(subject.command, title, written(period), table)


def _check(words: Sequence[str], known: Sequence[Known]) -> str | None:
    """Reads «стоит ли брать рекламу у @name за 15000»: one address of others, and words about ads and honesty alone."""
    at = [place for place, word in enumerate(words) if find_address(word.strip(AROUND), known)]
    address = find_address(words[at[0]].strip(AROUND), known)
    if len(at) > 1 or address is None or address.is_own:
        return None
    rest = [word for place, word in enumerate(words) if place not in at]
    left = [word for word in rest if not any(kind.fullmatch(fold(word)) for kind in (_OF_CHECKS, v.FUNCTION))]
    numbers = " ".join(word.rstrip("?!.,") for word in left)
    if not any(_ASKS_CHECK.fullmatch(fold(word)) for word in rest) or not NUMBERS.fullmatch(numbers or "0"):
        return None
    return line_of("check", words[at[0]].strip(AROUND), numbers)


_SUMMARY = group(v.SUMMARIES)
_REPORT = group(v.REPORTS)
_SENDS = group(v.SEND, r"каждый каждую каждое кажд\w+ every daily (?:mon|tues|wednes|thurs|fri|satur|sun)days? по пусть let нужен нужна")
_BESIDE_ROUTINE = group(
    v.SUMMARIES, v.REPORTS, v.SEND, v.ON, r"только only daily поменя\w* смени\w* измени\w* перенеси\w* change move set время time пусть me мне нам i want need хочу чтобы please можно нужен нужна"
)
_OF_ROUTINE = group(r"в во по at on every и and с до утра")


def _routine(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Reads «хочу получать отчет по понедельникам в 10»: a summary at an hour or on days."""
    spoken = [word for word in words if fold(word)]
    said = list(zip(spoken, _mended([fold(word) for word in spoken], known), strict=True))
    has_summary = any(_SUMMARY.fullmatch(word) for _, word in said)
    is_sent = any(_REPORT.fullmatch(word) for _, word in said) and any(
        _SENDS.fullmatch(word) for _, word in said
    )
    if not (has_summary or is_sent) or any(v.NEGATIONS.fullmatch(word) for _, word in said):
        return None
    left = [
        written_as.strip("?!.")
        for written_as, word in said
        if _OF_ROUTINE.fullmatch(word) or not (_BESIDE_ROUTINE.fullmatch(word) or v.FUNCTION.fullmatch(word))
    ]
    while left and _OF_ROUTINE.fullmatch(fold(left[-1])) and fold(left[-1]) != "утра":
        left.pop()
    return arguments_of("digest", "", left, known, today) if left else None


_BETTER = group(v.COMPARE, r"или or лучше хуже выше ниже сильнее круче кто better worse higher lower stronger")
_BESIDE_TWO = group(v.METRICS, v.CHANNELS, v.COMPARE, r"лучше хуже выше ниже больше меньше сильнее круче better worse higher lower doing stronger")
_BETWEEN = group(v.COMPARE, r"или or и and с со with than чем to")


def _two(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Reads «где охваты выше, на кухне или на маршруте», “coffee against kitchen”: two channels beside each other."""
    name, period = split_off_period([word.strip(AROUND) for word in words], today, known)
    said = [word for word in map(fold, name.split()) if word]
    if not any(_BETTER.fullmatch(word) for word in said):
        return None
    for place in (place for place, word in enumerate(said) if _BETWEEN.fullmatch(word)):
        titles = [
            title_of(" ".join(word for word in part if not _BESIDE_TWO.fullmatch(word) and not v.FUNCTION.fullmatch(word)), known)
            for part in (said[:place], said[place + 1 :])
        ]
        if all(titles):
            return line_of("compare", ", ".join(filter(None, titles)), written(period))
    return None


def _mended(words: Sequence[str], known: Sequence[Known]) -> list[str]:
    """Returns the words without their slips, «пачему» for one, where some word of a subject or a channel needs no mending."""
    is_sure = any(_is_of_subject(word) or title_of(word, known) for word in words)
    return [_without_slip(word, known) if is_sure else word for word in words]


def _without_slip(word: str, known: Sequence[Known]) -> str:
    """Returns the word that is meant; as it is where it is known, a channel's or near to several."""
    if len(word) < SURE_CHARS or word in FILLERS or word in WORDS_AS_NEAR:
        return word
    if _all_words().fullmatch(word) or v.FUNCTION.fullmatch(word) or title_of(word, known):
        return word
    near = {mended for stem in _stems() for mended in _with_stem(word, stem)}
    return near.pop() if len(near) == 1 else word


def _with_stem(word: str, stem: tuple[str, bool]) -> Iterator[str]:
    begins, has_ending = stem
    if not has_ending:
        if is_one_slip(word, begins):
            yield begins
        return
    for length in (len(begins) - 1, len(begins), len(begins) + 1):
        if len(word) >= length and word[0] == begins[0] and is_one_slip(word[:length], begins):
            yield begins + word[length:]
            return


@cache
def _stems() -> tuple[tuple[str, bool], ...]:
    """Returns the words of the subjects and their stems that are long enough to be known with a slip."""
    patterns = " ".join(
        one for name, one in vars(v).items() if _is_group(name) and isinstance(one, str)
    ).split()
    stems = {(re.sub(r"\\w[*+]$", "", one), one.endswith((r"\w*", r"\w+"))) for one in patterns}
    return tuple(
        sorted((stem, ends) for stem, ends in stems if stem.isalpha() and len(stem) >= _SURE_STEM_CHARS)
    )


@cache
def _all_words() -> re.Pattern[str]:
    return group(*(one for name, one in vars(v).items() if _is_group(name) and isinstance(one, str)))


def _is_group(name: str) -> bool:
    return name.isupper() and not name.startswith("_")


def names_subject(words: Sequence[str]) -> bool:
    """Tells whether some word is of a subject of the bot's, rather than a channel's name or a word around it."""
    return any(_is_of_subject(fold(word)) for word in words)


def _is_of_subject(word: str) -> bool:
    return bool(_all_words().fullmatch(word)) and not v.FUNCTION.fullmatch(word)
