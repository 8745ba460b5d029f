"""What buttons carry. Ids are looked up again at every press: a button proves nothing about who presses it."""

from aiogram.filters.callback_data import CallbackData


class EngagementButton(CallbackData, prefix="er"):
    """Show `/er` of a channel for a period; `period` is a `PeriodChoice.code`."""

    channel: int
    period: str


class BesideButton(CallbackData, prefix="erb"):
    """Two periods of a channel beside each other."""

    channel: int
    first: str
    second: str


class LookButton(CallbackData, prefix="look"):
    """Show another answer about a channel: `what` is its command; `period` as above, empty for the usual one.

    `is_new`: in a message of its own, so that the one with the button stays as it is.
    """

    what: str
    channel: int
    period: str = ""
    is_new: bool = False


class ChannelButton(CallbackData, prefix="ch"):
    """`action`: care (what can be done with it), rename, move (where to?), archive, restore, ask_remove, remove, keep, grant,
    subscribers, follow.
    """

    action: str
    channel: int


class MoveButton(CallbackData, prefix="mv"):
    """A channel goes to another workspace, `to`. `action`: ask (are you sure?), move, back (it comes from there);
    `was_shown`: it was shown there before, and is again once it comes back.
    """

    action: str
    channel: int
    to: int
    was_shown: bool = False


class ChannelsPageButton(CallbackData, prefix="chp"):
    """Show a page of `/channels`; `archived`: of those that were put away; `called`: of those whose names it is part of."""

    page: int
    archived: bool = False
    called: str = ""


class WithdrawButton(CallbackData, prefix="wd"):
    """Take a channel back from a workspace that was granted it."""

    channel: int
    reader: int


class ImportButton(CallbackData, prefix="im"):
    """`action`: undo, drop (the whole upload), chat (one of an account's export, by its place), files (`choice`: the place
    of a `FilesAre`), rows (0 posts, 1 totals), columns (show what each was taken for).
    """

    action: str
    upload: int
    choice: int = 0


class WhoseButton(CallbackData, prefix="whose"):
    """The part of an upload that came in its `file` without a name is the `channel`'s; see `Answers.into`."""

    upload: int
    file: int
    channel: int


class MeaningButton(CallbackData, prefix="mean"):
    """A column of an upload that was read is to be taken for another thing, by its place in `correcting.MEANINGS`; ASK
    shows what it may be.
    """

    upload: int
    position: int
    meaning: int


class ColumnButton(CallbackData, prefix="col"):
    """An answer about a table. `asked`: a step of `columns_asked.Asking`; `choice`: a column's position, or which of two."""

    upload: int
    asked: str
    choice: int


class CancelButton(CallbackData, prefix="cancel"):
    """Be asked no longer. `kind`: of the question that the button stands under."""

    kind: str


class SkipButton(CallbackData, prefix="skip"):
    """Leave a pending question unanswered."""

    channel: int


class SettingButton(CallbackData, prefix="set"):
    """A button of `/digest` (`kind` digest) or `/alerts` (alerts). `field` "see": show the screen `value`."""

    kind: str
    field: str
    value: str = ""


class NowButton(CallbackData, prefix="now"):
    """What a summary (`kind` digest) or an alert (alerts) would say at this moment; nothing is switched on."""

    kind: str


class AlertButton(CallbackData, prefix="al"):
    """`action`: explain, worse (the same of the message that it got worse), accept, mute (the channel of the episode, for so many days)."""

    action: str
    episode: int
    days: int = 0


class OpenButton(CallbackData, prefix="open"):
    """Show `/er` of a channel in a message of its own: the one with the button stays as it is."""

    channel: int


class PostButton(CallbackData, prefix="post"):
    """The card of a post, by its number here. `action`: show, or how: its figures reckoned line by line."""

    action: str
    channel: int
    post: int


class TopButton(CallbackData, prefix="top"):
    """Show `/top` of a channel for a period (a `PeriodChoice.code`). `by`: a place in `top.request.BY`; `new`: in a message
    of its own.
    """

    channel: int
    period: str
    by: int = 0
    new: bool = False


class LongTopButton(TopButton, prefix="topn"):
    """The same, with `count` posts on a side rather than the usual few."""

    count: int = 0


class HowButton(CallbackData, prefix="how"):
    """How an answer's figures were computed: of its channel (0: of several, which?) and period. `about`: a place in
    `explain.request.ABOUT`; `version`: of the channel's data when the answer was given, 0 where nobody knows.
    """

    channel: int
    period: str
    about: int = 0
    version: int = 0


class ExportButton(CallbackData, prefix="ex"):
    """Send a channel's data. `format`: one of `export.request.FORMATS`; `period`: a `PeriodChoice.code`, empty for everything."""

    channel: int
    format: str
    period: str = ""


class WhyButton(CallbackData, prefix="why"):
    """Say why a channel fell. `period` is a `PeriodChoice.code`, empty: that of its open drop, else a week; `metric`: views,
    reach or er where the fall was told already, empty: whatever fell.
    """

    channel: int
    period: str = ""
    metric: str = ""


class PickButton(CallbackData, prefix="pick"):
    """Show `/er` of one of the channels: which?"""


class CompareAllButton(CallbackData, prefix="cmpall"):
    """Show `/compare` of every channel in a message of its own."""


class PauseButton(CallbackData, prefix="pause"):
    """No summaries, or no alerts, for so many days; under one of them."""

    kind: str
    days: int


class MorningButton(CallbackData, prefix="morning"):
    """A summary every morning."""


class PlacementButton(CallbackData, prefix="pl"):
    """`action`: card, terms, views (`value`, if typed already), revenue, out, ask_remove, remove; without a placement: new, all,
    table, skip; of either: into (`value`, the channel to advertise), field (`value`, its place in the form).
    """

    action: str
    placement: int = 0
    value: int = 0
