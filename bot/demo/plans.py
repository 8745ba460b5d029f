"""The channels of the example team and of the newcomers: what they write about and how they are doing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drop:
    """Views fall by `share` from so many days before the end on."""

    days_before_end: int
    share: float


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    handle: str
    telegram_id: int
    posts_per_day: float
    subscribers: tuple[int, int]  # a year ago, now
    view_rate: float  # views at 7 days / subscribers
    er: float  # median of (reactions + comments + forwards) / views at 7 days
    drop: Drop | None
    beginnings: tuple[str, ...]  # of post titles; {0} takes a subject
    subjects: tuple[str, ...]
    hashtags: tuple[str, ...]
    sponsors: tuple[str, ...]
    sources: tuple[str, ...]  # channels they forward from


KITCHEN = Plan(
    title="Кухня по соседству",
    handle="kuhnya_primer",
    telegram_id=1700000101,
    posts_per_day=2.8,
    subscribers=(9_000, 12_500),
    view_rate=0.27,
    er=0.024,
    drop=None,
    beginnings=(
        "{0}: рецепт на двадцать минут",
        "{0}: готовим без спешки",
        "{0} на семью за 500 рублей",
        "{0}: как у бабушки, только быстрее",
        "{0}: пять частых ошибок",
        "Готовим вместе: {0}",
        "{0} из того, что осталось в холодильнике",
        "{0}: можно ли заморозить?",
        "{0}: пошагово, с фото",
        "Меню на вечер: {0}",
        "Три рецепта, один победитель: {0}",
    ),
    subjects=(
        "тыквенный суп",
        "сырники",
        "шакшука",
        "плов",
        "картофельная запеканка",
        "яблочный пирог",
        "рыбные котлеты",
        "паста с грибами",
        "гречка с овощами",
        "домашняя гранола",
        "капустный пирог",
        "куриный бульон",
        "хачапури",
        "овсяное печенье",
        "борщ",
        "салат с нутом",
    ),
    hashtags=("ужин", "завтрак", "выпечка", "быстро", "без_мяса"),
    sponsors=("чайная лавка «Листок»", "ножи «Точка реза»", "доставка овощей «Грядка»"),
    sources=("Рынок сегодня", "Хлебный клуб"),
)

WALKS = Plan(
    title="Маршрут выходного дня",
    handle="marshrut_primer",
    telegram_id=1700000202,
    posts_per_day=2.2,
    subscribers=(4_000, 5_050),
    view_rate=0.36,
    er=0.031,
    drop=Drop(days_before_end=21, share=0.45),
    beginnings=(
        "{0}: маршрут на один день",
        "{0} на электричке и пешком",
        "{0} с детьми: что посмотреть",
        "{0}: двенадцать километров по лесу",
        "Где поесть: {0}",
        "{0} в дождь: музеи и кафе",
        "Читатели прислали фото: {0}",
        "{0}: расписание, цены, карта",
        "{0}: пять мест, о которых не пишут в путеводителях",
        "Вопрос недели: {0}, день или два?",
    ),
    subjects=(
        "Коломна",
        "Таруса",
        "Звенигород",
        "Переславль",
        "Боровск",
        "Серпухов",
        "Дмитров",
        "Верея",
        "Кашира",
        "Руза",
        "Клин",
        "Калязин",
        "Муром",
        "Зарайск",
    ),
    hashtags=("на_день", "поход", "с_детьми", "электричкой", "музеи"),
    sponsors=("термосы «Полдень»", "прокат палаток «Привал»"),
    sources=("Электрички Подмосковья", "Лесные тропы"),
)

PLANS = (KITCHEN, WALKS)

BOOKS = Plan(
    title="Книги на выходные",
    handle="knigi_primer",
    telegram_id=1700000303,
    posts_per_day=2.6,
    subscribers=(6_100, 7_300),
    view_rate=0.31,
    er=0.022,
    drop=Drop(days_before_end=7, share=0.6),
    beginnings=("{0}: читать или нет?", "{0} за один вечер", "Отрывок недели: {0}", "{0}: пять цитат"),
    subjects=("детектив", "семейная сага", "сборник рассказов", "травелог", "биография", "повесть"),
    hashtags=("новинка", "классика", "отрывок"),
    sponsors=("закладки «Поля»", "кофейня «Том первый»"),
    sources=("Букинист",),
)
