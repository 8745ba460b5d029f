"""What breaks: the first minute. Wrong language, dead buttons, chatter in groups."""

import pytest

from storage.workspace import workspaces


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("client", "word"),
    [
        ("ru", "аудитория"),
        ("uk", "аудитория"),
        (None, "аудитория"),
        ("en", "audience"),
        ("pt-br", "audience"),
    ],
)
async def test_the_bot_speaks_the_language_of_the_client(box, client, word):
    ann = await box.person("Ann", language=client)
    await ann.start()
    assert word in (await ann.wait_for_answer()).text


@pytest.mark.usefixtures("running")
async def test_start_offers_next_steps_and_each_answers(box):
    ann = await box.person("Ann", language="en")
    await ann.start()
    hello = await ann.wait_for_answer()
    assert len(hello.buttons) == 4
    for button, word in (("file", "20 MB"), ("example", "/er 30d")):
        press = await hello.press(button)
        assert (await press.answer()).text is None
        assert word in (await ann.wait_for_answer()).text
    await hello.press("channel")
    assert (await ann.wait_for_answer()).keyboard


@pytest.mark.usefixtures("running")
async def test_a_link_that_says_add_begins_with_adding(box):
    ann = await box.person("Ann")
    await ann.start("add")
    assert (await ann.wait_for_answer()).keyboard


@pytest.mark.usefixtures("running")
async def test_the_menu_and_the_profile_are_in_both_languages(box):
    await box.wait_for_calls("setMyDescription", 2)
    menus = {call["params"].get("language_code"): call["params"] for call in await box.calls("setMyCommands")}
    assert set(menus) == {None, "ru"}
    assert menus[None] != menus["ru"]


@pytest.mark.usefixtures("running")
async def test_help_names_every_command_of_the_menu(box):
    ann = await box.person("Ann", language="en")
    await ann.send("/help")
    answer = await ann.wait_for_answer()
    menu = (await box.wait_for_calls("setMyCommands", 2))[0]["params"]["commands"]
    assert all(f"/{entry['command']}" in answer.text for entry in menu)


@pytest.mark.usefixtures("running")
async def test_the_language_is_changed_by_a_button_and_stays(box):
    ann = await box.person("Ann", language="ru")
    await ann.send("/lang")
    press = await (await ann.wait_for_answer()).press("English")
    assert "English" in (await press.edited()).text
    await ann.send("/help")
    assert "What I can do" in (await ann.wait_for_answer()).text


@pytest.mark.usefixtures("running")
async def test_in_a_group_only_an_admin_changes_the_language(box, database):
    ann, bob = await box.person("Ann", language="en"), await box.person("Bob", language="en")
    group = await box.group("Team", owner=ann, members=[bob])
    await ann.at(group).send("/lang")
    asked = await ann.at(group).wait_for("Which language")
    refused = await bob.at(group).press(asked, "Русский")
    answer = await refused.answer()
    assert answer.is_alert
    assert "admins" in answer.text
    async with database.read() as conn:
        assert (await workspaces.find(conn, group.id)).language == "en"
    await ann.at(group).press(asked, "Русский")
    await ann.at(group).wait_for("по-русски")
    async with database.read() as conn:
        assert (await workspaces.find(conn, group.id)).language == "ru"


@pytest.mark.usefixtures("running")
async def test_what_nobody_understands_is_answered_in_private_and_in_groups_only_when_spoken_to(box):
    ann = await box.person("Ann", language="en")
    await ann.send("lunch at noon?")
    assert "/help" in (await ann.wait_for_answer()).text
    group = await box.group("Team", owner=ann)
    here = ann.at(group)
    await here.wait_for_answer()  # the bot says hello to a group that it comes to
    await here.send("lunch?")
    me = (await box.bot())["user"]["username"]
    await here.send(f"@{me} lunch?")
    assert "/help" in (await here.wait_for_answer()).text
    said = [message for message in await here.messages() if message.is_from_bot]
    assert len(said) == 2


@pytest.mark.usefixtures("running")
async def test_a_made_up_button_is_refused_in_a_sentence(box):
    ann = await box.person("Ann", language="en")
    await ann.start()
    press = await ann.press(await ann.wait_for_answer(), data="wipe:confirm:nonsense:1")
    answer = await press.answer()
    assert answer.is_alert
    assert "out of date" in answer.text
