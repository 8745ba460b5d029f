"""A post that was bought beforehand is out: its address, and the count begins."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.asking import Asker
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys.callbacks import PlacementButton
from bot.locales import Translator
from bot.lookups import Lookups, asked_by
from bot.placements.line import read_post
from bot.placements.placing import Placing
from bot.placements.telling import ask_for_post, said_or_forwarded, tell
from bot.typed.questions import QuestionKind
from metrics.errors import DomainError
from storage import placements
from storage.engine import Database
from storage.placements import Placement
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.callback_query(PlacementButton.filter(F.action == "out"))
async def ask(
    query: CallbackQuery,
    callback_data: PlacementButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    placement = await _placement(database, workspace, callback_data.placement)
    message, name = pressed_message(query), query.from_user.full_name
    await close_press(query)
    await ask_for_post(Asker(message, database, clock, workspace, caller_id, name=name), placement, t)


@router.message(Asked(QuestionKind.PLACEMENT_POST))
async def take_post(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
    lookups: Lookups,
    payload: dict[str, int],
) -> None:
    await is_chat_admin.require()
    said, came_out_at = said_or_forwarded(message)
    post = read_post(said)
    placement = await _placement(database, workspace, payload["placement"])
    question = asked_by(message, workspace, caller_id, t)
    asker = Asker(message, database, clock, workspace, caller_id, said_in=message.message_id)
    async with lookups.waiting(question, "limit.placement", [lookups.of_post(post[0], post[1])]):
        out = await placing.publish(workspace, placement, post, came_out_at)
        await tell(asker, out, placing, t)


async def _placement(database: Database, workspace: Workspace, placement_id: int) -> Placement:
    async with database.read() as conn:
        placement = await placements.get(conn, workspace.id, placement_id)
    if placement is None:
        raise DomainError("placement.gone")
    return placement
