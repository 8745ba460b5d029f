"""What breaks: somebody who never saw the bot needs more taps on the demo page than the tour says, or finds no way."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from docs.tour.answers import BENCHMARK, CONTENT, ENGAGEMENT, EXPORT, TIMING
from docs.tour.newcomer import PATH
from docs.tour.steps import in_language
from docs.tour.understanding import COMMANDS, NOT_UNDERSTOOD, PARTS_OF_NAMES, PERIODS

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs"
# But for what the demo has no data of (joins by link) and for days: the tour's are fixed, the demo's are today's.
IN_GROUP = [
    ask
    for line in (
        COMMANDS,
        PERIODS,
        PARTS_OF_NAMES,
        ENGAGEMENT,
        TIMING,
        CONTENT,
        BENCHMARK,
        EXPORT,
        NOT_UNDERSTOOD,
    )
    for ask in line.asks
    if not re.search("Пришли|окт|нояб", str(ask.expected))
]
NAMES_A_CHANNEL = re.compile("кухн|kitchen")
WHO = {"ru": "Борис", "en": "Kate"}
ANSWERED_MS = 60_000


class Phone:
    """The page as one person has it in hand; what they tap and type is counted."""

    def __init__(self, page, language, url):
        self.page, self.language, self.url = page, language, url.rstrip("/")
        self.taps = self.messages = 0

    def open(self, group=None):
        """Become the person: no part of the path, on a phone one is oneself. Without `group`: the bot's chat."""
        self.page.locator("#back").click()
        [person] = self.page.locator("#person").select_option(label=WHO[self.language])
        chats = self.page.locator("#chats button.chat")
        own = self.page.locator(f'#chats button.chat[data-chat-id="{person}"]')
        expect(own).to_be_visible()  # the list is this person's by now
        (chats.filter(has_text=group) if group else own).click()

    def words(self, words):
        return in_language(words, self.language)

    def make(self, move):
        before = self._newest()
        getattr(self, f"_{move.kind}")(self.words(move.words))
        if move.expected is not None:
            self.sees(move.expected, after=0 if move.is_edit else before)

    def say(self, words):
        before = self._newest()
        self._send(self.words(words))
        return before

    def sees(self, expected, *, after):
        """A message that came after the one named has what must be in it."""
        theirs = f"number(@data-message-id) > {after} and not(contains(@class, 'mine'))"
        found = self.page.locator(f"xpath=//article[{theirs}]")
        for words in expected.says:
            found = found.filter(has_text=re.compile(re.escape(self.words(words)).replace(r"\ ", r"\s")))
        for words in expected.button:
            found = found.filter(has=self.page.locator("button", has_text=self.words(words)))
        if expected.picture:
            found = found.filter(has=self.page.locator("img"))
        if expected.document:
            found = found.filter(has=self.page.locator("a.document"))
        expect(found.last).to_be_visible(timeout=ANSWERED_MS)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, "the page is wider than the phone"

    def _newest(self):
        ids = self.page.locator("[data-message-id]").evaluate_all(
            "all => all.map(one => Number(one.dataset.messageId))"
        )
        return max(ids, default=0)

    def _start(self, _label):
        self.page.locator("#start").click()
        self.taps += 1

    def _press(self, label):
        self.page.locator("#messages button", has_text=label).last.click()
        self.taps += 1

    def _open(self, label):
        self.page.locator("#keyboard button", has_text=label).click()
        self.taps += 1

    def _pick(self, title):
        self.page.locator("#menu-items button", has_text=title).click()
        self.taps += 1

    def _send(self, text):
        self.page.locator("#text").fill(text)
        self.page.locator("#send").click()
        self.messages += 1


@pytest.fixture(params=["ru", "en"])
def phone(request, page, demo_url):
    return Phone(page, request.param, demo_url)


def test_a_newcomer_goes_the_whole_way_in_as_many_taps_as_the_tour_counts(phone):
    phone.open()
    counted = []
    for task in PATH:
        taps, messages = phone.taps, phone.messages
        for move in task.moves:
            phone.make(move)
        counted.append((phone.taps - taps, phone.messages - messages))
    told = (DOCS / f"tour.{phone.language}.md").read_text("utf-8")
    rows = re.findall(r"^\| .+ \| (\d+) \| (\d+) \|$", told, re.MULTILINE)
    assert counted == [(int(taps), int(typed)) for taps, typed in rows]
    for ask in (*COMMANDS.asks, *NOT_UNDERSTOOD.asks):  # the newcomer's chat has no such channel
        if not NAMES_A_CHANNEL.search(phone.words(ask.words)):
            phone.sees(ask.expected, after=phone.say(ask.words))


@pytest.mark.parametrize("phone", ["ru"], indirect=True)
def test_a_member_asks_in_the_group_as_the_table_says(phone):
    phone.open("Команда")
    bot = phone.page.request.get(f"{phone.url}/sandbox/bot").json()["user"]["username"]
    for ask in IN_GROUP:
        words = phone.words(ask.group or ask.words).replace("BOT", bot)
        phone.sees(ask.expected, after=phone.say(words if words.startswith("/") else f"@{bot} {words}"))
