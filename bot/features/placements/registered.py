"""What is said when a post is written down, or is out: its terms, its link, what comes next and when."""

from bot.core.locales import Html, Translator
from bot.features.placements.looking import Seen, step_of
from bot.features.placements.words import count, moment, name, terms
from metrics.durations import HOUR_S
from metrics.placement import Figure
from storage.workspace.channels import Channel
from storage.workspace.placements import Placement
from storage.workspace.workspaces import Workspace


def registered(
    placement: Placement,
    advertised: Channel | None,
    seen: Seen | None,
    workspace: Workspace,
    t: Translator,
    now: int,
) -> Html:
    """`seen`: the post on its page; None before it is out."""
    blocks = [t("placement.registered", name=name(placement, t), terms=terms(placement, t))]
    if placement.invite_link is not None and advertised is not None:
        blocks.append(t("placement.registered.link", channel=advertised.title, link=placement.invite_link))
    else:
        why = t(f"placement.no_link.{placement.no_link_because or 'gone'}")
        blocks.append(t("placement.registered.no_link", why=why))
    if seen is not None:
        blocks += [_views(seen, t), _cards(placement, workspace, t, now)]
    return Html("\n\n".join(blocks))


def _views(seen: Seen, t: Translator) -> Html:
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
