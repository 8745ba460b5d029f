"""Write `docs/tour.ru.md`, `docs/tour.en.md` and their pictures anew: `make tour`."""

import asyncio
import io
import sys
from pathlib import Path

from PIL import Image

from docs.tour.page import page, picture_name
from docs.tour.prose import PROSE
from docs.tour.stage import staged
from docs.tour.walk import Step, walk

DOCS = Path(__file__).parent.parent
PICTURES = DOCS / "tour" / "pictures"
WIDTH_PX = 780  # a phone of 390 points, at twice its density
COLOURS = 64


def small(png: bytes) -> bytes:
    """The same picture as wide as a phone shows it."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.resize((WIDTH_PX, round(image.height * WIDTH_PX / image.width)), Image.Resampling.LANCZOS)
    told = io.BytesIO()
    image.quantize(COLOURS).save(told, "PNG", optimize=True)
    return told.getvalue()


async def recorded(language: str) -> list[Step]:
    async with staged(language) as stage:
        return await walk(stage)


def write(language: str, steps: list[Step]) -> None:
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob(f"{language}-*.png"):
        old.unlink()
    for step in steps:
        drawn = [answer.picture for answer in step.answers if answer.picture is not None]
        for number, png in enumerate(drawn):
            (PICTURES / picture_name(language, step, number)).write_bytes(small(png))
    (DOCS / f"tour.{language}.md").write_text(page(language, PROSE[language], steps), "utf-8")


def main() -> int:
    for language in PROSE:
        write(language, asyncio.run(recorded(language)))
        sys.stdout.write(f"{DOCS / f'tour.{language}.md'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
