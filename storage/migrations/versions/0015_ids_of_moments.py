"""Ids of posts that have nothing but a moment hold their text, so that another post of the same day is another."""

import hashlib
import re
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_MADE = re.compile(r"at-(\d+)(?:-[0-9a-f]{8})?(?:-\d{1,7})?")
_AT_ONCE = 1000
_post = sa.table("post", sa.column("id"), sa.column("channel_id"), sa.column("external_id"), sa.column("title"))
_rename = (
    sa.update(_post)
    .where(_post.c.id == sa.bindparam("of"))
    .values(external_id=sa.bindparam("external_id", type_=sa.Text()))
)


def upgrade() -> None:
    _name_anew(with_text=True)


def downgrade() -> None:
    _name_anew(with_text=False)


def _name_anew(*, with_text: bool) -> None:
    """Every name is first moved out of the way: a new one may be what another post is still called."""
    found = op.get_bind().execute(
        sa.select(_post).where(_post.c.external_id.like("at-%")).order_by(_post.c.channel_id, _post.c.id)
    )
    seen: Counter[tuple[int, str]] = Counter()
    renamed = []
    for post_id, channel_id, before, title in found.all():
        made = _MADE.fullmatch(before)
        if made is None:
            continue
        name = f"at-{made[1]}{_told(title) if with_text else ''}"
        seen[channel_id, name] += 1
        times = seen[channel_id, name]
        after = name if times == 1 else f"{name}-{times}"
        if after != before:
            renamed.append((post_id, after))
    for prefix in ("~", ""):
        for start in range(0, len(renamed), _AT_ONCE):
            op.get_bind().execute(
                _rename,
                [
                    {"of": post_id, "external_id": prefix + name}
                    for post_id, name in renamed[start : start + _AT_ONCE]
                ],
            )


def _told(title: str | None) -> str:
    letters = "".join(filter(str.isalnum, title.casefold())) if title else ""
    return f"-{hashlib.sha256(letters.encode()).hexdigest()[:8]}" if letters else ""
