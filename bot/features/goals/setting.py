"""Setting a goal: what there is now is measured first, so that its way has a beginning."""

from collections.abc import Mapping, Sequence

from bot.answers.aims import aim_of
from bot.answers.gather import gather
from bot.answers.goals import amount, goal_lines, goal_name
from bot.core.parsing.goals import TypedGoal
from bot.core.parsing.periods import PeriodChoice
from bot.core.workers import Workers
from bot.features.goals.request import Facts, FactsRequest, measure
from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from metrics.goals import progress
from storage.workspace import goals
from storage.workspace.channels import Channel
from storage.workspace.goals import Goal

MEASURED_OVER = PeriodChoice(days=30)  # of a week a rate is mostly luck


async def facts_of(chat: Conversation, workers: Workers, measured: Sequence[Channel]) -> Facts:
    """Returns the facts of the last 30 days; channels without a post are left out."""
    requests = {}
    async with chat.read() as conn:
        for channel in measured:
            try:
                requests[channel.id] = await gather(
                    conn, chat.workspace, channel, MEASURED_OVER, chat.now, draw=False
                )
            except DomainError as error:
                if error.code not in ("er.no_data", "er.before_data"):
                    raise
    return await workers.run(measure, FactsRequest(requests)) if requests else {}


async def set_goal(
    chat: Conversation, workers: Workers, channel: Channel, typed: TypedGoal
) -> tuple[str, Goal]:
    """Returns what to say of a goal, and the goal.

    Raises DomainError("channel.gone"), ("goal.too_many").
    """
    facts: Mapping[str, float | None] = (await facts_of(chat, workers, [channel])).get(channel.id, {})
    async with chat.begin() as conn:
        before = {one.metric: one for one in await goals.of_channel(conn, chat.workspace.id, channel.id)}
        known = before.get(typed.metric)
        if known is not None and (known.target, known.due_on) == (typed.target, typed.due_on):
            return "\n".join(_told(chat, channel, known, known, facts)), known  # its way has begun
        made = await goals.save(
            conn,
            chat.workspace.id,
            channel.id,
            metric=typed.metric,
            target=typed.target,
            due_on=typed.due_on,
            start_value=facts.get(typed.metric),
            start_on=chat.today,
            person=chat.person,
        )
    return "\n".join(_told(chat, channel, made, before.get(typed.metric), facts)), made


def _told(
    chat: Conversation, channel: Channel, made: Goal, before: Goal | None, facts: Mapping[str, float | None]
) -> list[str]:
    t, aim = chat.t, aim_of(made)
    found = progress(aim, facts.get(made.metric), chat.today)
    lines = [t("goal.channel", channel=channel.title), *goal_lines([aim], facts, chat.today, t)]
    if before == made:
        lines.append(t("goal.known", since=t.date(made.start_on, year=True)))
    elif before is not None:
        lines.append(t("goal.changed", before=goal_name(aim_of(before), chat.today, t)))
    if found.state == "reached":
        lines.append(t("goal.reached_already"))
    elif found.a_day is not None and made.metric == "subscribers":
        lines.append(t("goal.a_day", count=amount("subscribers", max(1, found.a_day), t)))
    elif found.state == "unknown":
        lines.append(t(f"goal.unknown.{made.metric}"))
    return [*lines, t("goal.where")]
