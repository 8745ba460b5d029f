"""What breaks: a picture of the bot that is missing from the gallery, a page that shows one nobody drew."""

import re

from docs.gallery.__main__ import page
from docs.gallery.cases import cases
from docs.gallery.pictures import PICTURES


def test_every_module_that_draws_a_chart_has_its_pictures(root):
    draws = {
        path.stem
        for path in (root / "bot/core/charts").glob("*.py")
        if "\ndef draw(" in path.read_text("utf-8")
    }
    assert draws == {"engagement", "grid", "growth", "followers", "heat", "ranges"}
    shown = {name.partition("-")[0] for name in PICTURES}
    assert shown == {"er", "post", "summary", "growth", "when", "content", "alert", "check"}


def test_a_usual_channel_has_every_picture_and_the_page_shows_them():
    case = cases()["usual"]
    drawn = {
        name: draw(case, "ru") for name, draw in PICTURES.items() if "365" not in name and "12" not in name
    }
    assert [name for name, png in drawn.items() if not png] == []
    shown = [(name, "usual, ru", f"{name}.png") for name in drawn] + [("alert", "little, ru", None)]
    assert re.findall(r'src="([^"]+)"', page(shown)) == [f"{name}.png" for name in PICTURES if name in drawn]
    assert "words alone" in page(shown)
