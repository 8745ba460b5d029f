"""What is said when a post was written down or is out, and the question for its address."""

from aiogram.types import Message, MessageOriginChannel

from bot.core.locales import Html, Translator
from bot.features.placements import keyboards
from bot.features.placements.looking import PostLook, step_of
from bot.features.placements.placing import OWN_LINK, Placing
from bot.features.placements.words import count, moment, name, terms
from bot.telegram.asking import Asker
from bot.telegram.questions import QuestionKind
from metrics.durations import HOUR_S
from metrics.placement import Figure
from storage.workspace import channels, questions
from storage.workspace.channels import Channel
from storage.workspace.placements import Placement
from storage.workspace.workspaces import Workspace

EXAMPLE_LINK = "t.me/name/123"
_BASE = 10**12  # a channel's chat id is minus this and its own id


async def tell(asker: Asker, made: Placement, placing: Placing) -> None:
    t = asker.t
    async with asker.database.begin() as conn:
        await questions.settle(conn, asker.workspace.id, asker.person)
        advertised = await channels.get(conn, asker.workspace.id, made.channel_id or 0)
    seen = await placing.look(made) if made.published_at is not None else None
    now = int(asker.clock.now().timestamp())
    text = registered(made, advertised, seen, asker.workspace, t, now)
    await asker.beside.answer(text, reply_markup=keyboards.under_registered(made, t))
    if made.published_at is None and made.planned_at is None:  # else it is asked for when it is out
        await ask_for_post(asker, made)


async def ask_for_post(asker: Asker, placement: Placement) -> None:
    text = asker.t("placement.ask.post", seller=keyboards.seller(placement.handle, asker.t))
    await asker.ask(QuestionKind.PLACEMENT_POST, {"placement": placement.id}, text, EXAMPLE_LINK)


def said_or_forwarded(message: Message) -> tuple[str, int | None]:
    """Returns the words; or the address of a post that was forwarded instead, and when it came out."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return message.text or "", None
    place = origin.chat.username or f"c/{-origin.chat.id - _BASE}"
    return f"https://t.me/{place}/{origin.message_id}", int(origin.date.timestamp())


def registered(
    placement: Placement,
    advertised: Channel | None,
    seen: PostLook | None,
    workspace: Workspace,
    t: Translator,
    now: int,
) -> Html:
    """Says that a post was registered. `seen`: the post on its page; None before it is out."""
    blocks = [t("placement.registered", name=name(placement, t), terms=terms(placement, t))]
    blocks.append(goal(placement, advertised, t))
    if placement.planned_at is not None and seen is None:
        planned = moment(placement.planned_at, workspace, t)
        blocks.append(t("placement.registered.planned", moment=planned))
    if seen is not None:
        blocks += [_views(seen, t), _cards(placement, workspace, t, now)]
    return Html("\n\n".join(blocks))


def goal(placement: Placement, advertised: Channel | None, t: Translator) -> Html:
    """Says where the post leads, by which link."""
    if placement.no_link_because == OWN_LINK and placement.invite_link is not None:
        return t("placement.registered.own_link", link=placement.invite_link)
    if placement.invite_link is not None and advertised is not None:
        return t("placement.registered.link", channel=advertised.title, link=placement.invite_link)
    why = t(f"placement.no_link.{placement.no_link_because or 'gone'}")
    return t("placement.registered.no_link", why=why)


def _views(seen: PostLook, t: Translator) -> Html:
    if seen.post is None or seen.post.views is None:
        why = t(f"placement.reason.{seen.reason or 'closed'}")
        return Html(f"{t('placement.registered.no_views', why=why)}. {t('placement.registered.type_views')}")
    views = Figure(seen.post.views, approximate=step_of(seen.post) > 0)
    return t("placement.registered.views", views=count(views, t))


def _cards(placement: Placement, workspace: Workspace, t: Translator, now: int) -> Html:
    out = placement.published_at or now
    coming = [out + hours * HOUR_S for hours in placement.terms.ages_h if out + hours * HOUR_S > now]
    if not coming:
        return t("placement.registered.too_late")
    moments = "; ".join(moment(at, workspace, t) for at in coming)
    return t("placement.registered.cards", moments=moments)
