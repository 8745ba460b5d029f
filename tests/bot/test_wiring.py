"""What breaks: a handler that names what nobody gives it, or a route that changes what is kept without asking for rights."""

import inspect
from datetime import UTC, datetime
from typing import get_type_hints

import pytest
from aiogram.filters import CommandObject
from aiogram.types import Chat, Message, TelegramObject

from bot.app import make_dispatcher
from bot.core.clock import SystemClock
from bot.features.chat.privacy import same_person
from bot.notifications.services import make_services
from bot.opening import make_bot
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.routing import Parts
from bot.wiring import make_routers
from tests.bot.routes import route_name

GIVEN_BY_FILTERS = {
    "callback_data",
    "period",
    "command",
    "payload",
    "channel",
    "upload",
    "sent",
    "album",
    "number",
    "last",  # by the middleware that understands words
}
# Whoever is in the chat may: read what it may see, ask, answer what they were asked themselves, speak with the bot.
OPEN_TO_MEMBERS = {
    "cancel.cancel",
    "cancel.cancel_by_button",
    "cancel.be_polite",
    "start.start_by_adding",
    "start.start",
    "start.take_next_step",
    "help.show_help",
    "privacy.show_privacy",
    "privacy.keep",
    "language.ask_language",
    "channels.take_shared",
    "channels.list_channels",
    "channels.turn_page",
    "care.show_care",
    "history.begin_history",  # in private alone
    "uploads.explain_files",
    "uploads.keep_columns",
    "engagement.show_engagement",
    "engagement.switch_period",
    "engagement.show_both_of_one",
    "engagement.open_engagement",
    "benchmark.answer",
    "benchmark.press",
    "when.answer",
    "when.press",
    "content.answer",
    "content.press",
    "growth.answer",
    "growth.press",
    "causes.explain",
    "causes.explain_by_button",
    "goals.show",
    "notes.show",
    "inline.draw",
    "top.show_top",
    "top.switch_period",
    "posts.show_named",
    "posts.show_pressed",
    "posts.explain_card",
    "explain.explain_answer",
    "compare.compare",
    "compare.compare_all",
    "compare.switch",
    "compare.select",
    "placements.show_ledger",
    "placements.show_ledger_by_button",
    "placements.send_table",
    "placements.show_card",
    "check.check",
    "check.check_named",
    "check.check_forwarded",
    "check.ask_topic",
    "check.look_again",
    "pricing.ask_price",
    "pricing.take_price",
    "export.export",
    "export.export_chosen",
    "subscribers.skip",
    "subscribers.take_answer",
    "keys.show_keys",  # takes one in private alone
    "money.count_money",
    "money.show_menu",
    "money.ask_for_numbers",
    "money.take_press",
    "money.take_numbers",
    "summaries.show_period",
    "summaries.show_now",
    "summaries.show_alerts_now",
    "preferences.show",
    "preferences.see",
    "preferences.pick",
    "alerts.explain",
    "last.hint",
    "last.refuse_old_button",
}


@pytest.fixture
async def routers(settings, workers, database):
    services = make_services(settings, make_bot(settings.telegram), database, SystemClock(), workers)
    dispatcher = make_dispatcher(services, make_routers(services))
    yield list(dispatcher.chain_tail)[1:]
    await services.bot.session.close()


def routes(routers, *events):
    """(name, observer, handler) of every route of these events."""
    for router in routers:
        for event in events or router.observers:
            observer = router.observers[event]
            for handler in observer.handlers:
                yield route_name(handler.callback), observer, handler


def test_every_handler_is_given_what_it_names_and_of_that_type(routers):
    seen = 0
    for name, observer, handler in routes(routers):
        [parts] = [one.parts for one in observer.outer_middleware if isinstance(one, Parts)]
        hints = get_type_hints(handler.callback)
        event, *named = inspect.signature(handler.callback).parameters
        assert issubclass(hints[event], TelegramObject), name
        for one in named:
            seen += 1
            if one == "chat":
                assert hints[one] is Conversation, name
            elif one == "command":
                assert hints[one] is CommandObject, name
            elif one not in GIVEN_BY_FILTERS:
                assert isinstance(parts[one], hints[one]), (name, one)
    assert seen > 100


def test_no_filter_fails_at_a_message_that_has_nothing_of_what_it_looks_at(routers):
    """What it catches: a function of the text asked about a sticker's, which is none. No later feature is asked then."""
    bare = Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"))
    failing = []
    for name, _, handler in routes(routers, "message"):
        for one in filter(None, [each.magic for each in handler.filters]):
            try:
                if not one.resolve(bare):
                    break
            except (AttributeError, TypeError):
                failing.append(name)
                break
    assert failing == []


def test_every_route_that_may_change_what_is_kept_asks_for_rights_in_its_decorator(routers):
    asked, open_ones = set(), set()
    for name, _, handler in routes(routers, "message", "callback_query"):
        has_rights = any(one.callback is admin_only for one in handler.filters)
        (asked if has_rights else open_ones).add(name)
    assert open_ones == OPEN_TO_MEMBERS
    assert asked.isdisjoint(OPEN_TO_MEMBERS)


def test_only_who_asked_to_delete_everything_confirms_it(routers):
    by_name = {name: handler for name, _, handler in routes(routers, "callback_query")}
    for name in ("privacy.delete_everything", "privacy.keep"):
        assert same_person in [one.callback for one in by_name[name].filters]


def test_an_answer_to_a_question_goes_by_its_kind(routers):
    """Two routes for one kind: the second would never be asked."""
    kinds = [
        one.callback._kind
        for _, _, handler in routes(routers, "message")
        for one in handler.filters
        if isinstance(one.callback, AnswerTo)
    ]
    assert len(kinds) == len(set(kinds)) > 6
