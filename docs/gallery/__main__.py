"""Write the gallery: a PNG a picture, case and language, and a page that shows them as wide as a phone."""

import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

from bot.core.locales import LANGUAGES
from docs.gallery.cases import cases
from docs.gallery.pictures import PICTURES

FOLDER = Path("gallery")
PHONE_PX = 390
NOTHING = "<p>nothing to draw: words alone</p>"


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    sections = []
    for name, case in cases().items():
        for picture, draw in PICTURES.items():
            for language in LANGUAGES:
                png = draw(case, language)
                file = f"{picture}.{name}.{language}.png"
                if png is not None:
                    (folder / file).write_bytes(png)
                sections.append((picture, f"{name}, {language}", file if png else None))
    (folder / "index.html").write_text(page(sections), "utf-8")
    sys.stdout.write(f"{folder / 'index.html'}\n")
    return 0


def page(shown: Iterable[tuple[str, str, str | None]]) -> str:
    """Returns HTML of (picture, caption, file).

    A picture's cases stand together, in the order of PICTURES.
    """
    rows = list(shown)
    parts = [f"<title>Otklik: every picture</title><style>img{{width:{PHONE_PX}px;border:1px solid #ccc}}figure{{display:inline-block;margin:8px;vertical-align:top;width:{PHONE_PX}px}}</style>"]  # fmt: skip
    for picture in PICTURES:
        parts.append(f"<h2>{escape(picture)}</h2>")
        for of, caption, file in rows:
            if of == picture:
                image = f'<img src="{escape(file)}" loading="lazy">' if file else NOTHING
                parts.append(f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>")
    return '<!doctype html><meta charset="utf-8">' + "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
