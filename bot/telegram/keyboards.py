"""Buttons under answers."""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    ChatAdministratorRights,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
)

from bot.core.locales import Html, Translator
from bot.core.parsing.periods import EVERYTHING, PeriodChoice
from bot.telegram.callbacks import (
    CancelButton,
    ChannelButton,
    EngagementButton,
    ExportButton,
    HowButton,
    LookButton,
    OpenButton,
    SettingButton,
    SkipButton,
    TopButton,
    WhyButton,
)
from metrics.verdict import Fell
from storage.workspace.channels import Channel

PERIODS = (PeriodChoice(days=7), PeriodChoice(days=30), PeriodChoice(days=90))
LONG_PERIODS = (
    PeriodChoice(days=30),
    PeriodChoice(days=90),
    PeriodChoice(days=365),
)  # where a week says nothing
LOOKS = ("growth", "when", "content")  # commands that a button leads to
SHARE_REQUEST = 1
LABEL_CHARS = 40
CHANNELS_SHOWN = 20  # more rows than that are not read on a phone
ROWS_SHOWN = 40  # Telegram takes a hundred buttons


def share_channel(t: Translator) -> ReplyKeyboardMarkup:
    """Returns Telegram's own chooser.

    It adds the bot with the single right it needs: without one it could not be there.
    """
    rights = _rights(can_invite_users=True)
    request = KeyboardButtonRequestChat(
        request_id=SHARE_REQUEST,
        chat_is_channel=True,
        user_administrator_rights=rights,
        bot_administrator_rights=rights,
        request_title=True,
        request_username=True,
    )
    button = KeyboardButton(text=t.plain("channels.share_button"), request_chat=request)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def offer_channels(t: Translator, offered: Sequence[Channel], bot_name: str) -> InlineKeyboardMarkup:
    rows = [
        [button(label(channel), ChannelButton(action="grant", channel=channel.id))]
        for channel in offered[:CHANNELS_SHOWN]
    ]
    link = f"https://t.me/{quote(bot_name)}?start=add"
    return InlineKeyboardMarkup(
        inline_keyboard=[*rows, [InlineKeyboardButton(text=t.plain("channels.open_private"), url=link)]]
    )


def confirm_removal(t: Translator, channel: Channel) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                button(t.plain("channels.remove_button"), ChannelButton(action="remove", channel=channel.id)),
                button(t.plain("channels.keep_button"), ChannelButton(action="keep", channel=channel.id)),
            ]
        ]
    )


def show_engagement(t: Translator, channel: Channel, period: PeriodChoice) -> InlineKeyboardMarkup:
    title = t.plain("channels.er_button", title=label(channel))
    return _column([(title, EngagementButton(channel=channel.id, period=period.code))])


def show_engagements(
    t: Translator, channels: Sequence[Channel], period: PeriodChoice
) -> InlineKeyboardMarkup:
    return _column(
        (
            t.plain("channels.er_button", title=label(one)),
            EngagementButton(channel=one.id, period=period.code),
        )
        for one in channels
    )


def pick(listed: Sequence[Channel], button: Callable[[Channel], CallbackData]) -> InlineKeyboardMarkup:
    return _column((label(channel), button(channel)) for channel in listed[:CHANNELS_SHOWN])


def which(t: Translator, listed: Sequence[Channel], command: str = "er") -> Html:
    """Asks which channel is meant: over the buttons of `pick`, which are of the first ones where there are many."""
    if len(listed) <= CHANNELS_SHOWN:
        return t("channels.pick")
    return t(
        "channels.pick_many",
        shown=t.number(CHANNELS_SHOWN),
        channels=t.number(len(listed)),
        command=f"/{command}",
    )


def pick_for_engagement(listed: Sequence[Channel], period: PeriodChoice) -> InlineKeyboardMarkup:
    return pick(listed, lambda channel: EngagementButton(channel=channel.id, period=period.code))


def pick_to_look(what: str, listed: Sequence[Channel], period: PeriodChoice) -> InlineKeyboardMarkup:
    return pick(listed, lambda channel: LookButton(what=what, channel=channel.id, period=period.code))


def looks(t: Translator, what: str, channel: Channel, shown: PeriodChoice) -> InlineKeyboardMarkup:
    """Returns other periods of this answer, and the other answers about the channel."""
    row = periods(
        t,
        shown,
        lambda period: LookButton(what=what, channel=channel.id, period=period.code),
        among=LONG_PERIODS,
    )
    others = [look(t, other, channel) for other in LOOKS if other != what]
    beside = [] if what == "benchmark" else [[look(t, "benchmark", channel)]]
    return InlineKeyboardMarkup(inline_keyboard=[row, others, *beside, [open_engagement(t, channel)]])


def look(t: Translator, what: str, channel: Channel) -> InlineKeyboardButton:
    """Shows another answer about the channel in a message of its own."""
    return button(t.plain(f"look.{what}"), LookButton(what=what, channel=channel.id, is_new=True))


def periods(
    t: Translator,
    shown: PeriodChoice,
    carried: Callable[[PeriodChoice], CallbackData],
    *,
    among: Sequence[PeriodChoice] = PERIODS,
) -> list[InlineKeyboardButton]:
    """Returns a row of periods, the shown one marked."""
    row = []
    for period in among:
        days = t.plural("er.days", period.length_days)
        key = "er.period_chosen" if period == shown else "er.period_button"
        row.append(button(t.plain(key, days=days), carried(period)))
    return row


def engagement_periods(
    t: Translator,
    channel: Channel,
    shown: PeriodChoice,
    *,
    ask_subscribers: bool,
    offer_page: bool,
    fell: Fell | None = None,
) -> InlineKeyboardMarkup:
    """Returns the periods, where to go from here, why it fell, and the one thing to tell the bot."""
    digest = SettingButton(kind="digest", field="see", value="new")
    rows = [
        periods(t, shown, lambda period: EngagementButton(channel=channel.id, period=period.code)),
        [how(t, channel, shown), button(t.plain("er.posts_button"), _top(channel, shown))],
        [look(t, what, channel) for what in LOOKS],
        [
            button(t.plain("hint.digest_button"), digest),
            button(t.plain("er.export_button"), _export(channel, shown)),
        ],
    ]
    if fell is not None:
        rows.append([why_button(t, channel.id, fell)])
    if ask_subscribers:
        rows.append(
            [button(t.plain("er.subs_button"), ChannelButton(action="subscribers", channel=channel.id))]
        )
    if offer_page:
        rows.append(
            [button(t.plain("pages.follow_button"), ChannelButton(action="follow", channel=channel.id))]
        )
    return InlineKeyboardMarkup(inline_keyboard=rows)


def how(t: Translator, channel: Channel | None, shown: PeriodChoice, about: int = 0) -> InlineKeyboardButton:
    """Returns the button under a number: how it was computed.

    None: the number of one of several channels. `about`: see HowButton.
    """
    of, version = (channel.id, channel.data_version) if channel else (0, 0)
    return button(
        t.plain("how.button"), HowButton(channel=of, period=shown.code, about=about, version=version)
    )


def _top(channel: Channel, shown: PeriodChoice) -> TopButton:
    return TopButton(channel=channel.id, period=shown.code, new=True)


def _export(channel: Channel, shown: PeriodChoice) -> ExportButton:
    return ExportButton(channel=channel.id, format="xlsx", period="" if shown == EVERYTHING else shown.code)


def skip_question(t: Translator, channel: Channel) -> InlineKeyboardMarkup:
    return _column([(t.plain("subscribers.skip_button"), SkipButton(channel=channel.id))])


def cancel_button(t: Translator, kind: str) -> InlineKeyboardButton:
    return button(t.plain("questions.cancel_button"), CancelButton(kind=kind))


def open_engagement(t: Translator, channel: Channel) -> InlineKeyboardButton:
    """Shows `/er` in a message of its own."""
    return button(t.plain("channels.er_button", title=label(channel)), OpenButton(channel=channel.id))


def why_button(t: Translator, channel: int, fell: Fell, title: str | None = None) -> InlineKeyboardButton:
    """Asks for the causes of a fall that was told; with the channel's `title` where several stand below each other."""
    period = PeriodChoice(first=fell.first, last=max(fell.first, fell.last)).code
    text = t.plain("why.button") if title is None else t.plain("why.button_of", title=_short(title))
    return button(text, WhyButton(channel=channel, period=period, metric=fell.metric))


def label(channel: Channel) -> str:
    return _short(channel.title)


def _short(text: str) -> str:
    return text if len(text) <= LABEL_CHARS else text[: LABEL_CHARS - 1] + "…"


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _column(buttons: Iterable[tuple[str, CallbackData]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button(text, data)] for text, data in buttons])


def _rights(*, can_invite_users: bool) -> ChatAdministratorRights:
    return ChatAdministratorRights(
        is_anonymous=False,
        can_manage_chat=True,
        can_delete_messages=False,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=False,
        can_change_info=False,
        can_invite_users=can_invite_users,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
        can_send_welcome_messages=False,
    )
