"""Numbers that people write in words before a unit: «две недели», «пару дней», “a couple of weeks” are 2."""

import re

_SPELT = {
    1: "один одна одну одного одной one", 2: "два две двух двое пара пару пары couple two", 3: "три трех трое three",
    4: "четыре четырех четверо four", 5: "пять пяти пятеро five", 6: "шесть шести six", 7: "семь семи seven",
    8: "восемь восьми eight", 9: "девять девяти nine", 10: "десять десяти десяток ten", 11: "одиннадцать одиннадцати eleven",
    12: "двенадцать двенадцати twelve", 13: "тринадцать thirteen", 14: "четырнадцать fourteen", 15: "пятнадцать fifteen",
    20: "двадцать twenty", 30: "тридцать thirty", 60: "шестьдесят sixty", 90: "девяносто ninety",
    100: "сто hundred",
}  # fmt: skip
_NUMBERS = {word: number for number, words in _SPELT.items() for word in words.split()}
_WORD = re.compile(rf"\b(?:a\s+)?({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:\s+of)?\s+(?=\w)")


def with_digits(text: str) -> str:
    """Returns lower-case words with digits for the numbers that stand before another word."""
    return _WORD.sub(lambda found: f"{_NUMBERS[found[1]]} ", text)
