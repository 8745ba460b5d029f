"""What breaks: a person left without an answer, or with one that only a programmer reads."""

import re

import pytest
import structlog

from bot.core.locales import LANGUAGES, translator
from bot.core.workers import WorkerDiedError, WorkerMemoryError, WorkerTimeoutError
from bot.telegram.errors import sentence
from metrics.errors import DomainError
from storage.engine import UnavailableError

ODD = {"status": 400, "description": "Bad Request: something nobody expected"}


@pytest.mark.usefixtures("running")
async def test_a_failure_gives_the_person_the_number_under_which_it_is_logged(box):
    ann = await box.person("Ann", language="en")
    await box.fault("sendMessage", **ODD)
    with structlog.testing.capture_logs() as logs:
        await ann.send("/help")
        answer = await ann.wait_for_answer()
    told = re.search(r"Error number: (\w{4})\b", answer.text)
    logged = next(entry for entry in logs if entry["event"] == "unexpected error")
    assert told[1] == logged["error_id"]
    assert "something nobody expected" in str(logged["exc_info"])


@pytest.mark.usefixtures("running")
async def test_a_failure_behind_a_button_is_told_in_its_alert(box):
    ann = await box.person("Ann", language="en")
    await ann.send("/lang")
    asked = await ann.wait_for_answer()
    await box.fault("editMessageText", **ODD)
    answer = await (await asked.press("English")).answer()
    assert answer.is_alert
    assert "Error number" in answer.text


@pytest.mark.usefixtures("running")
async def test_pressing_what_is_shown_already_is_no_failure(box):
    ann = await box.person("Ann", language="en")
    await ann.send("/lang")
    asked = await ann.wait_for_answer()
    await (await asked.press("English")).answer()
    again = await ann.press(asked, data="lang:en")
    assert (await again.answer()).text is None


@pytest.mark.usefixtures("running")
async def test_a_press_too_old_to_be_answered_still_gets_what_it_asked_for(box):
    ann = await box.person("Ann", language="en")
    await ann.start()
    hello = await ann.wait_for_answer()
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await box.fault("answerCallbackQuery", status=400, description=too_old)
    await hello.press("example")
    assert "/er 30d" in (await ann.wait_for_answer()).text


@pytest.mark.usefixtures("running")
async def test_a_person_who_left_breaks_nothing(box, settled):
    ann, bob = await box.person("Ann"), await box.person("Bob")
    await ann.start()
    await ann.wait_for_answer()
    with structlog.testing.capture_logs() as logs:
        await ann.send("/help")
        await ann.block()
        await bob.start()
        await bob.wait_for_answer()
        await settled()
    assert not [entry for entry in logs if entry["log_level"] == "error"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "error", [WorkerTimeoutError("f"), WorkerMemoryError("f"), UnavailableError("locked")]
)
def test_what_may_pass_is_told_without_a_number(error, language):
    text = sentence(error, translator(language))
    assert text
    assert not re.search(r"[2-9A-Z]{4}\b", text)


@pytest.mark.parametrize("error", [DomainError("no.such_code"), WorkerDiedError("f"), KeyError("x")])
def test_whatever_has_no_sentence_has_a_number(error):
    assert re.search(r"\b[2-9A-Z]{4}\b", sentence(error, translator("en")))


def test_what_a_person_wrote_is_quoted_as_text():
    text = sentence(DomainError("period.unknown", text="<b>&"), translator("en"))
    assert "&lt;b&gt;&amp;" in text
