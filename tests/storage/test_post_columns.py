"""Posts as columns are the same posts as rows, however they are cut, and in whatever process they arrive."""

import pickle

import pytest

from metrics.posts import Post
from storage.workspace.post_columns import PACKED_AT_ONCE, PostColumns, PostRows
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


@pytest.mark.parametrize("count", [0, 1, PACKED_AT_ONCE, PACKED_AT_ONCE + 1, 3 * PACKED_AT_ONCE + 7])
def test_posts_arrive_in_another_process_as_they_were_sent(count):
    posts = _posts(count)
    arrived = pickle.loads(pickle.dumps(PostRows(posts)))
    assert arrived == posts
    assert all(type(post) is Post for post in arrived)
    assert type(arrived) is PostRows


def test_no_call_of_c_holds_up_other_threads_for_all_of_the_posts():
    """As many pieces as there are portions: between two of them another thread may run."""
    _, (pieces,) = PostRows(_posts(10 * PACKED_AT_ONCE)).__reduce__()
    assert len(pieces) == 10
    assert sum(map(len, pieces)) == pytest.approx(10 * len(pieces[0]), rel=0.2)


def _posts(count):
    return [a_post(str(number), views=number, title="а" if number % 2 else None) for number in range(count)]
