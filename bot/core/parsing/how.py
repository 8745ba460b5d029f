"""The words that ask, in reply to an answer, where its figures come from."""

import re

_HOW = re.compile(
    r"(?:а |и |но )?(?:почему|отчего|откуда|как)(?: (?:так|это|ты|вы|он|она|они|вышло|получилось|такая|такой|эта|этот|цифра|цифры|число"
    r"|числа|er|ер|er такой|взялось|взялась|взялись|взял[аи]?|посчитал[аи]?|посчитано|считал[аи]?|считается|считаете|считаешь|рассчитано"
    r"|рассчитал[аи]?|так мало|так много|мало|много))*|формула|расч[её]т|why(?: so (?:low|high|few|many)| is (?:it|that|this))?"
    r"|how(?: (?:come|so|did you (?:get|count|compute|calculate) (?:it|this|that)|(?:is|was) (?:it|this|that) "
    r"(?:computed|calculated|counted)))|where (?:is|does) (?:it|this|that) (?:come )?from|formula",
    re.IGNORECASE,
)
_WHY = re.compile(r"\W*(?:(?:а|и|но) )?(?:почему|отчего|why)\b", re.IGNORECASE)
_AROUND = re.compile(r"^\W+|\W+$")


def asks_why(text: str) -> bool:
    """Tells whether causes are asked for: «Почему?», “why so low?”.

    Of a fall its causes are meant, of any other figure how it was computed.
    """
    return asks_how(text) and _WHY.match(text) is not None


def asks_how(text: str) -> bool:
    """Tells whether a text asks where figures come from: «Почему?», «как посчитано?», “how computed?”."""
    return _HOW.fullmatch(" ".join(_AROUND.sub("", text).split())) is not None
