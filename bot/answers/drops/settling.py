"""What a day's decisions change and what of that is told: tracks, episodes, states. Inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.answers.drops.facts import as_json
from bot.answers.drops.request import Evaluation, Judgement
from metrics.drops.decision import ALARMS, STATES
from metrics.drops.episodes import Step, Track, advance, confirm
from metrics.drops.parameters import SLOW_POSTS, Rule
from storage.engine import Connection
from storage.workspace import episodes, sources, standing
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

PUSHES_A_DAY = 5  # docs/evidence.md#3.4 (c): the rest is told in the summary
ONLY_CRITICAL_ABOVE = 30  # channels; docs/evidence.md#3.4 (b)
SILENT_AFTER_S = 3 * 86_400
FALLS = ("opened", "worsened")


@dataclass(slots=True)
class News:
    """The payload of one message, as JSON; `more`: drops that are left to the summary."""

    told: list[dict[str, Any]] = field(default_factory=list)
    common: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.told or self.common or self.missing)

    def payload(self) -> dict[str, Any]:
        return {"told": self.told, "common": self.common, "missing": self.missing, "more": self.more}


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who wants to hear: `is_told` False keeps everything for the summary, `muted` some channels."""

    is_told: bool
    muted: Mapping[int, int]

    def of(self, channel_id: int) -> bool:
        return self.is_told and channel_id not in self.muted


async def settle_drops(
    conn: Connection, workspace: Workspace, evaluation: Evaluation, rule: Rule, hearing: Hearing, on: date
) -> News:
    """Settles each channel and metric once a local date; whoever comes second changes and tells nothing."""
    news = News()
    critical_only = len({one.channel_id for one in evaluation.judged}) > ONLY_CRITICAL_ABOVE
    for judged in sorted(evaluation.judged, key=_weight, reverse=True):
        decision = judged.decision
        before = await episodes.claim(conn, workspace.id, judged.channel_id, decision.metric, on)
        if before is None:
            continue
        step = _step(before.track, judged, rule, on)
        fell = any(event in FALLS for event in step.events)
        wanted = fell and decision.is_pushed and hearing.of(judged.channel_id)
        wanted = wanted and (decision.state == "critical" or not critical_only)
        is_pushed = wanted and sum(one["event"] in FALLS for one in news.told) < PUSHES_A_DAY
        news.more += wanted and not is_pushed
        episode_id = await episodes.move(
            conn,
            workspace.id,
            judged.channel_id,
            decision.metric,
            before,
            step,
            is_pushed=is_pushed,
            facts=as_json(decision),
        )
        known = before.kept is not None and before.kept.is_pushed and hearing.of(judged.channel_id)
        news.told += [
            _told(event, episode_id, judged, evaluation)
            for event in step.events
            if episode_id is not None and (is_pushed if event in FALLS else known)
        ]
    return news


async def settle_states(
    conn: Connection,
    workspace: Workspace,
    channels: Sequence[Channel],
    evaluation: Evaluation,
    news: News,
    hearing: Hearing,
    now: int,
) -> None:
    """Settles what is no drop of a channel, each told once.

    That is silence of its source, lost rights, a fall that all share.
    """
    silent = {f"silent/{one.id}": one for one in channels if _is_silent(one, now)}
    falls = {f"common/{metric}": fall for metric, fall in evaluation.common.items() if fall.is_told}
    few = _too_few(evaluation)
    turned = await standing.renew(conn, workspace.id, [*silent, *falls, *few])
    if not hearing.is_told:
        return
    for subject, fall in falls.items():
        if subject in turned.begun and fall.drop_percent > 0:
            metric = subject.partition("/")[2]
            told = {"metric": metric, "drop_percent": fall.drop_percent, "channels": fall.channels}
            news.common.append(told)
    read = await sources.read_by_themselves(conn, workspace.id)
    for one in channels:
        if f"silent/{one.id}" in turned.begun and hearing.of(one.id):
            kind = "no_page" if one.id in read else "no_data"
            news.missing.append({"kind": kind, "channel": one.id, "since": one.observed_at})
        if f"few/{one.id}" in turned.begun and f"silent/{one.id}" not in silent and hearing.of(one.id):
            news.missing.append({"kind": "few_posts", "channel": one.id, "since": None})


def _step(track: Track, judged: Judgement, rule: Rule, on: date) -> Step:
    if judged.drop_24h_percent is not None:
        step = confirm(track, judged.drop_24h_percent, rule, on)
        if step.closed is not None:
            return step
        track = step.track
    return advance(track, judged.decision, rule, on)


def _weight(judged: Judgement) -> tuple[int, float]:
    """Returns a weight: the most serious comes first, then what costs most views."""
    return STATES.index(judged.decision.state), (judged.decision.drop_percent or 0.0) * judged.usual_views


def _told(event: str, episode_id: int, judged: Judgement, evaluation: Evaluation) -> dict[str, Any]:
    metric = judged.decision.metric
    others = sum(
        one.decision.is_decided and one.decision.state not in ALARMS
        for one in evaluation.judged
        if one.decision.metric == metric and one.channel_id != judged.channel_id
    )
    return {"event": event, "episode": episode_id, "facts": as_json(judged.decision), "others": others}


def _too_few(evaluation: Evaluation) -> set[str]:
    """Returns the slow channels whose last posts of 42 days are too few to compare."""
    return {
        f"few/{one.channel_id}"
        for one in evaluation.judged
        if one.decision.metric == "views" and one.decision.is_slow and one.decision.n < SLOW_POSTS
    }


def _is_silent(channel: Channel, now: int) -> bool:
    return channel.observed_at is not None and now - channel.observed_at > SILENT_AFTER_S
