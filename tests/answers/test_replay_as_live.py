"""What breaks: a replay, or the preview of /alerts, that warns where the daily look would not, or the other way round."""

import math
from dataclasses import replace
from datetime import UTC, date

import numpy as np
import pytest

from bot.answers.drops.evaluation import evaluate_all, fit_metrics
from bot.answers.drops.preview import count
from bot.answers.drops.request import ChannelRows, EvaluationRequest, FitRequest, PreviewRequest
from metrics.drops import episodes
from metrics.drops.episodes import Episode, Track
from metrics.drops.parameters import METRICS, rule
from metrics.drops.replay import History, history, holidays_over, replay
from metrics.drops.spans import Span
from metrics.frame import audience_table, table
from metrics.posts import Post
from tests.metrics.drops.made import DAY_S, MONDAY, post

NORMAL = rule("normal")
ZONE = "UTC"
READ_AFTER_DAYS = 8  # a day is judged once its posts are 7 days old
DAYS, OCTOBER = 135, 105  # of the history, the days of it before 6 January 2025
NEW_YEAR = (OCTOBER - 7, OCTOBER + 5)  # 30 December - 10 January
FALL_ON, FALLEN_TO = OCTOBER + 18, 0.5


def made(seed: int) -> list[Post]:
    """Two noisy posts a day since September: 35 % less over New Year, a single bad day before, half the views in the end."""
    rng, rows = np.random.default_rng(seed), []
    for day in range(DAYS):
        level = 0.65 if NEW_YEAR[0] <= day < NEW_YEAR[1] else FALLEN_TO if day >= FALL_ON else 1.0
        shift = rng.normal(0, 0.12)
        for hour in (9, 18):
            views = 3000 * level * math.exp(shift + rng.normal(0, 0.2))
            rows.append(post(day - OCTOBER, hour, views, views * 0.03 * math.exp(rng.normal(0, 0.3))))
    return rows


class Live:
    """The daily look and the weekly fit as the bot runs them, a day after another."""

    def __init__(self, posts: list[Post], country: str) -> None:
        self.posts, self.country = posts, country
        self.tracks: dict[str, Track] = {}
        self.fitted: dict[str, float] = {}
        self.ended: list[Episode] = []

    def judge(self, day: int) -> None:
        request = EvaluationRequest(ZONE, _read_at(day), NORMAL, [self._rows()], self.country)
        for judged in evaluate_all(request).judged:
            decision, on = judged.decision, date.fromordinal(day)
            step = episodes.advance(self.tracks.get(decision.metric, episodes.NEW), decision, NORMAL, on)
            self.tracks[decision.metric] = step.track
            if step.closed is not None:
                self.ended.append(step.closed)

    def fit(self, last: int) -> None:
        cut: dict[str, list[Span]] = {}
        for one in self.episodes:
            end = last if one.closed is None else one.closed.toordinal()
            cut.setdefault(one.metric, []).append(Span(one.since.toordinal(), end))
        request = FitRequest(ZONE, _read_at(last), NORMAL, self.country, self._rows(), cut, self.fitted)
        found = fit_metrics(request)
        self.fitted |= {metric: one.z for metric, one in found.items() if one.z is not None}

    def _rows(self) -> ChannelRows:
        return ChannelRows(1, "telegram", self.posts, self.posts, (), self.tracks, self.fitted)

    @property
    def episodes(self) -> list[Episode]:
        is_open = [track.episode for track in self.tracks.values() if track.episode is not None]
        return sorted([*self.ended, *is_open], key=lambda one: (one.opened, one.metric))


def _read_at(day: int) -> int:
    return (day - date(1970, 1, 1).toordinal() + READ_AFTER_DAYS) * DAY_S


def lived(posts: list[Post], country: str) -> Live:
    live, first = Live(posts, country), MONDAY - OCTOBER
    for day in range(first, first + DAYS):
        live.judge(day)
        if (day - first) % 7 == 6:
            live.fit(day)
    return live


def of_file(posts: list[Post], **changes: object) -> History:
    as_of = _read_at(MONDAY - OCTOBER + DAYS - 1)
    made_of = history("one", table(posts), audience_table(()), platform="telegram", zone=UTC, as_of=as_of)
    return replace(made_of, **changes)


@pytest.mark.parametrize("country", ["RU", "none"])
def test_a_replay_opens_and_closes_what_the_daily_look_would(country):
    posts = made(4)
    live = lived(posts, country)
    histories = [of_file(posts)]
    found = replay(histories, NORMAL, spans=holidays_over(histories, country)).channels[0]
    assert live.fitted.keys() == set(METRICS)
    assert [one for one in found.episodes if one.metric == "views"]
    assert found.episodes == live.episodes


def test_the_threshold_of_a_channel_counts_in_its_replay():
    """By hand: no fall is as sure as 50 standard errors."""
    posts = made(4)
    histories = [of_file(posts)]
    assert replay(histories, NORMAL).channels[0].episodes
    deaf = [replace(histories[0], fitted=dict.fromkeys(["views", "er"], 50.0))]
    assert replay(deaf, NORMAL).channels[0].episodes == []


def test_a_dip_over_new_year_is_no_alert_of_the_preview_and_the_fall_after_it_is():
    rows = ChannelRows(1, "telegram", made(4), (), (), {})
    as_of = _read_at(MONDAY - OCTOBER + DAYS - 1)
    counted = {
        country: count(PreviewRequest(ZONE, as_of, 20, 60, [rows], country))["normal"]
        for country in ("RU", "none")
    }
    assert counted["RU"] == 1
    assert counted["none"] > counted["RU"]
