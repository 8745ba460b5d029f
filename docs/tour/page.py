"""The steps of a walk as a page: what the person did, what the bot answered, its picture, and how much work that was."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from docs.tour.lines import LINES, SECTIONS, Line
from docs.tour.newcomer import PATH
from docs.tour.prose import PROSE
from docs.tour.steps import Act, Answer, Step, in_language, parted

PICTURES = "tour/pictures"
SHOWN_ANSWERS = 3  # of a step; of more the first


def page(language: str, steps: Sequence[Step]) -> str:
    """Markdown: the newcomer's path with its counts, the table of lines, and a part for each line."""
    return "\n\n".join(_Page(language).parts(steps)) + "\n"


def picture_names(language: str, steps: Sequence[Step]) -> dict[int, str]:
    """The file of each picture that is shown, by the identity of its answer: one that says the same is shown once."""
    names: dict[int, str] = {}
    for step in steps:
        if step.place == "group" and _private_of(step, steps):
            continue
        drawn = [answer for answer in step.answers if answer.picture is not None]
        for number, answer in enumerate(drawn[:2]):
            names[id(answer)] = f"{language}-{step.code}{f'-{number}' if number else ''}.png"
    return names


def _private_of(step: Step, steps: Sequence[Step]) -> list[Step]:
    return [one for one in steps if one.code == step.code and one.place == "private"]


class _Page:
    def __init__(self, language: str) -> None:
        self.language = language

    def said(self, code: str) -> str:
        return in_language(PROSE[code], self.language)

    def parts(self, steps: Sequence[Step]) -> Iterator[str]:
        self.names = picture_names(self.language, steps)
        yield f"# {self.said('title')}"
        yield self.said("intro")
        yield self.said("counts")
        yield self._counts()
        yield self.said("lines")
        yield self._table(steps)
        yield f"## {self.said('newcomer')}"
        for task in PATH:
            yield f"### {self._heading(self.said(f'task.{task.code}'))}"
            for step in steps:
                if step.code == task.code:
                    yield from self._step(step)
        yield f"### {self.said('group')}"
        for step in steps:
            if step.code == "group":
                yield from self._step(step)
        for section, title in SECTIONS.items():
            yield f"## {in_language(title, self.language)}"
            for line in LINES:
                if line.section == section:
                    yield from self._line(line, steps)

    def _heading(self, words: str) -> str:
        return words[0].upper() + words[1:]

    def _counts(self) -> str:
        """A row for each thing that a newcomer comes for."""
        rows = [self.said("counts.head"), "|---|---|---|"]
        rows += [f"| {self.said(f'task.{task.code}')} | {task.taps} | {task.messages} |" for task in PATH]
        return "\n".join(rows)

    def _table(self, steps: Sequence[Step]) -> str:
        rows = [self.said("lines.head"), "|---|---|---|"]
        for line in LINES:
            walked = {step.place for step in steps if step.code == line.code}
            marks = ["✓" if place in walked else "—" for place in ("private", "group")]
            rows.append(f"| {in_language(line.promise, self.language)} | {marks[0]} | {marks[1]} |")
        return "\n".join(rows)

    def _line(self, line: Line, steps: Sequence[Step]) -> Iterator[str]:
        yield f"### {in_language(line.promise, self.language)}"
        private = [step for step in steps if step.code == line.code and step.place == "private"]
        group = [step for step in steps if step.code == line.code and step.place == "group"]
        for step in private:
            yield from self._step(step)
        if not private:
            for step in group:
                yield from self._step(step)
        elif group and _said_by(group) == _said_by(private):
            yield self.said("same")
        elif group:
            inside = "\n\n".join(part for step in group for part in self._step(step, with_pictures=False))
            yield f"<details><summary>{self.said('in_group')}</summary>\n\n{inside}\n\n</details>"

    def _step(self, step: Step, *, with_pictures: bool = True) -> Iterator[str]:
        if step.acts:
            told = "; ".join(self._act(act) for act in step.acts)
            yield f"**{step.acts[0].who or self.said('you')}** {told}."
        shown = [self._shown(answer, step, with_pictures=with_pictures) for answer in step.answers]
        if len(shown) <= SHOWN_ANSWERS:
            yield from shown
            return
        yield shown[0]
        rest = "\n\n".join(shown[1:])
        yield f"<details><summary>{self.said('more')}: {len(shown) - 1}</summary>\n\n{rest}\n\n</details>"

    def _shown(self, answer: Answer, step: Step, *, with_pictures: bool) -> str:
        parts = list(self._answer(answer))
        if with_pictures and (name := self.names.get(id(answer))):
            parts.insert(0, f"![{step.code}]({PICTURES}/{name})")
        return "\n\n".join(parts)

    def _act(self, act: Act) -> str:
        return f"{self.said(f'act.{act.kind}')} `{act.words}`"

    def _answer(self, answer: Answer) -> Iterator[str]:
        shown, fold = parted(answer)
        if answer.document:
            yield f"**{self.said('file')}:** `{answer.document}`"
        who = self.said("notice" if answer.notice else "bot")
        yield f"> **{who}**\n{_quoted(shown)}"
        if fold:
            yield f"<details><summary>{self.said('details')}</summary>\n\n{_quoted(fold)}\n\n</details>"
        if answer.labels:
            labels = " ".join(f"`[{label}]`" for label in answer.labels)
            yield f"{self.said('buttons')}: {labels}"


def _said_by(steps: Sequence[Step]) -> list[str]:
    return [answer.text for step in steps for answer in step.answers]


def _quoted(text: str) -> str:
    """Two blanks at a line's end keep the lines apart."""
    return "\n".join(f"> {_plain(line)}  " if line else ">" for line in text.split("\n"))


def _plain(line: str) -> str:
    """Nothing in it is Markdown."""
    return re.sub(r"([*_`#|~])", r"\\\1", escape(line, quote=False))
