"""What happens to a bought post: written down with a link of its own, out, looked at at an age."""

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from bot.collection.seen import ViewSource
from bot.core.clock import Clock
from bot.features.placements.line import Draft
from bot.features.placements.looking import PostLook, look, step_of
from bot.telegram.access import ADMINS
from metrics.durations import HOUR_S
from metrics.errors import DomainError
from metrics.placement import Reading
from storage.engine import Connection, Database
from storage.workspace import deliveries, placements
from storage.workspace.channels import Channel
from storage.workspace.placements import Placement
from storage.workspace.placements_people import people
from storage.workspace.workspaces import Workspace

KIND = "placement"
EARLY_S = 600  # a seller may remove the post on the dot, and a page may be 15 minutes old
LINK_NAME_CHARS = 32
OWN_LINK = "own_link"  # why there is no link to count by: the post leads to an address of the person's own
REMINDED_AFTER_S = 24 * HOUR_S  # of a post whose address nobody has sent yet
PLANNED_AFTER_S = 15 * 60  # sellers are late


class Placing:
    def __init__(self, bot: Bot, database: Database, clock: Clock, pages: ViewSource) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._pages = pages

    async def register(
        self,
        workspace: Workspace,
        draft: Draft,
        advertised: Channel | None,
        person: int,
        thread_id: int | None,
    ) -> Placement:
        """Registers a post with an own invite link where bot and person may; its cards wait in the outbox.

        Raises DomainError("placement.no_such_post"), ("placement.known"), ("page.…") where there is no such channel.
        """
        row: dict[str, object] = {}
        if draft.link:
            async with self._database.read() as conn:
                await placements.refuse_known(conn, workspace.id, draft.link)
            row = await self._publication(draft.handle, draft.post_number, draft.came_out_at)
        link, because = await self._goal(draft, advertised, person)
        row |= {
            "handle": draft.handle,
            "link": draft.link,
            "post_number": draft.post_number,
            "price": draft.price,
            "currency": draft.currency,
            "hours_on_top": draft.hours_on_top,
            "hours_in_feed": draft.hours_in_feed,
            "promised_views": draft.promised_views,
            "planned_at": None if draft.link else draft.planned_at,
            "channel_id": advertised.id if advertised else None,
            "invite_link": link,
            "no_link_because": because,
            "thread_id": thread_id,
            "added_by": person,
            "created_at": self._now(),
        }
        async with self._database.begin() as conn:
            made = await placements.add(conn, workspace.id, row)
            await self._expect(conn, made)
        return made

    async def publish(
        self,
        workspace: Workspace,
        placement: Placement,
        post: tuple[str | None, int, str],
        came_out_at: int | None,
    ) -> Placement:
        """Notes that the post is out, at this handle, number and address.

        Raises what `register` raises, DomainError("placement.out_already"), ("placement.other_channel"), ("placement.gone").
        """
        handle, number, link = post
        if placement.published_at is not None:
            raise DomainError("placement.out_already")
        if placement.handle is not None and handle != placement.handle:
            raise DomainError("placement.other_channel", name=placement.handle)
        row = await self._publication(handle, number, came_out_at)
        row |= {"handle": handle or placement.handle, "post_number": number, "link": link}
        async with self._database.begin() as conn:
            await placements.change(conn, workspace.id, placement.id, row)
            out = await placements.get(conn, workspace.id, placement.id)
            if out is None:
                raise DomainError("placement.gone")
            await self._expect(conn, out)
        return out

    async def amend(self, workspace: Workspace, placement: Placement) -> None:
        """Amends what was agreed; a new length brings its own card. Raises DomainError("placement.gone")."""
        terms = ("price", "currency", "hours_on_top", "hours_in_feed", "promised_views", "planned_at")
        row = {name: getattr(placement, name) for name in terms}
        async with self._database.begin() as conn:
            if not await placements.change(conn, workspace.id, placement.id, row):
                raise DomainError("placement.gone")
            await self._expect(conn, placement)

    async def advertise(
        self,
        workspace: Workspace,
        placement: Placement,
        draft: Draft,
        advertised: Channel | None,
        person: int,
    ) -> Placement:
        """Has the placement lead elsewhere: to a channel, with a link of its own anew, or to the own link of `draft`.

        Who came by the link before is not counted any more: they came to another place. Raises
        DomainError("placement.gone").
        """
        link, because = await self._goal(draft, advertised, person)
        row: dict[str, object] = {
            "channel_id": advertised.id if advertised else None,
            "invite_link": link,
            "no_link_because": because,
        }
        async with self._database.begin() as conn:
            if not await placements.change(conn, workspace.id, placement.id, row):
                raise DomainError("placement.gone")
            await placements.forget_people(conn, workspace.id, placement.id)
            changed = await placements.get(conn, workspace.id, placement.id)
        assert changed is not None
        return changed

    async def look(self, placement: Placement) -> PostLook:
        return await look(self._pages, placement.handle, placement.post_number)

    async def measure(
        self, workspace: Workspace, placement: Placement, age_h: int, *, is_last_try: bool
    ) -> None:
        """Keeps the reading of an age. What a person typed stands where the page says nothing.

        Raises DomainError("page.away") while it is worth trying again.
        """
        async with self._database.read() as conn:
            kept = (await placements.readings(conn, workspace.id)).get(placement.id, [])
        known = next((one for one in kept if one.age_h == age_h and one.views is not None), None)
        if known is not None and not known.is_typed:
            return
        seen = await self.look(placement)
        if seen.reason == "away" and not is_last_try:
            raise DomainError("page.away")
        await self._keep(workspace, placement, age_h, seen, known)

    async def type_views(self, workspace: Workspace, placement: Placement, views: int) -> Reading:
        """Keeps a person's word: for the agreed age where that still lacks views, else for the latest one."""
        now = self._now()
        passed_s = now - (placement.published_at or now) + EARLY_S
        terms = placement.terms
        age_h = max((age for age in terms.ages_h if age * HOUR_S <= passed_s), default=terms.ages_h[0])
        async with self._database.begin() as conn:
            kept = (await placements.readings(conn, workspace.id)).get(placement.id, [])
            seen = {one.age_h for one in kept if one.views is not None}
            if terms.contract_h <= age_h and terms.contract_h not in seen:
                age_h = terms.contract_h
            came = await people(conn, workspace.id, [placement], now)
            reading = Reading(age_h, now, views, 0, True, None, came.get(placement.id))
            await placements.keep_reading(conn, workspace.id, placement.id, reading)
        return reading

    async def _keep(
        self, workspace: Workspace, placement: Placement, age_h: int, seen: PostLook, known: Reading | None
    ) -> None:
        now = self._now()
        post = seen.post
        views, step, reason = (post.views, step_of(post), "closed") if post else (None, 0, seen.reason)
        is_typed = views is None and known is not None
        if known is not None and is_typed:
            views = known.views
        async with self._database.begin() as conn:
            came = await people(conn, workspace.id, [placement], now)
            reading = Reading(
                age_h,
                now,
                views,
                step,
                is_typed,
                reason if views is None else None,
                came.get(placement.id),
            )
            await placements.keep_reading(conn, workspace.id, placement.id, reading)

    async def _publication(
        self, handle: str | None, number: int | None, came_out_at: int | None
    ) -> dict[str, object]:
        """Returns when the post came out, as far as its page, or the forwarded post itself, says."""
        seen = await look(self._pages, handle, number)
        if seen.reason == "deleted":
            raise DomainError("placement.no_such_post", number=str(number), name=str(handle))
        if seen.post is None:
            return {"published_at": came_out_at or self._now(), "is_time_known": came_out_at is not None}
        return {"published_at": seen.post.published_at, "is_time_known": True}

    async def _goal(
        self, draft: Draft, advertised: Channel | None, person: int
    ) -> tuple[str | None, str | None]:
        if draft.own_link is not None:
            return draft.own_link, OWN_LINK
        return await self._invite(advertised, person, _label(draft.handle, draft.post_number))

    async def _invite(
        self, advertised: Channel | None, person: int, name: str
    ) -> tuple[str | None, str | None]:
        """Returns the link, or why there is none: whoever asks must be an admin of the channel themselves."""
        if advertised is None or advertised.chat_id is None:
            return None, "no_channel"
        try:
            member = await self._bot.get_chat_member(advertised.chat_id, person)
            if member.status not in ADMINS:
                return None, "not_yours"
            made = await self._bot.create_chat_invite_link(advertised.chat_id, name=name)
        except (TelegramBadRequest, TelegramForbiddenError):
            return None, "no_right"
        return made.invite_link, None

    async def _expect(self, conn: Connection, placement: Placement) -> None:
        """Expects a card at each age that is still to come."""
        now = self._now()
        if placement.published_at is None:
            await self._remind(conn, placement, now)
            return
        for age_h in placement.terms.ages_h:
            due_at = placement.published_at + age_h * HOUR_S
            if due_at > now:
                await deliveries.enqueue(
                    conn,
                    placement.workspace_id,
                    kind=KIND,
                    subject=f"{placement.id}/{age_h}",
                    due_at=due_at,
                    payload={"placement": placement.id, "age_h": age_h},
                    thread_id=placement.thread_id,
                    not_before=due_at - (EARLY_S if age_h == placement.hours_in_feed else 0),
                    now=now,
                )

    async def _remind(self, conn: Connection, placement: Placement, now: int) -> None:
        due_at = now + REMINDED_AFTER_S if placement.planned_at is None else asked_at(placement.planned_at)
        if due_at <= now:
            return
        await deliveries.enqueue(
            conn,
            placement.workspace_id,
            kind=KIND,
            subject=f"{placement.id}/out",
            due_at=due_at,
            payload={"placement": placement.id, "age_h": None},
            thread_id=placement.thread_id,
            not_before=due_at,
            now=now,
        )

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def asked_at(planned_at: int) -> int:
    """Returns when the link of a post that was to come out then is asked for, in unix seconds."""
    return planned_at + PLANNED_AFTER_S


def _label(handle: str | None, number: int | None) -> str:
    """Returns what the link is called where Telegram lists a channel's links."""
    name = f"@{handle}" if handle else "t.me/c"
    return f"{name}/{number}"[-LINK_NAME_CHARS:] if number else name[:LINK_NAME_CHARS]
