"""From storage to a request: everything that is kept of one channel."""

from bot.reports.export.request import ExportRequest
from metrics.errors import DomainError
from storage import audience, posts
from storage.channels import Channel
from storage.engine import Connection
from storage.workspaces import Workspace

READINGS_AT_MOST = 100_000  # rows of one sheet that a phone still opens


async def gather(
    conn: Connection, workspace: Workspace, channel: Channel, file_format: str, as_of: int
) -> ExportRequest:
    """Raises DomainError("er.no_data") for a channel without a post."""
    span = await posts.span(conn, workspace.id, channel.id)
    if span is None:
        raise DomainError("er.no_data", title=channel.title)
    end = max(span.last, as_of) + 1
    return ExportRequest(
        title=channel.title,
        platform=channel.platform,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        format=file_format,
        posts=await posts.window(conn, workspace.id, channel.id, span.first, end),
        readings=await posts.newest_readings(conn, workspace.id, channel.id, READINGS_AT_MOST),
        all_readings=await posts.count_readings(conn, workspace.id, channel.id),
        audience=await audience.window(conn, workspace.id, channel.id, 0, end),
    )
