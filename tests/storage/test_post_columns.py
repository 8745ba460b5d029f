"""Posts as columns are the same posts as rows, however they are cut."""

import pytest

from metrics.posts import Post
from storage.post_columns import PostColumns
from tests.storage.places import NOW, a_post

ROWS = [a_post(str(number), views=number, title="а" if number == 4 else None) for number in range(5)]


def test_rows_come_back_from_columns():
    posts = PostColumns.of(ROWS)
    assert posts.rows() == ROWS
    assert all(type(row) is Post for row in posts.rows())
    assert PostColumns.of([]).rows() == []


@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_chunks_lose_nothing(size):
    chunks = list(PostColumns.of(ROWS).chunks(size))
    assert max(map(len, chunks)) == min(size, 5)
    assert [row for chunk in chunks for row in chunk.rows()] == ROWS


def test_a_column_that_is_not_there_is_what_nobody_said():
    stated = {"external_id": ["1"], "published_at": [NOW], "observed_at": [NOW], "views": [5]}
    post = PostColumns(stated, 1).rows()[0]
    assert (post.views, post.reactions, post.title, post.steps) == (5, None, None, None)
    assert (post.time_known, post.observed_exact, post.is_ad, post.is_forwarded) == (
        True,
        False,
        False,
        False,
    )


def test_a_column_is_said_as_soon_as_one_row_says_it():
    posts = PostColumns.of(ROWS)
    assert posts.said("views")
    assert posts.said("title")
    assert not posts.said("reactions")
    assert not PostColumns.of([]).said("views")
