"""What breaks: a person says once which column is which, and is asked again, or is read by what another header meant."""

from storage.files.upload.notes import HeaderMeanings
from storage.workspace import column_choices
from tests.storage.places import NOW


async def test_what_was_said_last_of_a_header_stands(conn, two):
    ours = two[0].workspace_id
    await column_choices.remember(conn, ours, "one", HeaderMeanings({2: "date", 0: "views"}, "day"), NOW)
    await column_choices.remember(conn, ours, "other", HeaderMeanings(date_order="month"), NOW)
    await column_choices.remember(conn, ours, "one", HeaderMeanings({1: "date"}), NOW + 1)
    said = await column_choices.recall(conn, ours)
    assert said["one"] == HeaderMeanings({1: "date"}, None)
    assert said["other"] == HeaderMeanings({}, "month")


async def test_what_is_forgotten_is_asked_again(conn, two):
    ours = two[0].workspace_id
    assert await column_choices.forget(conn, ours, "header")
    assert not await column_choices.forget(conn, ours, "header")
    assert await column_choices.recall(conn, ours) == {}


async def test_the_newest_headers_are_at_hand(conn, two):
    ours = two[0].workspace_id
    for number in range(column_choices.KEPT + 1):
        await column_choices.remember(conn, ours, str(number), HeaderMeanings(), NOW + number)
    said = await column_choices.recall(conn, ours)
    assert len(said) == column_choices.KEPT
    assert "0" not in said
