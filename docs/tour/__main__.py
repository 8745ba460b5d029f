"""Write `docs/tour.ru.md`, `docs/tour.en.md` and their pictures anew: `make tour`.

Nothing is written when an answer was not what it must be: what was wrong is said instead.
"""

import asyncio
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from bot.core.logs import set_up_logs
from docs.tour import answers, days, many, screens, understanding
from docs.tour.gathering import gathering
from docs.tour.newcomer import newcomer
from docs.tour.page import page, picture_names
from docs.tour.stage import staged
from docs.tour.steps import Step
from docs.tour.walk import Part, Walk, take_all

DOCS = Path(__file__).parent.parent
LANGUAGES = ("ru", "en")
WIDTH_PX = 780  # a phone of 390 points, at twice its density
COLOURS = 64
PARTS: Sequence[Part] = (
    newcomer, gathering, *understanding.PARTS, *answers.PARTS, *screens.PARTS, *days.PARTS, *many.PARTS,
)  # fmt: skip


def small(png: bytes) -> bytes:
    """The same picture as wide as a phone shows it."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.resize((WIDTH_PX, round(image.height * WIDTH_PX / image.width)), Image.Resampling.LANCZOS)
    told = io.BytesIO()
    image.quantize(COLOURS).save(told, "PNG", optimize=True)
    return told.getvalue()


async def walked(language: str) -> Walk:
    """The whole walk; `wrong` says what was not as it must be."""
    async with staged(language) as stage:
        walk = Walk(stage, stage.person, bot_name=str((await stage.services.bot.me()).username))
        await take_all(walk, PARTS)
        return walk


async def _side_by_side(languages: Sequence[str]) -> list[Walk]:
    """A person reads and waits more than the machine computes: the languages are walked together."""
    return await asyncio.gather(*map(walked, languages))


def write(language: str, steps: Sequence[Step], docs: Path = DOCS) -> None:
    pictures = docs / "tour" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob(f"{language}-*.png"):
        old.unlink()
    names = picture_names(language, steps)
    for answer in (answer for step in steps for answer in step.answers):
        if (name := names.get(id(answer))) and answer.picture is not None:
            (pictures / name).write_bytes(small(answer.picture))
    (docs / f"tour.{language}.md").write_text(page(language, steps), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """`arguments`: languages, all of them by default."""
    set_up_logs("ERROR", as_json=False)
    wrong: list[str] = []
    for walk in asyncio.run(_side_by_side(arguments or LANGUAGES)):
        language = walk.language
        wrong += walk.wrong
        if not walk.wrong:
            write(language, walk.steps)
            sys.stdout.write(f"{DOCS / f'tour.{language}.md'}\n")
    for one in wrong:
        sys.stderr.write(f"{one}\n\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
