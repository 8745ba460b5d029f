"""Figures of several networks side by side in one row of titles, each title with its network: a post of each network apart."""

import pytest

POSTS = [
    (f"{day:02}.11.2026", f"О чём пост номер {day}", 900 + day, 700 + day, 30 + day, 20 + day)
    for day in range(1, 9)
]


def table(titles, rows):
    return "\n".join(";".join(map(str, row)) for row in [titles, *rows])


@pytest.mark.parametrize(
    "titles",
    [
        ("Просмотры TG", "Просмотры VK", "Лайки TG", "Лайки VK"),
        ("ТГ просмотры", "ВК просмотры", "ТГ лайки", "ВК лайки"),
        ("Просмотры (Telegram)", "Просмотры (ВКонтакте)", "Реакции (Telegram)", "Лайки (ВКонтакте)"),
        ("tg_views", "vk_views", "tg_likes", "vk_likes"),
        ("Telegram: views", "VK: views", "Telegram: reactions", "VK: likes"),
    ],
)  # fmt: skip
def test_each_network_has_its_own_figures_and_none_is_lost(read, titles):
    result = read(("posts.csv", table(("Дата", "Пост", *titles), POSTS)))
    totals = {
        channel.channel.platform: {
            field: sum(getattr(post, field) for post in result.sink.posts(channel.channel.key))
            for field in ("views", "reactions")
        }
        for channel in result.understood.channels
    }
    assert totals == {
        "telegram": {"views": sum(post[2] for post in POSTS), "reactions": sum(post[4] for post in POSTS)},
        "vk": {"views": sum(post[3] for post in POSTS), "reactions": sum(post[5] for post in POSTS)},
    }


def test_a_post_without_a_figure_under_a_network_was_not_published_there_and_zeros_are_figures(read):
    rows = [(*post[:3], "", post[4], "") for post in POSTS[:3]] + [
        (*post[:3], 0, post[4], 0) for post in POSTS[3:]
    ]
    result = read(
        ("posts.csv", table(("Дата", "Пост", "Просмотры TG", "Просмотры VK", "Лайки TG", "Лайки VK"), rows))
    )
    counts = {
        one.channel.platform: len(result.sink.posts(one.channel.key)) for one in result.understood.channels
    }
    assert counts == {"telegram": 8, "vk": 5}


def test_one_network_in_the_titles_is_no_reason_to_split(read):
    titles = ("Дата", "Пост", "Просмотры TG", "Охват", "Лайки TG", "Комментарии")
    assert len(read(("posts.csv", table(titles, POSTS))).posts) == len(POSTS)


def test_clicks_to_networks_are_no_posts_there(read):
    titles = ("Дата", "Пост", "Просмотры", "Реакции", "Переходы VK", "Переходы YouTube")
    result = read(("posts.csv", table(titles, POSTS)))
    assert (len(result.posts), sum(post.views for post in result.posts)) == (
        8,
        sum(post[2] for post in POSTS),
    )


def test_figures_of_all_networks_together_are_counted_for_none(read):
    titles = ("Дата", "Пост", "Просмотры TG", "Просмотры VK", "Лайки")
    result = read(("posts.csv", table(titles, [post[:5] for post in POSTS])))
    posts = [post for one in result.understood.channels for post in result.sink.posts(one.channel.key)]
    assert (sum(post.views for post in posts), {post.reactions for post in posts}) == (
        sum(post[2] + post[3] for post in POSTS),
        {None},
    )
