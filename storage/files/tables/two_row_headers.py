"""Headers of two rows: a group over several columns («ВКонтакте», «Telegram»), and what each of them counts below.

Groups that are networks become a column of their own and a row for each of them; other groups go into the titles.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from storage.files.decode.column_rows import Row
from storage.files.tables.columns import COUNTER_MEANINGS, meaning_of, normalise

_NETWORKS = {
    **dict.fromkeys(("telegram", "телеграм", "телеграмм", "телега", "tg", "тг", "телеграм-канал", "телеграм канал"), "telegram"),
    **dict.fromkeys(("vk", "вк", "вконтакте", "vkontakte", "vk.com"), "vk"),
    **dict.fromkeys(("instagram", "инстаграм", "инстаграмм", "инста", "ig", "inst", "instagram*"), "instagram"),
    **dict.fromkeys(("facebook", "фейсбук", "fb", "фб"), "facebook"),
    **dict.fromkeys(("youtube", "ютуб", "ютьюб", "yt", "youtube shorts"), "youtube"),
    **dict.fromkeys(("tiktok", "тикток", "тик ток", "tik tok", "tt"), "tiktok"),
    **dict.fromkeys(("x", "twitter", "твиттер", "x (twitter)", "twitter/x"), "x"),
    **dict.fromkeys(("linkedin", "линкедин"), "linkedin"),
    **dict.fromkeys(("ok", "ок", "одноклассники", "ok.ru", "дзен", "яндекс дзен", "dzen", "max", "макс", "rutube", "рутуб", "threads", "тредс", "pinterest", "whatsapp"), "other"),
}  # fmt: skip
_NOTHING = frozenset({"", "-", "—", "–"})
_OF_ACCOUNT = re.compile(
    r"(.+?)[ -](?:(?:business|personal|company|public|brand)(?: (?:page|account|profile))?|page|profile|account|group|feed)"
)
_LEAST_GROUPS = 2
_WORD = re.compile(r"[\w-]+")
_NAMED_IN_TITLES = frozenset(_NETWORKS.values()) - {"x", "other"}  # «max просмотры» is none
_OF_A_NETWORK = ("views", "reach", "reactions")
_APART = frozenset({*COUNTER_MEANINGS, "link", "id"})


class JoinedHeader(NamedTuple):
    """A header of one row, and `groups`: the network of each column, "" of those that all share."""

    titles: list[str]
    groups: list[str]


def network_of(word: str) -> str | None:
    """Returns the network a word names, or a word of a service for an account there (`FACEBOOK_PAGE`); None for others."""
    plain = normalise(word)
    found = _NETWORKS.get(plain)
    if found is None and (of_account := _OF_ACCOUNT.fullmatch(plain.replace("_", " "))):
        found = _NETWORKS.get(of_account[1])
    return found


def join_header(upper: Row, lower: Row) -> JoinedHeader | None:
    """Returns the two rows as one header; None where the upper is no part of it: one cell, a row of data."""
    above, below = (list(map(_text, row)) for row in (upper, lower))
    width = max(len(above), len(below))
    above, below = (row + [""] * (width - len(row)) for row in (above, below))
    groups, last = [], ""
    for over, under in zip(above, below, strict=True):
        last = over or (last if under else "")
        groups.append(last if under else "")
    named = {group for group in groups if group}
    over_several = any(group and groups.count(group) > 1 for group in named)
    shared = any(over and not under for over, under in zip(above, below, strict=True))
    if len(named) + shared < _LEAST_GROUPS or not over_several or any(over[:1].isdigit() for over in above):
        return None
    titles = [under or over for over, under in zip(above, below, strict=True)]
    networks = [network_of(group) or "" for group in groups]
    if sum(map(bool, set(networks))) < _LEAST_GROUPS:
        networks = [""] * width
        titles = [
            f"{group} {title}" if group and (titles.count(title) > 1 or _says_less(title, group)) else title
            for group, title in zip(groups, titles, strict=True)
        ]
    return JoinedHeader(
        titles, [group if network else "" for group, network in zip(groups, networks, strict=True)]
    )


def networks_in_titles(titles: Sequence[str]) -> JoinedHeader | None:
    """Returns titles that each name a network («Просмотры ВК», `tg_views`) with the networks apart from them.

    None unless two networks count views, reach or reactions: where clicks lead is no place of a post.
    """
    read = [_network_apart(title) for title in titles]
    counted = [(network, meaning_of(bare)) for network, bare in read if network]
    by_meaning = Counter(meaning for _, meaning in set(counted) if meaning in _OF_A_NETWORK)
    if max(by_meaning.values(), default=0) < _LEAST_GROUPS:
        return None
    return JoinedHeader([bare for _, bare in read], [network for network, _ in read])


def _network_apart(title: str) -> tuple[str, str]:
    """Returns the network a title begins or ends with, "" for none, and the rest of the title."""
    words = _WORD.findall(title.replace("_", " "))
    for network, rest in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        bare = " ".join(rest)
        if network and network_of(network[0]) in _NAMED_IN_TITLES and meaning_of(bare) in _APART:
            return network_of(network[0]) or "", bare
    return "", title


def _says_less(title: str, group: str) -> bool:
    """Tells whether a title says less than its group: «шт.» or «%» under «Просмотры»."""
    return meaning_of(title) is None and meaning_of(group) in COUNTER_MEANINGS


def apart(
    joined: JoinedHeader, columns: Sequence[Sequence[Any]]
) -> tuple[list[str], list[Sequence[Any]], list[int]]:
    """Returns titles and columns with networks' rows one below another, and which row each of them was.

    A post that has nothing under a network was not published there. Figures of all networks together belong to none.
    """
    names = list(dict.fromkeys(group for group in joined.groups if group))
    shared = [
        place
        for place, (title, group) in enumerate(zip(*joined, strict=True))
        if not group and meaning_of(title) not in COUNTER_MEANINGS
    ]
    own = {
        (group, _same(title)): place
        for place, (title, group) in enumerate(zip(*joined, strict=True))
        if group
    }
    counted = list(dict.fromkeys(title for _, title in own))
    length = len(columns[0]) if columns else 0
    found: list[Sequence[Any]] = [[cell for _ in names for cell in columns[place]] for place in shared]
    found.append([name for name in names for _ in range(length)])
    for title in counted:
        places = [own.get((name, title)) for name in names]
        found.append(
            [cell for place in places for cell in (columns[place] if place is not None else [""] * length)]
        )
    own_columns = found[len(shared) + 1 :]
    kept = [
        row
        for row in range(length * len(names))
        if any(_text(cells[row]) not in _NOTHING for cells in own_columns)
    ]
    picked: list[Sequence[Any]] = [[cells[row] for row in kept] for cells in found]
    return (
        [*(joined.titles[place] for place in shared), "Соцсеть", *counted],
        picked,
        [row % length for row in kept],
    )


def _same(title: str) -> str:
    """Returns one name for likes and reactions of two networks where the dictionary knows both."""
    return meaning_of(title) or title


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())
