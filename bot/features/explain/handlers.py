"""Under an answer, or in reply to one: how its figures were computed."""

from aiogram import Router
from aiogram.types import Message, TelegramObject

from bot.answers.gather import gather
from bot.core.parsing.periods import from_code
from bot.core.workers import Workers
from bot.features.explain.request import ABOUT, ExplainRequest, explain
from bot.telegram import keyboards
from bot.telegram.callbacks import HowButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AsksHow
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(AsksHow(HowButton))
@router.callback_query(HowButton.filter())
async def explain_answer(
    event: TelegramObject, chat: Conversation, callback_data: HowButton, workers: Workers
) -> None:
    answer = event.reply_to_message if isinstance(event, Message) else chat.message
    assert answer is not None  # the filter found the button under it
    await _explain(chat, callback_data, workers, answer)


async def _explain(chat: Conversation, asked: HowButton, workers: Workers, answer: Message) -> None:
    """Explains with the answer's own days and posts: those of the moment when it was given."""
    if not asked.channel:
        await _ask_which(chat, asked)
        return
    if not 0 <= asked.about < len(ABOUT):
        raise DomainError("button.stale")
    given_at = answer.edit_date or int(answer.date.timestamp())
    async with chat.read() as conn:
        channel = await channels.get(conn, chat.workspace.id, asked.channel)
        if channel is None:
            raise DomainError("channel.gone")
        request = await gather(conn, chat.workspace, channel, from_code(asked.period), given_at, draw=False)
    is_newer = bool(asked.version) and asked.version != channel.data_version
    text = await workers.run(explain, ExplainRequest(request, ABOUT[asked.about], is_newer))
    await chat.close_press()
    await chat.message.reply(text)


async def _ask_which(chat: Conversation, asked: HowButton) -> None:
    """Asks which channel is meant, under an answer about several."""
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)

    def one_of(channel: Channel) -> HowButton:
        return asked.model_copy(update={"channel": channel.id, "version": channel.data_version})

    await chat.reply(keyboards.which(chat.t, visible), keyboards.pick(visible, one_of))
