"""Posts in tables whose titles a network's export by day has, too: addresses and texts make them posts."""

import csv
import io
from datetime import datetime, timedelta

import pytest

AT = [datetime(2026, 10, 27, 9, 30) + timedelta(days=2 * n, hours=n % 5) for n in range(9)]
# Titles of a network's own days, then those of posts: what is counted comes last.
TABLES = {
    "linkedin": (["Date", "Impressions (Total)", "Impressions (Organic)", "Likes"], "https://www.facebook.com/1/posts/{}", "facebook"),
    "tiktok": (["Date", "Video views", "Profile views", "Likes"], "https://vk.com/video-12_{}", "vk"),
    "x": (["Date", "Impressions", "Unfollows", "Likes"], "https://www.instagram.com/p/C{}a/", "instagram"),
    "youtube": (["Date", "Views", "Watch time (hours)", "Likes"], "https://vk.com/video-12_{}", "vk"),
}  # fmt: skip


def text(titles, rows):
    written = io.StringIO()
    csv.writer(written).writerows([titles, *rows])
    return written.getvalue()


@pytest.mark.parametrize("network", TABLES)
def test_addresses_and_texts_make_posts_of_what_else_would_be_days(read, network):
    titles, link, platform = TABLES[network]
    rows = [
        [f"{at:%Y-%m-%d %H:%M}", 1000 + n, 900 - n, 20 + n, f"text {n}", link.format(500 + n)]
        for n, at in enumerate(AT)
    ]
    upload = read(("posts.csv", text([*titles, "Text", "Link"], rows)))
    assert (upload.only.channel.platform, upload.only.posts) == (platform, len(rows))
    assert upload.only.totals["views"] == sum(row[1] for row in rows)
    assert upload.only.totals["reactions"] == sum(row[3] for row in rows)


@pytest.mark.parametrize("network", TABLES)
def test_the_same_titles_without_posts_are_days_of_the_network(read, network):
    rows = [[f"{AT[0] + timedelta(days=n):%Y-%m-%d}", 1000 + n, 900 - n, 20 + n] for n in range(9)]
    upload = read(("days.csv", text(TABLES[network][0], rows)))
    assert (upload.format, upload.only.posts) == (f"{network}_daily", 0)
