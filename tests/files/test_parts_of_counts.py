"""Columns that count a part of what another counts whole, in any order; what advertising brought is none of a post's counts."""

from itertools import permutations

import pytest

WHOLES = {
    "reach": ("Охват органический", "Охват рекламный", "Охват общий"),
    "views": ("Просмотры уникальные", "Просмотры с рекламы", "Просмотры"),
    "impressions": ("Impressions (Organic)", "Impressions (Paid)", "Impressions (Total)"),
    "english": ("Organic reach", "Paid reach", "Total reach"),
}
ROWS = [(700 + n, 300 + n, 1000 + 2 * n) for n in range(9)]


def text(titles, order):
    lines = [";".join(["Дата", "Текст", *(titles[place] for place in order), "Лайки"])]
    for n, row in enumerate(ROWS):
        figures = [str(row[place]) for place in order]
        lines.append(";".join([f"{11 + n}.10.2026 9:30", f"text {n}", *figures, str(20 + n)]))
    return "\n".join(lines)


@pytest.mark.parametrize("name", WHOLES)
def test_whole_is_read_wherever_it_stands(read, name):
    for order in permutations(range(3)):
        totals = read(("x.csv", text(WHOLES[name], order))).only.totals
        assert (
            totals[name if name in ("views", "reach") else "views" if name == "impressions" else "reach"]
            == 9072
        ), order


@pytest.mark.parametrize("name", WHOLES)
def test_part_that_stands_alone_is_read_but_for_that_of_advertising(read, name):
    totals = read(("x.csv", text(WHOLES[name], (1, 0)))).only.totals
    assert sorted(totals.values()) == [216, 6336]
