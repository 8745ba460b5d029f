"""What is said of a channel that has just come."""

from bot.locales import Html, Translator
from storage import audience
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace


async def known_facts(database: Database, workspace: Workspace, channel: Channel, t: Translator) -> Html:
    async with database.read() as conn:
        newest = await audience.newest(conn, workspace.id, channel.id)
    facts = t("channels.added_subscribers", subscribers=t.number(newest.subscribers)) if newest else Html("")
    return Html(facts + t("channels.added_admin")) if channel.bot_is_admin else facts
