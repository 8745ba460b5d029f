"""Texts nobody quoted, with a delimiter, a line break or a lone quote in them: the figures stay under their titles."""

import pytest

TEXTS = [f"text {n}" for n in range(10)]
BREAKS = {
    "a delimiter": ("beans{0} milk", "новое{0}вкус, 20 %{0} до среды"),
    "a line break": ("beans\nmilk", "one\n\ntwo\nthree"),
    "both": ("beans{0} milk\nand tea", "one\ntwo{0} three"),
    "a quote that opens": ('"Beans in the morning', '"Tea" — new{0} good'),
    "one quote that nobody closes": ('"Beans in the morning', "plain"),
    "quotes of several lines": ('"Beans', 'milk"', '"one{0} two\nthree"'),
}


def table(broken, delimiter, place):
    """Rows of a date, views, likes, and a text at `place`."""
    texts = [*broken, *TEXTS][:10]
    rows = [["Дата", "Просмотры", "Лайки"]]
    rows += [[f"{11 + n}.10.2026 12:00", str(1000 + n), str(20 + n)] for n in range(10)]
    for row, text in zip(rows, ["Текст", texts[8], *texts[2:8], texts[0], texts[9], texts[1]], strict=True):
        row.insert(place, text.format(delimiter))
    return "\n".join(map(delimiter.join, rows))


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize("kind", BREAKS)
def test_figures_stay_under_their_titles(read, kind, delimiter):
    for place in (1, 2):
        upload = read(("x.csv", table(BREAKS[kind], delimiter, place)))
        assert (upload.only.posts, upload.only.totals) == (10, {"views": 10_045, "reactions": 245}), place


def test_note_behind_the_last_column_moves_nothing(read):
    rows = [f"{11 + n}.10.2026;text;{1000 + n};{20 + n}" for n in range(9)]
    rows[4] += ";an ad at @city"
    upload = read(("x.csv", "\n".join(["Дата;Текст;Просмотры;Лайки", *rows])))
    assert upload.only.totals == {"views": 9036, "reactions": 216}


def test_row_that_no_text_explains_is_left_out_and_said(read):
    rows = [f"{11 + n}.10.2026 9:3{n};{1000 + n};{20 + n};{3 + n}" for n in range(9)]
    rows[4] = "15.10.2026 9:34;1 млн;или;1004;24;7"
    upload = read(("x.csv", "\n".join(["Дата;Просмотры;Лайки;Комментарии", *rows])))
    assert (upload.only.totals["views"], upload.skipped) == (9036 - 1004, {"note": 1})


def test_quoted_text_that_lists_figures_stays_a_text(read):
    rows = [f'1{n}.10.2026,"prices:\n100,200,300,400\n12:00,1,2,3",{1000 + n},{20 + n}' for n in range(9)]
    upload = read(("x.csv", "\n".join(["Date,Text,Views,Likes", *rows])))
    assert upload.only.totals == {"views": 9036, "reactions": 216}


def test_cells_without_a_figure_join_no_rows(read):
    rows = [f"{11 + n}.10.2026 9:30;text;{1000 + n};{20 + n}" for n in range(12)]
    rows[3], rows[4], rows[7] = "14.10.2026 9:30;text;н/д;23", "вчера;text;7;9", "итоги недели"
    upload = read(("x.csv", "\n".join(["Дата;Текст;Просмотры;Лайки", *rows])))
    assert (upload.only.posts, upload.only.totals["views"]) == (10, sum(range(1000, 1012)) - 3014)
