"""The form of a bought post: every field with what is known of it, a button each, and what is asked for now."""

from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answers.spans import moment_words
from bot.answers.wording import shortened
from bot.core.locales import Html, Translator
from bot.features.placements.fields import ADVERTISED, FIELDS, FORMAT, PLANNED, POST, PRICE, VIEWS
from bot.features.placements.keyboards import seller
from bot.features.placements.line import Draft
from bot.features.placements.words import money
from bot.telegram.callbacks import PlacementButton
from metrics.placement import Figure
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

IN_ROW = 2
TITLE_CHARS = 40


def form(
    draft: Draft, advertised: Channel | None, prompt: Html, workspace: Workspace, t: Translator, now: int
) -> Html:
    """Returns the form: fields first, a line each; what is asked for stands under them."""
    values = _values(draft, advertised, workspace, t, now)
    lines = [
        t("placement.form.title"),
        *(t(f"placement.form.{field}", value=values[field]) for field in FIELDS),
    ]
    return Html("\n".join([*lines, "", prompt]))


def buttons(draft: Draft, placement: int, t: Translator) -> InlineKeyboardMarkup:
    """Returns a button a field; `placement`: 0 before it is written down.

    A post that is out has no time to come out at.
    """
    settled = {POST} if placement else set()
    settled |= {PLANNED} if draft.link else set()
    fields = [field for field in FIELDS if field not in settled]
    row = [_button(field, draft, placement, t) for field in fields]
    return InlineKeyboardMarkup(inline_keyboard=[row[at : at + IN_ROW] for at in range(0, len(row), IN_ROW)])


def prompt_of(field: str, draft: Draft, t: Translator) -> Html:
    return t(f"placement.form.ask.{field}", seller=seller(draft.handle, t))


def _values(
    draft: Draft, advertised: Channel | None, workspace: Workspace, t: Translator, now: int
) -> dict[str, Html]:
    unknown = t("placement.form.unknown")
    feed = "∞" if draft.hours_in_feed is None else draft.hours_in_feed
    planned = draft.planned_at and moment_words(draft.planned_at, workspace.zone, now, t)
    goal = draft.own_link.partition("://")[2] if draft.own_link else advertised and advertised.title
    title = goal and escape(shortened(goal, TITLE_CHARS), quote=False)
    return {
        POST: Html(_post(draft, t)) if draft.is_named else unknown,
        PRICE: unknown if draft.price is None else Html(money(Figure(draft.price), t, draft.currency)),
        FORMAT: Html(f"{draft.hours_on_top}/{feed}") if draft.has_format else unknown,
        VIEWS: unknown if draft.promised_views is None else Html(t.number(draft.promised_views)),
        PLANNED: t("placement.form.out") if draft.link else Html(planned) if planned else unknown,
        ADVERTISED: Html(title) if title else unknown,
    }


def _post(draft: Draft, t: Translator) -> str:
    named = seller(draft.handle, t)
    if draft.post_number is None:
        return f"{named}{t('placement.form.link_later')}"
    post = t("placement.post", number=draft.post_number)
    return f'{named}, <a href="{escape(draft.link or "")}">{post}</a>'


def _button(field: str, draft: Draft, placement: int, t: Translator) -> InlineKeyboardButton:
    mark = "▸ " if draft.asks == field else ""
    data = PlacementButton(action="field", placement=placement, value=FIELDS.index(field))
    return InlineKeyboardButton(
        text=mark + t.plain(f"placement.form.button.{field}"), callback_data=data.pack()
    )
