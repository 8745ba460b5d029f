"""What breaks: money counted in one line and by questions, in private and in a group, and numbers nobody can read."""

import pytest


async def test_one_line_is_enough(ann):
    await ann.send("/money roi 15000 45000")
    answer = await ann.wait_for_answer()
    assert "200 %" in answer.text.replace("\xa0", " ")
    assert "(45 000 − 15 000) / 15 000" in answer.text.replace("\xa0", " ")


async def test_the_menu_leads_to_a_question_that_waits_for_numbers_it_can_read(ann, kept):
    await ann.send("/money")
    menu = await ann.wait_for_answer()
    press = await menu.press("LTV : CAC")
    question = await ann.wait_for_answer()
    assert "LTV, CAC" in question.text
    assert not (await press.answer()).is_alert
    await ann.send("2400")
    assert "Чисел нужно 2, а пришло 1" in (await ann.wait_for_answer()).text
    await ann.send("2 400; 800")
    answer = await ann.wait_for_answer()
    assert "3 : 1" in answer.text
    assert not kept.rows("SELECT * FROM question WHERE user_id = ?", ann.id)
    await answer.press("ещё раз")
    assert "Например" in (await ann.wait_for_answer()).text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("roy 1 2", "Формулы «roy» не знаю"),
        ("roi много 2", "«много» — не число"),
        ("roi 100 500 200 300", "где кончается одно число"),
        ("cpm 1000 0", "Делить не на что"),
        ("retention 300 200", "больше, чем было всего"),
    ],
)
async def test_what_cannot_be_counted_is_told_with_the_reason(ann, asked, says):
    await ann.send(f"/money {asked}")
    assert says in (await ann.wait_for_answer()).text


async def test_in_a_group_the_question_reaches_its_person(box, ann):
    bob = await box.person("Боб", language="ru")
    team = await box.group("Команда", owner=ann, members=[bob])
    await team.add_bot()
    await bob.at(team).send("/money cpc")
    question = await bob.at(team).wait_for("Пришлите числа")
    await bob.at(team).send("1000 500", reply_to=question)
    await bob.at(team).wait_for("CPC — цена клика: 2")
