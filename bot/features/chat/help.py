"""/help: every command in a line, the most wanted ones in sight; with terms behind it, what they mean."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.answers.wording import MESSAGE_UNITS, laid_out
from bot.core.locales import Html, Translator
from bot.core.parsing.terms import terms_in
from bot.telegram.commands import COMMANDS
from bot.telegram.conversation import Conversation
from metrics.money import MONEY
from metrics.registry import RATES

router = Router(name=__name__)


@router.message(Command("help"))
async def show_help(_message: Message, chat: Conversation, command: CommandObject) -> None:
    t = chat.t
    if terms := terms_in(command.args or ""):
        await chat.reply(Html("\n\n".join([*(_meaning(code, t) for code in terms), _to_see(terms, t)])))
        return
    files = t("help.files")
    if chat.is_group:
        files = t("help.files_group", name=(await chat.bot.me()).username or "")
    lines = [t("help.line", name=name, what=t.plain(f"command.{name}")) for name in COMMANDS]
    await chat.reply(laid_out([t("help.heading"), "", files, "", *lines], (), MESSAGE_UNITS))


def _meaning(code: str, t: Translator) -> Html:
    if code in MONEY:
        name, words = t(f"money.{code}"), t(f"money.words.{code}")
    elif code in RATES:
        name, words = t(f"formula.{code}"), t(f"formula.words.{code}")
    else:
        name, words = t(f"term.{code}"), t(f"term.words.{code}")
    return t("help.term", name=name, words=words)


def _to_see(terms: Sequence[str], t: Translator) -> Html:
    """Returns where one's own figures are; of money, where they are worked out."""
    code = terms[-1]
    return t("help.term_money", formula=code) if code in MONEY else t("help.term_metric")
