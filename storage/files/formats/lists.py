"""Tables whose rows are no posts of the channel: channels, placements, campaigns, comments, messages, plans."""

import re
from collections.abc import Mapping

from storage.files.formats.kinds import Recognition
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.links import are_post_links, read_post_link
from storage.files.tables.meanings import columns_of, date_candidates
from storage.files.tables.profiles import profile_of
from storage.files.tables.table import Table
from storage.files.tables.title_words import read_title, words_of

_LEAST_PLACES = 3
_LEAST_OF_A_SITE = 2
_CAMPAIGN = re.compile(r"(?:campaign\w*|кампани\w*|adset|объявлени\w*|kampagne\w*|campan[ah]a\w*|kampania)$")
_OPENED = re.compile(r"(?:открыт\w*|открыли|opens?|opened|geoffnet\w*|aperturas?|ouvertures?|відкрит\w*)$")
_SENT = re.compile(
    r"(?:доставл\w*|отправлен\w*|получател\w*|отпис\w*|delivered|deliver\w*|recipients?|bounc\w*|unsubscrib\w*|empfanger|zugestellt|enviados|destinatarios|доставлен\w*|надіслан\w*)$"
)
_OF_A_SITE = {
    "visits": re.compile(
        r"(?:визит\w*|візит\w*|visits?|сеанс\w*|сесси\w*|сесі\w*|sessions?|sitzung\w*|sesion\w*)$"
    ),
    "visitors": re.compile(r"(?:посетител\w*|відвідувач\w*|visitors?|users?|пользовател\w*|besucher\w*)$"),
    "bounces": re.compile(r"(?:отказ\w*|відмов\w*|bounce\w*|absprung\w*|rebote\w*)$"),
    "events": re.compile(r"(?:events?|событи\w*|поді\w*|ereignis\w*|eventos)$"),
    "depth": re.compile(r"(?:глубин\w*|depth|глибин\w*)$"),
}
_CAME = re.compile(
    r"(?:подписал\w*|подписчик\w*|подписк\w*|вступ\w*|пришл\w*|прибыл\w*|прирост\w*|joined|gained|new|net|growth|subscri\w+|follow\w*|members?|приєднал\w*)$"
)
_WENT = re.compile(
    r"(?:отпис\w*|вышл\w*|вышедш\w*|ушл\w*|ушедш\w*|убыл\w*|отказал\w*|отток\w*|left|lost|unfollow\w*|unsubscri\w*|відпис\w*|вийшл\w*)$"
)
_OF_AN_AD = frozenset({"title", "name", "set", "group", "id"})
_COMMENT_WORDS = frozenset(
    {"comment", "reply", "комментария", "комментарии", "коммента", "комментарий", "comments"}
)
_AUTHORS = frozenset({"author", "user", "username", "автор", "пользователь", "имя", "commenter", "name"})
_ID_WORDS = frozenset({"id", "ids", "url", "link", "ид", "номер"})
_PLANS = ("начальная дата", "конечная дата", "start date", "end date")
# Lists of channels give an average reach.
_POST_COUNTERS = tuple(name for name in COUNTER_MEANINGS if name != "reach")


def recognise_channel_list(table: Table) -> Recognition | None:
    """Recognises rows of channels: an audience or a similarity beside a link or a name, nothing of posts."""
    where = columns_of(table)
    named = where.keys() & {"channel_handle", "channel_name", "link", "text"}
    audience = "subscribers" in where or any(
        name in ("степень схожести", "релевантность, %") for name in table.names
    )
    listed = audience and named and "id" not in where
    rated = "subscribers" in where and not date_candidates(table) and "date" not in where and len(table) > 1
    directory = {"channel_handle", "channel_name"} <= where.keys() and "text" not in where
    if not any(name in where for name in _POST_COUNTERS) and (listed or directory or rated):
        return Recognition(0.8, "channels with their audience, no counters of posts")
    return None


def recognise_growth(table: Table) -> Recognition | None:
    """Recognises who came and who went by day: dates, both titles, and neither a post nor how many there are."""
    where = columns_of(table)
    if where.keys() & {*COUNTER_MEANINGS, "subscribers", "id", "link", "text"}:
        return None
    words = [set(words_of(title)) for title in table.titles]
    went = [place for place, title in enumerate(words) if any(map(_WENT.match, title))]
    came = any(any(map(_CAME.match, title)) for place, title in enumerate(words) if place not in went)
    if went and came and ("date" in where or date_candidates(table)):
        return Recognition(0.4, "days, who came and who went")
    return None


def recognise_planning_sheet(table: Table) -> Recognition | None:
    where = columns_of(table)
    planned = any(name.startswith(_PLANS) for name in table.names)
    if planned and not any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.85, "a start and an end, no counters")
    return None


def recognise_placements(table: Table) -> Recognition | None:
    """Recognises posts in other people's channels, with what each cost."""
    where = columns_of(table)
    prices = [title for title in table.titles if read_title(title).aside == "price"]
    if not prices or len(table) < _LEAST_PLACES:
        return None
    owners: list[set[str]] = []
    for place in {
        spot for name in ("link", "channel_handle", "channel_name") for spot in where.get(name, ())
    }:
        cells = [str(cell) for cell in table.columns[place] if cell not in ("", None)]
        links = [link.owner or link.owner_id or "" for cell in cells if (link := read_post_link(cell))]
        owners.append(set(links) if links else set(cells) if place not in where.get("link", ()) else set())
    if any(len(found) * 2 > len(table) for found in owners):
        return Recognition(0.75, f"other people's channels with a price: {prices[0]}")
    return None


def recognise_ads_report(table: Table) -> Recognition | None:
    """Recognises campaigns or ads with what was spent on each, and no address or id of a post."""
    where = columns_of(table)
    words = [set(words_of(title)) for title in table.titles]
    named = any(any(map(_CAMPAIGN.match, title)) or ("ad" in title and title & _OF_AN_AD) for title in words)
    if not named or where.keys() & {"link", "id"}:
        return None
    prices = [title for title in table.titles if read_title(title).aside == "price"]
    return Recognition(0.84, f"campaigns, and {prices[0]}") if prices else None


def recognise_mailing(table: Table) -> Recognition | None:
    """Recognises letters that were sent: how many were opened, beside how many were sent, delivered or unsubscribed."""
    words = [set(words_of(title)) for title in table.titles]
    opened = any(any(map(_OPENED.match, title)) for title in words)
    sent = any(any(map(_SENT.match, title)) for title in words)
    if opened and sent and not columns_of(table).keys() & {"views", "reactions", "comments"}:
        return Recognition(0.83, "letters, and who opened them")
    return None


def recognise_site(table: Table) -> Recognition | None:
    """Recognises what a counter of a site saw: visits beside visitors, bounces or depth, and nobody's reactions."""
    words = [word for title in table.titles for word in words_of(title)]
    told = [name for name, pattern in _OF_A_SITE.items() if any(map(pattern.match, words))]
    if len(told) < _LEAST_OF_A_SITE:
        return None
    if columns_of(table).keys() & {"id", "reactions", "comments", "forwards"} or any(
        map(are_post_links, table.columns)
    ):
        return None
    return Recognition(0.83, f"a site's {', '.join(told)}")


def recognise_chat(table: Table) -> Recognition | None:
    """Recognises messages with who wrote each, and nothing counted."""
    where = columns_of(table)
    writers = any({"sender", "отправитель"} & set(words_of(title)) for title in table.titles)
    if writers and {"date", "text"} <= where.keys() and not any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.5, "messages with their senders, no counters")
    return None


def recognise_comment_list(table: Table) -> Recognition | None:
    """Recognises comments, a row each: ids of comments, beside ids or addresses of posts that come back."""
    where = columns_of(table)
    if _are_written_by_others(table, where):
        return Recognition(0.86, "texts called comments, and who wrote each")
    for place, title in enumerate(table.titles):
        words = set(words_of(title))
        if not (words & _COMMENT_WORDS and words & _ID_WORDS):
            continue
        ids = [str(cell) for cell in table.columns[place] if cell not in ("", None)]
        posts = [
            table.columns[spot] for name in ("id", "link") for spot in where.get(name, ()) if spot != place
        ]
        if (
            ids
            and len(set(ids)) == len(ids)
            and (not posts or any(len(set(map(str, cells))) < len(cells) for cells in posts))
        ):
            return Recognition(0.86, f"every row has its own {title}")
    return None


def _are_written_by_others(table: Table, where: Mapping[str, list[int]]) -> bool:
    """Tells whether texts titled as comments stand beside an author, without views.

    As in «Дата; Автор; Комментарий; Лайки».
    """
    titles = [set(words_of(title)) for title in table.titles]
    written = any(
        title & _COMMENT_WORDS and not profile_of(table, place).counts and profile_of(table, place).filled
        for place, title in enumerate(titles)
    )
    return written and any(title & _AUTHORS for title in titles) and not where.keys() & {"views", "reach"}
