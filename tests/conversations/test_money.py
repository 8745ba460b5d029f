"""What breaks: money counted in one line and number by number, in private and in a group, and numbers nobody can mean."""

import pytest


def plain(message):
    return message.text.replace("\xa0", " ")


async def count(person, *said):
    """The answer to the last of these messages, as it is read."""
    for text in said:
        await person.send(text)
        answer = await person.wait_for_answer()
    return answer


# Worked by hand. What is asked is answered by the numbers of the same place.
WORKED = [
    ("cpa", ["Сколько потратили?", "целевых действий"], ["1000", "100"], "CPA — цена целевого действия: 10"),
    ("cpc", ["Сколько потратили?", "кликов"], ["1 000", "500"], "CPC — цена клика: 2"),
    (
        "roi",
        ["Сколько потратили?", "Сколько заработали"],
        ["1000", "1500"],
        "ROI — окупаемость вложений: 50,0 %",
    ),
    ("ltv", ["приносит в месяц", "месяцев"], ["300", "8"], "LTV — доход с клиента за всё время: 2 400"),
    ("cpl", ["Сколько потратили?", "заявок"], ["5000", "40"], "CPL — цена заявки: 125"),
    ("cpf", ["Сколько потратили?", "пришло и осталось"], ["6000", "120"], "CPF — цена подписчика: 50"),
    ("ctr", ["кликов", "просмотров"], ["500", "10K"], "CTR — кликабельность: 5,0 %"),
    ("ltv_margin", ["ARPU", "маржа", "отток"], ["300", "60", "12,5"], "LTV по марже и оттоку: 1 440"),
]


@pytest.mark.parametrize(("code", "questions", "numbers", "answer"), WORKED, ids=[one[0] for one in WORKED])
async def test_every_number_is_asked_for_by_its_name(ann, kept, code, questions, numbers, answer):
    asked = await count(ann, f"/money {code}")
    for question, number in zip(questions, numbers, strict=True):
        assert question in plain(asked)
        assert asked.labels == ["Отмена"]
        asked = await count(ann, number)
    assert plain(asked).startswith(answer)
    assert not kept.rows("SELECT * FROM question WHERE user_id = ?", ann.id)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("roi расходы 1000 выручка 1500", "50,0 %"),
        ("roi выручка: 1 500, расходы: 1 000", "50,0 %"),
        ("roi заработали 1500 ₽, потратили 1000 ₽", "(1 500 ₽ − 1 000 ₽) / 1 000 ₽"),
        ("roi 1500 выручка и 1000 на рекламу потратили", "50,0 %"),
        ("roi cost 15K revenue 45K", "200 %"),
        ("cpa бюджет 1000 лайки 100", "CPA — цена целевого действия: 10"),
        ("cpc 1000 500", "CPC — цена клика: 2"),
        ("cpc 1000 руб 500", "CPC — цена клика: 2 ₽"),
        ("cpm $3000 6000", "CPM — цена тысячи просмотров: 500 $"),
        ("ltv 300 грн 8", "LTV — доход с клиента за всё время: 2 400 грн"),
        ("cpl 5000 ₸; 40", "CPL — цена заявки: 125 ₸"),
        ("cpf 6000€ 120", "CPF — цена подписчика: 50 €"),
        ("ltv:cac 2400 800", "3 : 1"),
        ("romi затраты 15000 выручка 45000 маржа 60", "80,0 %"),
        ("romi затраты 15000 выручка 45000 маржа 0,6 %", "−98,2 %"),
        ("roi 1000 1000", "0,00 %"),
    ],
)
async def test_one_line_is_enough_where_it_is_clear_which_number_is_which(ann, line, answer):
    assert answer in plain(await count(ann, f"/money {line}"))


@pytest.mark.parametrize(("button", "roi"), [("затраты 1 000", "50,0 %"), ("затраты 1 500", "−33,3 %")])
async def test_two_numbers_of_a_return_are_never_taken_in_an_order_of_its_own(ann, button, roi):
    asked = await count(ann, "/money roi 1000 1500")
    assert "Какое число что значит?" in asked.text
    assert len(asked.labels) == 3
    label = next(label for label in asked.labels if label.replace("\xa0", " ").startswith(button))
    await asked.press(label)
    assert f"окупаемость вложений: {roi}" in plain(await ann.wait_for_answer())


async def test_the_menu_leads_to_questions_that_wait_for_numbers_they_can_read(ann, kept):
    menu = await count(ann, "/money")
    press = await menu.press("LTV : CAC")
    assert "Какой LTV" in (await ann.wait_for_answer()).text
    assert not (await press.answer()).is_alert
    assert "«много» — не число" in (await count(ann, "много")).text
    second = await count(ann, "2 400 ₽")
    assert "Записал: LTV 2 400 ₽" in plain(second)
    assert "Делить не на что" in (await count(ann, "0")).text
    answer = await count(ann, "800")
    assert "2 400 ₽ / 800 ₽" in plain(answer)
    assert "3 : 1" in answer.text
    assert not kept.rows("SELECT * FROM question WHERE user_id = ?", ann.id)
    await answer.press("ещё раз")
    assert "Какой LTV" in (await ann.wait_for_answer()).text


@pytest.mark.parametrize(
    ("line", "wrong", "swapped"),
    [
        ("ctr 600 500", "клики 600, просмотры 500", "83,3 %"),
        ("conversion 600 500", "действия 600, клики 500", "83,3 %"),
        ("churn 600 500", "ушло 600, было в начале 500", "83,3 %"),
        ("retention 600 500", "ушло 600, было в начале 500", "16,7 %"),
    ],
)
async def test_a_share_above_everything_is_asked_about(ann, line, wrong, swapped):
    asked = await count(ann, f"/money {line.replace(' 5', '; 5')}")
    assert wrong in plain(asked)
    assert asked.labels == ["Поменять местами", "Ввести заново", "Отмена"]
    await asked.press("Поменять местами")
    assert swapped in plain(await ann.wait_for_answer())


async def test_a_share_above_everything_can_be_typed_anew(ann):
    asked = await count(ann, "/money ctr", "600", "500")
    await asked.press("Ввести заново")
    assert "Сколько было кликов" in (await ann.wait_for_answer()).text
    assert "5,0 %" in plain(await count(ann, "500", "10000"))


@pytest.mark.parametrize(
    ("answer", "is_button", "romi"),
    [
        ("60 %", True, "80,0 %"),
        ("0,6 %", True, "−98,2 %"),
        ("60", False, "80,0 %"),
        ("0.6%", False, "−98,2 %"),
    ],
)
async def test_a_margin_up_to_one_is_asked_about(ann, answer, is_button, romi):
    asked = await count(ann, "/money romi", "15000", "45000", "0,6")
    assert "Маржа — это 60 % или 0,6 %?" in plain(asked)
    if is_button:
        await asked.press(answer.replace(" ", "\xa0"))
        assert romi in plain(await ann.wait_for_answer())
    else:
        assert romi in plain(await count(ann, answer))


@pytest.mark.parametrize("how", ["Пропустить", "нет"])
async def test_what_has_a_usual_value_may_be_skipped(ann, how):
    asked = await count(ann, "/money romi", "15000", "45000")
    assert asked.labels == ["Пропустить", "Отмена"]
    if how == "нет":
        assert "200 %" in plain(await count(ann, how))
    else:
        await asked.press(how)
        assert "200 %" in plain(await ann.wait_for_answer())


@pytest.mark.parametrize("said", ["отмена", "Отмена", "/cancel"])
async def test_a_word_ends_the_question(ann, kept, said):
    await count(ann, "/money roi", "1000")
    assert "отменил" in (await count(ann, said)).text
    assert not kept.rows("SELECT * FROM question WHERE user_id = ?", ann.id)
    assert "не понял" in (await count(ann, "1500")).text


async def test_a_button_ends_the_question_and_is_closed_after_it(ann, kept):
    asked = await count(ann, "/money roi")
    press = await asked.press("Отмена")
    assert "отменил" in (await press.edited()).text
    assert not kept.rows("SELECT * FROM question WHERE user_id = ?", ann.id)
    doubted = await count(ann, "/money roi 1000 1500")
    await doubted.press("Отмена")
    late = await doubted.press("затраты 1")
    assert "закрыт" in (await late.answer()).text


async def test_any_question_is_cancelled_and_nothing_else(ann, kept):
    assert "Отменять нечего" in (await count(ann, "/cancel")).text
    await count(ann, "/check")
    assert "отменил" in (await count(ann, "отмена")).text
    assert not kept.rows("SELECT * FROM question WHERE user_id = ?", ann.id)


async def test_a_command_is_a_command_while_a_question_waits(ann):
    await count(ann, "/money roi", "1000")
    assert "CPC — цена клика: 2" in plain(await count(ann, "/money cpc 1000 500"))
    assert "окупаемость вложений: 50,0 %" in plain(await count(ann, "1500"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("roy 1 2", "Формулы «roy» не знаю"),
        ("roi много 2", "«много» — не число"),
        ("roi 100 500 200 300", "где кончается одно число"),
        ("cpm 1000 0", "Делить не на что"),
        ("roi расходы 1000 $ выручка 1500 €", "в разных валютах"),
        ("cpc расходы 1000 клики 500 ₽", "это деньги"),
        ("roi расходы 1000 расходы 1500", "Подпишите каждое"),
        ("break-even cpv 150 4 2000", "больше 100 % не бывает"),
    ],
)
async def test_what_cannot_be_counted_is_told_with_the_reason(ann, asked, says):
    assert says in (await count(ann, f"/money {asked}")).text


async def test_in_a_group_the_questions_reach_their_person(box, ann):
    bob = await box.person("Боб", language="ru")
    team = await box.group("Команда", owner=ann, members=[bob])
    await team.add_bot()
    await bob.at(team).send("/money cpc")
    first = await bob.at(team).wait_for("Сколько потратили?")
    assert "/cancel" in first.text
    await bob.at(team).send("1000", reply_to=first)
    second = await bob.at(team).wait_for("Сколько было кликов?")
    await bob.at(team).send("500", reply_to=second)
    await bob.at(team).wait_for("CPC — цена клика: 2")


async def test_in_a_group_nobody_answers_for_another(box, ann):
    bob = await box.person("Боб", language="ru")
    team = await box.group("Команда", owner=ann, members=[bob])
    await team.add_bot()
    await bob.at(team).send("/money roi 1000 1500")
    asked = await bob.at(team).wait_for("Какое число что значит?")
    foreign = await (await ann.at(team).message(asked.id)).press("затраты 1")
    assert "не вам" in (await foreign.answer()).text
    await asked.press("Отмена")


async def test_numbers_without_a_formula_lead_to_those_that_take_so_many(ann):
    """Two numbers: no formula of three is offered, and a press reckons with what was typed."""
    asked = await count(ann, "/money 10000 500")
    assert "Что посчитать по этим числам?" in plain(asked)
    assert "CPC" in asked.labels
    assert "LTV по марже и оттоку" not in asked.labels
    await asked.press("CPC")
    assert "CPC — цена клика: 20" in plain(await ann.wait_for_answer())


async def test_a_name_that_is_no_formula_is_still_told_so(ann):
    assert "Формулы «прибыль» не знаю" in (await count(ann, "/money прибыль 10000 500")).text
