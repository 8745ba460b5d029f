"""What breaks: somebody copies the cells of a sheet into the chat, and the bot takes it for talk."""

from datetime import UTC, datetime, timedelta

SHEET = "Дата\tПост\tПросмотры\tРеакции\n"


def _rows(count=6):
    days = [datetime.now(UTC) - timedelta(days=8 + number) for number in range(count)]
    return "\n".join(
        "\t".join((f"{day:%d.%m.%Y %H:%M}", f"Пост {number}", str(1_000 + number), str(30 + number)))
        for number, day in enumerate(days)
    )


async def test_cells_of_a_sheet_are_read_like_a_file_and_a_second_time_add_nothing(ann, kept):
    await ann.send(SHEET + _rows())
    told = await ann.wait_for("Новых постов: 6", timeout_s=40)
    assert "Мой канал" in told.text
    query = (
        "SELECT sum(views), sum(reactions) FROM post JOIN channel ON channel.id = channel_id"
        " WHERE workspace_id = ?"
    )
    assert kept.rows(query, kept.workspace(ann.id)) == [(6_015, 195)]
    await ann.send(SHEET + _rows())
    assert await ann.wait_for("уже загружен", timeout_s=40)


async def test_a_question_that_is_open_does_not_swallow_it(ann):
    await ann.send("/money cpm")
    await ann.wait_for_answer()
    await ann.send(SHEET + _rows())
    assert await ann.wait_for("Новых постов: 6", timeout_s=40)
