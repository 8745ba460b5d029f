"""The steps of a walk as a page: what the person did, what the bot answered, its picture, and how much work that was."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from docs.tour.walk import TASKS, Answer, Step

FOLD = "expandable_blockquote"
PICTURES = "tour/pictures"
_DOER = {"ru": "Вы", "en": "You"}
_BOT = {"ru": "Отклик", "en": "Otklik"}
_MORE = {"ru": "Подробности", "en": "Details"}
_BUTTONS = {"ru": "Кнопки", "en": "Buttons"}
_FILE = {"ru": "Файл", "en": "File"}
_ACTS = {
    "ru": {"send": "пишете", "press": "нажимаете", "pick": "выбираете"},
    "en": {"send": "type", "press": "press", "pick": "choose"},
}


def page(language: str, prose: Mapping[str, str], steps: Sequence[Step]) -> str:
    """Markdown. `prose`: title, intro, counts, and a heading with a sentence for each step."""
    parts = [f"# {prose['title']}", prose["intro"], prose["counts"], _counts(prose, steps)]
    for step in steps:
        heading, _, sentence = prose[step.code].partition("\n")
        parts += [f"## {heading}", sentence.strip(), *_step(step, language)]
    return "\n\n".join(part for part in parts if part) + "\n"


def picture_name(language: str, step: Step, number: int) -> str:
    return f"{language}-{step.code}{f'-{number}' if number else ''}.png"


def _counts(prose: Mapping[str, str], steps: Sequence[Step]) -> str:
    """A row for each thing that a newcomer comes for."""
    rows = [prose["counts.head"], "|---|---|---|"]
    for task in TASKS:
        mine = [step for step in steps if step.task == task]
        taps = sum(step.count("press") + step.count("pick") for step in mine)
        typed = sum(step.count("send") for step in mine)
        rows.append(f"| {prose[f'task.{task}']} | {taps} | {typed} |")
    return "\n".join(rows)


def _step(step: Step, language: str) -> Iterator[str]:
    acts = _ACTS[language]
    told = "; ".join(f"{acts[kind]} `{words}`" for kind, words in step.acts)
    if told:
        yield f"**{_DOER[language]}** {told}."
    number = 0
    for answer in step.answers:
        if answer.picture is not None:
            yield f"![{step.code}]({PICTURES}/{picture_name(language, step, number)})"
            number += 1
        yield from _answer(answer, language)


def _answer(answer: Answer, language: str) -> Iterator[str]:
    shown, fold = parted(answer)
    if answer.document:
        yield f"**{_FILE[language]}:** `{answer.document}`"
    yield f"> **{_BOT[language]}**\n{_quoted(shown)}"
    if fold:
        yield f"<details><summary>{_MORE[language]}</summary>\n\n{_quoted(fold)}\n\n</details>"
    if answer.labels:
        yield f"{_BUTTONS[language]}: {' '.join(f'`[{label}]`' for label in answer.labels)}"


def parted(answer: Answer) -> tuple[str, str]:
    """What a phone shows at once, and what only a touch opens. Entities count UTF-16 units."""
    wide = answer.text.encode("utf-16-le")
    for entity in answer.entities:
        if entity["type"] == FOLD:
            start, length = int(str(entity["offset"])) * 2, int(str(entity["length"])) * 2
            fold = wide[start : start + length].decode("utf-16-le")
            return (wide[:start] + wide[start + length :]).decode("utf-16-le").strip("\n"), fold
    return answer.text, ""


def _quoted(text: str) -> str:
    """Two blanks at a line's end keep the lines apart."""
    return "\n".join(f"> {_plain(line)}  " if line else ">" for line in text.split("\n"))


def _plain(line: str) -> str:
    """Nothing in it is Markdown."""
    return re.sub(r"([*_`#|~])", r"\\\1", escape(line, quote=False))
