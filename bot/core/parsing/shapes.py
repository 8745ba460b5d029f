"""Questions by their shape: words that have to be there, in any order, and words that may stand beside them.

«почему у кухни упали охваты», «охваты у кухни упали почему», “what happened to coffee last week”. What is left has to be a
channel of the chat or a period, so that talk of other things stays talk.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.arguments import NUMBERS, arguments_of, line_of, split_off_period, title_of
from bot.core.parsing.phrases import AROUND, fold, without_fillers


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(" ".join(pattern.split()).replace(" ", "|"))


_METRIC = _words(
    r"""охват\w* просмотр\w* вовлеч\w+ er ер эр err отклик\w* показател\w* статистик\w* стат[ауые] статой цифр\w* метрик\w*
    активност\w+ аналитик\w+ views? reach engagement stats? statistics numbers metrics analytics performance
    impressions interactions"""
)
_VIEWS = _words(r"просмотр\w* охват\w* views? reach impressions")
_FELL = _words(
    r"""упал\w* падает падают падение просел\w* просед\w+ просад\w+ снизил\w* снижа\w+ снижени\w+ уменьшил\w* уменьша\w+
    провалил\w* рухнул\w* обвалил\w* drop(?:ped|ping|s)? fall(?:en|ing|s)? fell down declin\w+ decreas\w+ tank(?:ed|ing)?
    plummet\w*"""
)
_WEAK = _words(
    r"""мало меньше низк\w+ хуже плох\w+ слаб\w+ low lower loss losing lose lost fewer less worse bad few little small dip(?:ped|ping)? slump\w*
    так\w* so"""
)
_WHY = _words(r"почему why's whys отчего чего why из-за из от")
_OF_PEOPLE = _words(r"подписчик\w* subs subscribers? followers?")
_ASK = _words(r"how hows how's как")
_PEOPLE = _words(
    r"""many people persons subs subscribers? followers? человек людей народу? подписчик\w* нов\w+ new did do does i we us have has
    had get got net in from от ли у на в"""
)
_AROUND_NAMES = r"пришли среднем средн\w+ average avg у в на с со по за для про to with of for in on the my our мой мои моя моего наш\w* is are was were be been it"


@dataclass(frozen=True, slots=True)
class Shape:
    """`needs`: each has a word in the text; `beside`: words that may be there, too. `about`: at least a channel or a word
    of `metrics` is named. `adds`: what the command takes beside the rest.
    """

    command: str
    needs: tuple[re.Pattern[str], ...]
    beside: re.Pattern[str] = field(default_factory=lambda: _words(_AROUND_NAMES))
    about: bool = False
    metrics: re.Pattern[str] = _METRIC
    adds: str = ""
    is_whole: bool = False  # neither a channel nor a period belongs to it


_OFF = _words(
    r"отключи\w* выключи\w* прекрати\w* останови\w* перестань хватит turn switch stop disable mute unsubscribe"
)
_OFF_BESIDE = _words(
    r"off the sending from to присыла\w+ слать шли больше ежедневн\w+ daily утренн\w+ morning weekly all все эти эту this that"
)
_SUMMARY = _words(r"сводк\w+ дайджест\w* рассылк\w+ summar\w+ digests?")
_OTHER_WHY = _words(
    f"{_AROUND_NAMES} did do does am i we go going went gone come has have had am что все это happened what случилось such такая такой такие и а then"
    " так\\w* so сильно резко вдруг much suddenly"
)
SHAPES = (
    Shape("digest", (_words("off выкл выключена"), _SUMMARY), _OFF_BESIDE, adds="off", is_whole=True),
    Shape("digest", (_words("не no"), _words(r"присыла\w+ нужн\w+ надо шли more"), _SUMMARY), _OFF_BESIDE,
        adds="off", is_whole=True),
    Shape("digest", (_OFF, _SUMMARY), _OFF_BESIDE, adds="off", is_whole=True),
    Shape("alerts", (_OFF,
        _words(r"уведомлени\w+ предупреждени\w+ алерт\w* оповещени\w+ notifications? alerts? warnings?")),
        _OFF_BESIDE, adds="off", is_whole=True),
    Shape("digest", (_SUMMARY, _words(r"кажд\w+ every ежедневн\w+ daily утрам")),
        _words(r"утр\w* день morning day a the to по"), is_whole=True),
    Shape("why", (_WHY, _FELL), _OTHER_WHY),
    Shape("why", (_WHY, _WEAK), _OTHER_WHY, about=True),
    Shape("why", (_words("how"), _words("come"), _FELL), _OTHER_WHY),
    Shape("why", (_WHY, _OF_PEOPLE, _FELL), _OTHER_WHY),
    Shape("why", (_WHY, _OF_PEOPLE, _WEAK), _OTHER_WHY),
    Shape("why", (_METRIC, _FELL), _OTHER_WHY),  # told as it is: what is asked is the cause
    Shape("why", (_words(r"caus\w+ behind вызвал\w+"), _FELL), _words(f"{_AROUND_NAMES} what whats what's что")),
    Shape("why", (_words("что"), _words("не"), _words("так")), about=True),
    Shape("why", (_words("what whats what's"), _words("going"), _words("on")), about=True),
    Shape("why", (_words(r"что what whats what's"),
        _words(r"happened happening случилось стряслось произошло творится wrong")), about=True),
    Shape("why", (_words("whats what's what"), _words("up"), _words("with")), about=True),
    Shape("why", (_words(r"причин\w+ reasons?"), _FELL), _words(f"{_AROUND_NAMES} чем какая какие what")),
    Shape("growth", (_words("сколько how"),
        _words(r"""подписал\w* отписал\w* вступил\w* ушло пришло gain\w* lose losing lost join(?:ed)? left
        unsubscribed? unfollow\w* unsubs отписк\w+ отписок subscribed? нов\w+ new""")), _PEOPLE),
    Shape("growth",
        (_words(r"""динамик\w+ рост\w* growth прирост\w* lose losing lost gain\w* потеря\w+ приобре\w+ прибав\w+ new
        нов\w+"""), _OF_PEOPLE), _PEOPLE),
    Shape("growth", (_words(r"растет растем растут расти growing grows? grew"),),
        _words(f"{_AROUND_NAMES} как насколько быстро ли мы how much fast quickly we do does did a channels?")),
    Shape("growth", (_words("откуда where"), _words(r"подписчик\w* люди subscribers? subs followers? people")),
        _words(f"""{_AROUND_NAMES} нов\\w+ new прид\\w+ пришл\\w+ приход\\w+ идут берутся взялись do did does come
        coming came from""")),
    Shape("when", (_words(r"когда время часы? час день дни time when hours? days?"),
        _words(r"пост постить постинга посты постов публик\w+ выклад\w+ posts? posting publish\w*")),
        _words(rf"""{_AROUND_NAMES} лучш\w+ оптимальн\w+ идеальн\w+ optimal ideal perfect удобнее
        выгоднее во какое какой день best good should i we to do a what's whats time day когда""")),
    Shape("when", (_words("во"), _words("сколько"), _words(r"постить публик\w+ выклад\w+")),
        _words(f"{_AROUND_NAMES} лучше мне нам пост\\w*")),
    Shape("when", (_words("когда when"), _words(r"read reading online active читают читает онлайн активн\w+ сидят")),
        _words(f"{_AROUND_NAMES} do does they people users audience нас меня подписчики люди аудитория")),
    Shape("content", (_words(r"како\w+ какие что which what whats what's"),
        _words(r"заходит заходят работает работают works? working perform(?:s|ing)?")),
        _words(f"""{_AROUND_NAMES} контент\\w* пост\\w* формат\\w* тем\\w* лучше всего хорошо content posts? kinds?
        types? sort topics? formats? best better well do does most""")),
    Shape("content", (_words("what что"), _words("should стоит"), _words("post писать постить")),
        _words("i we to мне")),
    Shape("content", (_words(r"како\w+"), _words("контент"), _words("лучше"))),
    Shape("top",
        (_words(r"""лучш\w+ худш\w+ топ топ-?\d+ топов\w+ популярн\w+ best worst viewed liked shared top top-?\d+
        popular most успешн\w+"""), _words(r"пост(?!ит)\w* posts? публикаци\w+")),
        _words(f"{_AROUND_NAMES} самы\\w+ performing did do does which most какой какие ever мои \\d{{1,2}}"),
        metrics=_words("-")),
    Shape("top", (_words(r"пост(?!ит)\w* posts?"), _words(r"зашел зашла зашли выстрелил\w* залетел\w* worked won")),
        _words(f"{_AROUND_NAMES} лучше всего больше всех какой какие which best did самый")),
    Shape("compare", (_words(r"сравн\w+ compare"),),
        _words(r"""этот эту эта этого this month неделю week месяц прошлым прошлой прошлого предыдущ\w+ last previous
        to with с со and и"""), adds="30d", is_whole=True),
    Shape("compare", (_words(r"сравн\w+ compare"), _words(r"все всех all")), _words("мои my")),
    Shape("benchmark",
        (_words(r"""хорош\w* плох\w* нормальн\w* норм много мало средн\w+ высок\w+ низк\w+ good bad average normal high
        low ok okay"""), _words(r"er ер эр err вовлеч\w+ отклик\w* engagement")),
        _words(r"""это this that мой моя мои или нет считается такой ли для у по is my our a an the or not what
        what's whats considered for rate \d+(?:[.,]\d+)?%? процент\w*"""), is_whole=True),
    Shape("benchmark", (_words("how as как"), _words(r"compare у"), _words(r"others? других конкурент\w*")),
        _words(r"do does i we to my is the er rate"), is_whole=True),
    Shape("export",
        (_words(r"таблиц\w+ excel эксель экселе xlsx spreadsheet csv выгруз\w+ скача\w+ export download"),),
        _words(f"""{_AROUND_NAMES} статистик\\w+ стат\\w+ данны\\w+ цифры stats? data reports? отчет\\w* numbers как as
        a into file файл\\w* формате виде все всё all""")),
    Shape("er", (_words(r"weekly еженедельн\w+ недельн\w+"), _words(r"reports? stats? отчет\w* статистик\w+")),
        adds="7d"),
    Shape("er", (_words(r"monthly ежемесячн\w+ месячн\w+"), _words(r"reports? stats? отчет\w* статистик\w+")),
        adds="30d"),
    Shape("er", (_words("сколько how"), _VIEWS),
        _words(f"{_AROUND_NAMES} many much did do does i we get got have has had there набрал\\w* собрал\\w* было")),
    Shape("er", (_METRIC,), _words(f"{_AROUND_NAMES} как там сейчас какие какой какая")),
    Shape("er", (_ASK,),
        _words(f"""{_AROUND_NAMES} doing going performing поживает поживают там дела идет идут себя чувствует they
        things did do does"""), about=True, metrics=_words(r"channels? канал\w*")),
    Shape("er", (_words(r"что чё че what whats what's"),),
        _words(f"{_AROUND_NAMES} там нового слышно видно new about"), about=True),
)  # fmt: skip
_CHECKS = _words(
    r"накру\w+ чекн\w+ нормальн\w+ бот\w* провер\w+ честн\w+ жив\w+ стоит legit fake fakes real bot\w* scam check worth trust\w* audit аудит\w*"
)
_BESIDE_CHECKS = _words(
    r"""is are does do has have any subscribers? followers? audience if у есть ли на за канал\w* это он она там can you for me please a the
    it its брать рекламу покупать buy buying ad ads an from with and и или подписчик\w* аудитори\w+ не to of or channel"""
)


# Said beside a question and nothing by itself; ignored where the rest has the shape of one.
_CHATTER = _words(
    r"""вообще интересно кстати типа блин эй йо здорово здравствуйте салют каво просто быстро быстренько срочно скорее
    гляну глянь посмотрим посмотрю понять понимаю знаю не что-то как-то бы хотелось тут вот прям реально очень больше
    всего связана связано знаешь ребят друг бро yo asap quick quickly real just any idea maybe hmm uh um well so
    really looking look looks like about right wondering curious know dont don't thanks thx ty some kinda sorta bro
    dude man mate again actually exactly there today's urgent urgently there's think объясни объясните explain
    посоветуй посоветуйте спасибо спс теперь стало стали became then"""
)


def of_shape(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Returns the line of the first shape that accounts for every word, chatter aside; None for talk."""
    bare = [word for word in words if not _CHATTER.fullmatch(fold(word))]
    for said in (words, bare) if 0 < len(bare) < len(words) else (words,):
        if line := _check_of(said, known):
            return line
        for shape in SHAPES:
            if line := _of(shape, said, known, today):
                return line
    return _either(words, known)


def _of(shape: Shape, words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    said = [fold(word) for word in words]
    if not all(any(need.fullmatch(word) for word in said) for need in shape.needs):
        return None
    has_metric = any(shape.metrics.fullmatch(word) for word in said)
    left = [word for word in words if not _belongs(shape, fold(word))]
    name, period = split_off_period(without_fillers(left), today, known)
    if not name and period is None:
        left = []
    if shape.about and not has_metric and not (name and title_of(name, known)):
        return None
    if shape.is_whole:
        return None if name or period else line_of(shape.command, shape.adds)
    is_table = shape.command == "export" and "csv" in said
    line = arguments_of(shape.command, "csv" if is_table else "", left, known, today)
    return None if line is None else line_of(line.removeprefix("/"), shape.adds)


def _belongs(shape: Shape, word: str) -> bool:
    kinds = (*shape.needs, shape.beside, shape.metrics)
    return any(kind.fullmatch(word) for kind in kinds)


def _check_of(words: Sequence[str], known: Sequence[Known]) -> str | None:
    """Reads «есть ли накрутка у @name», “is @name legit”, with a price perhaps: a check of that one."""
    at = [place for place, word in enumerate(words) if find_address(word.strip(AROUND), known)]
    rest = [word for place, word in enumerate(words) if place not in at]
    said = [fold(word) for word in rest]
    if len(at) != 1 or not any(_CHECKS.fullmatch(word) for word in said):
        return None
    beside = [
        word for word in rest if not (_CHECKS.fullmatch(fold(word)) or _BESIDE_CHECKS.fullmatch(fold(word)))
    ]
    numbers = " ".join(without_fillers(beside))
    return (
        line_of("check", words[at[0]].strip(AROUND), numbers) if NUMBERS.fullmatch(numbers or "0") else None
    )


def _either(words: Sequence[str], known: Sequence[Known]) -> str | None:
    """Reads «кухня или маршрут», “which is better, coffee or kitchen”: two channels beside each other."""
    kept = [word for word in words if not _BETTER.fullmatch(fold(word))]
    at = next((place for place, word in enumerate(kept) if fold(word) in ("или", "or")), None)
    if at is None:
        return None
    titles = [title_of(" ".join(without_fillers(part)), known) for part in (kept[:at], kept[at + 1 :])]
    return line_of("compare", ", ".join(filter(None, titles))) if all(titles) else None


_BETTER = _words("кто что лучше хуже какой канал which who is better best worse channel")
