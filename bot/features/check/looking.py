"""A channel checked before money is spent: from what is kept of it, or from its public page as it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.collection.networks.following import Networks, of_link
from bot.collection.pages import Pages
from bot.collection.seen import PublicChannel
from bot.core.clock import Clock
from bot.core.parsing.names import choose
from bot.core.workers import Workers
from bot.features.check.asked import CheckQuestion
from bot.features.check.gather import from_page, from_storage, with_page
from bot.features.check.request import CheckCard, CheckRequest, build, build_comparison, build_evidence
from metrics.errors import DomainError
from storage.engine import Connection, Database
from storage.files.tables.links import is_private_link
from storage.workspace import channels, placements
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

PAGES_A_CHANNEL = 3  # about 60 posts


@dataclass(frozen=True, slots=True)
class Checks:
    database: Database
    workers: Workers
    clock: Clock
    pages: Pages
    networks: Networks

    async def to_read(self, workspace: Workspace, wanted: Sequence[CheckQuestion]) -> list[int]:
        """Returns how many pages `look` waits for, of each. Raises DomainError("channel.gone")."""
        known = await self._known(workspace, wanted)
        handles = [
            channel.handle if channel else one.handle for channel, one in zip(known, wanted, strict=True)
        ]
        return [self.pages.to_read(handle, depth=PAGES_A_CHANNEL) for handle in handles]

    async def look(self, workspace: Workspace, wanted: CheckQuestion) -> CheckRequest:
        """Returns the request of a check.

        Raises DomainError("channel.bad_name") and what `Pages.read` raises where nothing is kept of the
        channel.
        """
        request = await self._request(workspace, wanted)
        async with self.database.read() as conn:
            paid = await placements.cpm_range(conn, workspace.id, wanted.currency)
        return replace(request, own_cpm=paid, currency=wanted.currency)

    async def _request(self, workspace: Workspace, wanted: CheckQuestion) -> CheckRequest:
        channel = (await self._known(workspace, [wanted]))[0]
        if channel is None and wanted.link is not None:
            return from_page(await self.networks.look(wanted.link), workspace, wanted, self._now())
        if channel is None:
            if is_private_link(wanted.name):
                raise DomainError("channel.private_link")
            if wanted.handle is None:
                raise DomainError("channel.bad_name", name=wanted.name[:60])
            seen = await self.pages.read(wanted.handle, depth=PAGES_A_CHANNEL)
            return from_page(seen, workspace, wanted, self._now())
        # What is read now would lie behind a moment taken before it, and not be looked at.
        seen_too = await self._page_of(channel)
        async with self.database.read() as conn:
            kept = await from_storage(conn, workspace, channel, wanted.price, self._now())
        if not kept.readings and isinstance(seen_too, DomainError):
            raise seen_too
        return with_page(kept, seen_too) if isinstance(seen_too, PublicChannel) else kept

    async def card(self, request: CheckRequest) -> CheckCard:
        return await self.workers.run(build, request)

    async def comparison(self, requests: Sequence[CheckRequest]) -> str:
        return await self.workers.run(build_comparison, requests)

    async def evidence(self, request: CheckRequest) -> tuple[str, bytes]:
        return await self.workers.run(build_evidence, request)

    async def _known(self, workspace: Workspace, wanted: Sequence[CheckQuestion]) -> list[Channel | None]:
        async with self.database.read() as conn:
            by_id = {
                one.name: await _by_id(conn, workspace, one.name)
                for one in wanted
                if one.name.startswith("#")
            }
            visible = await channels.visible(conn, workspace.id, watched=True)
        return [by_id.get(one.name) or _chosen(visible, one) for one in wanted]

    async def _page_of(self, channel: Channel) -> PublicChannel | DomainError:
        """Returns the page, or why there is none: what is kept of the channel may be enough."""
        if channel.platform != "telegram" or channel.handle is None:
            return DomainError("er.no_data", title=channel.title)
        try:
            return await self.pages.read(channel.handle, depth=PAGES_A_CHANNEL)
        except DomainError as error:
            return error

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _chosen(visible: Sequence[Channel], wanted: CheckQuestion) -> Channel | None:
    if (link := wanted.link) is not None:
        return of_link(visible, link)
    try:
        return choose(visible, wanted.name, with_slips=False)[0]  # a slip may be another channel's name
    except DomainError:
        return None


async def _by_id(conn: Connection, workspace: Workspace, target: str) -> Channel:
    """Returns the channel of a button under what is kept. Raises DomainError("channel.gone")."""
    number = target.removeprefix("#")
    channel = await channels.get(conn, workspace.id, int(number)) if number.isdecimal() else None
    if channel is None:
        raise DomainError("channel.gone")
    return channel
