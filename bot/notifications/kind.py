"""A kind of notification: who finds it due, who prepares it, who puts it into words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup

from bot.core.locales import Html
from bot.notifications.services import Services
from storage.workspace.deliveries import Delivery
from storage.workspace.schedules import Schedule
from storage.workspace.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """One message. With a picture, `text` is its caption; a document follows as a reply to it."""

    text: Html | str
    picture: bytes | str | None = None  # bytes, or Telegram's id of one it has
    picture_key: str | None = None  # under which Telegram's id is remembered
    document: tuple[str, bytes] | None = None  # name, content
    markup: InlineKeyboardMarkup | None = None


# Says a delivery as things stand when its turn comes. None: there is nothing left to say, and nothing is sent.
Composer = Callable[[Services, Workspace, Delivery], Awaitable[Composition | None]]
# Of a schedule that is due. Opens one transaction: `claim`, then what is kept and enqueued; work in workers is before it.
Runner = Callable[[Services, Schedule], Awaitable[None]]
# Makes with `background.compute` what will be due at `schedule.next_due_at`, as far as that can be known by now, and
# keeps it in `services.pictures` under the keys its composer will ask for.
Ahead = Callable[[Services, Schedule], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A schedule is run, and may be prepared; a delivery is composed. One name may be both.

    `is_first`: of what is due in one minute it is run before the others, because they tell of what it finds.
    """

    run: Runner | None = None
    is_first: bool = False
    prepare: Ahead | None = None
    compose: Composer | None = None


Kinds = Mapping[str, Kind]
