"""A call of every storage function that takes a workspace: as one workspace, with the ids of another's place."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import date
from typing import Any

from metrics.drops.compared import Fit
from metrics.drops.episodes import Track, accept
from metrics.placement import Reading
from metrics.posts import AudienceReading, Post
from metrics.reposts import Repost
from storage.engine import Connection
from storage.files.upload.notes import HeaderMeanings
from storage.upload_steps import Step as UploadStep
from storage.workspace import (
    audience,
    channels,
    column_choices,
    deletions,
    deliveries,
    episodes,
    exact_progress,
    fits,
    follows,
    gaps,
    goals,
    imports,
    keys,
    live,
    looking,
    members,
    network_progress,
    notes,
    pictures,
    placements,
    placements_people,
    post_pages,
    posts,
    questions,
    quotas,
    reposts,
    schedules,
    single_posts,
    sources,
    standing,
    tgstat_channels,
    transfers,
    workspaces,
)
from storage.workspace.deletions import Look
from storage.workspace.news import Comment, MemberEvent, Message, News, ReactionTotals, Thread
from tests.storage.places import (
    A_DROP,
    NOW,
    PUBLISHED,
    SECRET,
    Place,
    a_post,
    a_schedule,
    enqueue,
)

NEWS = News(
    messages=[Message(1, PUBLISHED, None, PUBLISHED, 1, "text", 1, None, False, False, "наш", None)],
    reacted=[ReactionTotals(1, NOW, 2, 3, 0)],
    threads=[Thread(-77, 5, 1)],
    comments=[Comment(-77, 6, 5, NOW)],
    members=[MemberEvent("hash", NOW, True, None, None)],
)

# (conn, the workspace that asks, the place whose other ids are named)
Case = Callable[[Connection, int, Place], Awaitable[Any]]


async def _close_theirs(conn: Connection, workspace_id: int, of: Place) -> int | None:
    """With everything a stranger could know: the channel, the metric, the number of the episode."""
    named = episodes.StoredEpisode(of.episode_id, of.channel_id, A_DROP, is_pushed=True, facts={})
    before = episodes.TrackState(Track(A_DROP), named)
    step = accept(before.track, date(2026, 11, 25))
    return await episodes.move(
        conn, workspace_id, of.channel_id, "views", before, step, is_pushed=False, facts={}
    )


async def _aim(conn: Connection, workspace_id: int, channel_id: int) -> goals.Goal:
    return await goals.save(
        conn,
        workspace_id,
        channel_id,
        metric="er",
        target=3.0,
        due_on=date(2027, 3, 1),
        start_value=None,
        start_on=date(2026, 11, 20),
        person=5,
    )


def _named(of: Place) -> placements.Placement:
    """With everything a stranger could know: the channel that is advertised and the link."""
    known = dict.fromkeys(field.name for field in fields(placements.Placement))
    about = {"id": of.placement_id, "channel_id": of.channel_id, "invite_link": SECRET, "created_at": 0}
    return placements.Placement(**{**known, **about})


def _where(of: Place) -> dict[str, Any]:
    return {"handle": "news", "chat_id": -1001, "title": SECRET}


async def _rows(page: Awaitable[post_pages.Page]) -> list[Post]:
    return (await page).rows


async def _any_post(conn: Connection, workspace_id: int, of: Place) -> list[object]:
    """By every number that a button could carry."""
    return [await single_posts.get(conn, workspace_id, of.channel_id, number) for number in range(1, 9)]


CASES: dict[str, Case] = {
    "workspaces.get": lambda c, w, of: workspaces.get(c, w),
    "workspaces.set_language": lambda c, w, of: workspaces.set_language(c, w, "en"),
    "workspaces.set_zone": lambda c, w, of: workspaces.set_zone(c, w, "UTC"),
    "workspaces.move": lambda c, w, of: workspaces.move(c, w, of.chat_id + 5),
    "workspaces.delete_everything": lambda c, w, of: workspaces.delete_everything(c, w),
    "channels.add": lambda c, w, of: channels.add(
        c, w, platform="telegram", title="новый", handle="news", now=NOW
    ),
    "channels.visible": lambda c, w, of: channels.visible(c, w),
    "channels.get": lambda c, w, of: channels.get(c, w, of.channel_id),
    "channels.find": lambda c, w, of: channels.find(c, w, **_where(of)),
    "channels.remove": lambda c, w, of: channels.remove(c, w, of.channel_id),
    "transfers.transfer": lambda c, w, of: transfers.transfer(
        c, w, of.channel_id, to_workspace_id=w, person=5, is_channel_admin=True, now=NOW
    ),
    "channels.grant": lambda c, w, of: channels.grant(c, w, of.channel_id, reader_workspace_id=w),
    "channels.revoke": lambda c, w, of: channels.revoke(c, w, of.channel_id),
    "channels.withdraw": lambda c, w, of: channels.withdraw(
        c, w, of.channel_id, reader_workspace_id=of.workspace_id
    ),
    "channels.rename": lambda c, w, of: channels.rename(c, w, of.channel_id, "чужой"),
    "channels.archive": lambda c, w, of: channels.archive(c, w, of.channel_id, 5),
    "channels.archived": lambda c, w, of: channels.archived(c, w),
    "channels.readers": lambda c, w, of: channels.readers(c, w),
    "channels.grant_ends_at": lambda c, w, of: channels.grant_ends_at(c, w, of.channel_id),
    "channels.set_admin": lambda c, w, of: channels.set_admin(c, w, of.channel_id, bot_is_admin=True),
    "posts.store": lambda c, w, of: posts.store(
        c, w, of.channel_id, [a_post("1", views=5), a_post("9")], import_id=None, source="bot", now=NOW
    ),
    "posts.window": lambda c, w, of: posts.window(c, w, of.channel_id, 0, NOW),
    "posts.deleted": lambda c, w, of: posts.deleted(c, w, of.channel_id, 0, NOW),
    "posts.latest": lambda c, w, of: posts.latest(c, w, of.channel_id, before=NOW, limit=9),
    "posts.count": lambda c, w, of: posts.count(c, w, of.channel_id, 0, NOW),
    "posts.span": lambda c, w, of: posts.span(c, w, of.channel_id),
    "post_pages.of_posts": lambda c, w, of: _rows(
        post_pages.of_posts(c, w, of.channel_id, after=None, limit=9)
    ),
    "post_pages.of_readings": lambda c, w, of: _rows(
        post_pages.of_readings(c, w, of.channel_id, after=None, limit=9)
    ),
    "post_pages.count_readings": lambda c, w, of: post_pages.count_readings(c, w, of.channel_id),
    "post_pages.first_of_newest": lambda c, w, of: post_pages.first_of_newest(c, w, of.channel_id, 1),
    "sources.read_by_themselves": lambda c, w, of: sources.read_by_themselves(c, w),
    "single_posts.get": _any_post,
    "single_posts.find": lambda c, w, of: single_posts.find(c, w, of.channel_id, "1"),
    "single_posts.ids": lambda c, w, of: single_posts.ids(c, w, of.channel_id, ["1"]),
    "single_posts.newest": lambda c, w, of: single_posts.newest(c, w, of.channel_id, limit=9),
    "single_posts.readings": lambda c, w, of: single_posts.readings(c, w, of.channel_id, "1"),
    "posts.early_readings": lambda c, w, of: posts.early_readings(c, w, of.channel_id, 0, NOW, (0, NOW)),
    "posts.brought": lambda c, w, of: posts.brought(c, w, of.channel_id, of.import_id),
    "deletions.note": lambda c, w, of: deletions.note(
        c, w, of.channel_id, Look(NOW, frozenset({"1", "2", "7", "8", "9"}), frozenset({"10"}), is_admin=True)
    ),
    "deletions.window": lambda c, w, of: deletions.window(c, w, of.channel_id, 0, NOW),
    "exact_progress.begin": lambda c, w, of: exact_progress.begin(c, w, of.channel_id, NOW),
    "exact_progress.get": lambda c, w, of: exact_progress.get(c, w, of.channel_id),
    "exact_progress.show": lambda c, w, of: exact_progress.show(c, w, of.channel_id, 9),
    "network_progress.begin": lambda c, w, of: network_progress.begin(
        c, w, of.channel_id, network="vk", place="1", now=NOW
    ),
    "network_progress.get": lambda c, w, of: network_progress.get(c, w, of.channel_id),
    "network_progress.places": lambda c, w, _of: network_progress.places(c, w),
    "network_progress.end_all": lambda c, w, _of: network_progress.end_all(c, w),
    "audience.store": lambda c, w, of: audience.store(
        c, w, of.channel_id, [AudienceReading(NOW, 5, 0)], source="person", now=NOW
    ),
    "audience.window": lambda c, w, of: audience.window(c, w, of.channel_id, 0, NOW + 1),
    "audience.newest": lambda c, w, of: audience.newest(c, w, of.channel_id),
    "imports.begin": lambda c, w, of: imports.begin(
        c,
        w,
        requested_by=5,
        chat_id=of.chat_id,
        message_id=of.message_id,
        file_ids=[],
        file_names=[],
        now=NOW,
    ),
    "imports.of_message": lambda c, w, of: imports.of_message(c, w, of.chat_id, of.message_id),
    "imports.get": lambda c, w, of: imports.get(c, w, of.import_id),
    "imports.find_same": lambda c, w, of: imports.find_same(c, w, "same"),
    "imports.set_status_message": lambda c, w, of: imports.set_status_message(c, w, of.import_id, 5),
    "imports.newest_of": lambda c, w, of: imports.newest_of(c, w, of.user_id),
    "imports.ids": lambda c, w, of: imports.ids(c, w),
    "imports.note_dialogue": lambda c, w, of: imports.note_dialogue(c, w, of.import_id, {"said": True}),
    "imports.move": lambda c, w, of: imports.move(c, w, of.import_id, UploadStep.SUBSCRIBERS),
    "imports.finish": lambda c, w, of: imports.finish(
        c, w, of.waiting_id, sha256="other", format="csv", understood={}, now=NOW
    ),
    "imports.fail": lambda c, w, of: imports.fail(c, w, of.waiting_id, now=NOW),
    "imports.reopen": lambda c, w, of: imports.reopen(c, w, of.import_id, {}),
    "imports.advance": lambda c, w, of: imports.advance(c, w, of.waiting_id, {"plan": "other"}),
    "imports.begin_undo": lambda c, w, of: imports.begin_undo(c, w, of.import_id, NOW),
    "imports.take_back_some": lambda c, w, of: imports.take_back_some(
        c, w, of.import_id, NOW, rows_at_most=1000
    ),
    "imports.newest_left": lambda c, w, of: imports.newest_left(c, w, of.import_id),
    "imports.settle": lambda c, w, of: imports.settle(c, w, of.import_id, {of.channel_id: (1, 1)}),
    "keys.put": lambda c, w, of: keys.put(
        c, w, "tgstat", sealed="s", hint="h", person=5, state="works", tariff=keys.Tariff("S", 9), now=NOW
    ),
    "keys.get": lambda c, w, of: keys.get(c, w, "tgstat"),
    "keys.remove": lambda c, w, of: keys.remove(c, w, "tgstat"),
    "keys.note_state": lambda c, w, of: keys.note_state(
        c, w, "tgstat", "spent", now=NOW + 1, tariff=keys.Tariff("L"), not_before=5
    ),
    "keys.spend": lambda c, w, of: keys.spend(c, w, "tgstat"),
    "reposts.store": lambda c, w, of: reposts.store(
        c, w, of.channel_id, [Repost("mention", None, "t.me/x/1", NOW, "x", "X", 5)], NOW
    ),
    "reposts.window": lambda c, w, of: reposts.window(c, w, of.channel_id, 0, NOW + 1),
    "reposts.of_posts": lambda c, w, of: reposts.of_posts(c, w, of.channel_id, 0, NOW + 1),
    "tgstat_channels.of_workspace": lambda c, w, of: tgstat_channels.of_workspace(c, w),
    "tgstat_channels.read_now": lambda c, w, of: tgstat_channels.read_now(c, w, NOW + 5),
    "looking.begin": lambda c, w, of: looking.begin(c, w, "message 1", 7),
    "looking.message_of": lambda c, w, of: looking.message_of(c, w, "message 1"),
    "looking.end": lambda c, w, of: looking.end(c, w, "message 1"),
    "quotas.spend": lambda c, w, of: quotas.spend(c, w, 5, "check", 1, an_hour=9, now=NOW),
    "questions.ask": lambda c, w, of: questions.ask(c, w, of.user_id, "what", {}, NOW),
    "questions.pending": lambda c, w, of: questions.pending(c, w, of.user_id),
    "questions.settle": lambda c, w, of: questions.settle(c, w, of.user_id),
    "live.begin": lambda c, w, of: live.begin(c, w, of.channel_id, live.CollectionTerms(5), NOW, person=5),
    "live.discussion_of": lambda c, w, of: live.discussion_of(c, w, of.channel_id),
    "live.store": lambda c, w, of: live.store(c, w, of.channel_id, NEWS, NOW),
    "live.come_of_age": lambda c, w, of: live.come_of_age(c, w, of.channel_id, NOW),
    "members.store": lambda c, w, of: members.store(c, w, of.channel_id, NEWS.members, NOW),
    "members.by_link": lambda c, w, of: members.by_link(c, w, of.channel_id, 0, NOW + 1),
    "members.joins": lambda c, w, of: members.joins(c, w, of.channel_id, 0, NOW + 1),
    "members.leaves": lambda c, w, of: members.leaves(c, w, of.channel_id, 0, NOW + 1),
    "members.known_since": lambda c, w, of: members.known_since(c, w, of.channel_id),
    "members.counts": lambda c, w, of: members.counts(c, w, of.channel_id, 0, NOW + 1),
    "gaps.window": lambda c, w, of: gaps.window(c, w, of.channel_id, 0, NOW, NOW),
    "follows.begin": lambda c, w, of: follows.begin(
        c, w, of.channel_id, handle="news", next_at=NOW, until=NOW
    ),
    "follows.end": lambda c, w, of: follows.end(c, w, of.channel_id),
    "follows.end_all": lambda c, w, of: follows.end_all(c, w),
    "follows.count": lambda c, w, of: follows.count(c, w),
    "follows.get": lambda c, w, of: follows.get(c, w, of.channel_id),
    "pictures.remember": lambda c, w, of: pictures.remember(c, w, "er", "ours", NOW),
    "placements.add": lambda c, w, of: placements.add(
        c, w, {"price": 5, "link": "new", "channel_id": of.channel_id, "added_by": 5, "created_at": NOW}
    ),
    "placements.get": lambda c, w, of: placements.get(c, w, of.placement_id),
    "placements.all_of": lambda c, w, of: placements.all_of(c, w),
    "placements.refuse_known": lambda c, w, of: placements.refuse_known(c, w, SECRET),
    "placements.change": lambda c, w, of: placements.change(c, w, of.placement_id, {"revenue": 9.0}),
    "placements.remove": lambda c, w, of: placements.remove(c, w, of.placement_id),
    "placements.keep_reading": lambda c, w, of: placements.keep_reading(
        c, w, of.placement_id, Reading(24, NOW, 5, 0, True, None, None)
    ),
    "placements.forget_people": lambda c, w, of: placements.forget_people(c, w, of.placement_id),
    "placements.readings": lambda c, w, of: placements.readings(c, w),
    "placements_people.people": lambda c, w, of: placements_people.people(c, w, [_named(of)], NOW),
    "placements.cpm_range": lambda c, w, of: placements.cpm_range(c, w),
    "column_choices.remember": lambda c, w, of: column_choices.remember(
        c, w, "header", HeaderMeanings({0: "date"}), NOW
    ),
    "column_choices.recall": lambda c, w, of: column_choices.recall(c, w),
    "column_choices.forget": lambda c, w, of: column_choices.forget(c, w, "header"),
    "goals.save": lambda c, w, of: _aim(c, w, of.channel_id),
    "goals.all_of": lambda c, w, of: goals.all_of(c, w),
    "goals.of_channel": lambda c, w, of: goals.of_channel(c, w, of.channel_id),
    "goals.remove": lambda c, w, of: goals.remove(c, w, of.goal_id),
    "notes.add": lambda c, w, of: notes.add(
        c, w, of.channel_id, noted_on=date(2026, 11, 20), text="новая", person=5, now=NOW
    ),
    "notes.same": lambda c, w, of: notes.same(c, w, of.channel_id, noted_on=date(2026, 1, 1), text="x"),
    "notes.window": lambda c, w, of: notes.window(c, w, of.channel_id, date(2020, 1, 1), date(2030, 1, 1)),
    "notes.newest": lambda c, w, of: notes.newest(c, w, 9),
    "notes.remove": lambda c, w, of: notes.remove(c, w, of.note_id),
    "pictures.recall": lambda c, w, of: pictures.recall(c, w, "er"),
    "pictures.forget": lambda c, w, of: pictures.forget(c, w, "er"),
    "schedules.get": lambda c, w, of: schedules.get(c, w, "digest"),
    "schedules.save": lambda c, w, of: schedules.save(c, w, a_schedule(next_due_at=NOW + 5)),
    "schedules.set_due": lambda c, w, of: schedules.set_due(c, w, "digest", NOW + 5),
    "schedules.switch_off": lambda c, w, of: schedules.switch_off(c, w, "blocked", NOW),
    "schedules.forget_thread": lambda c, w, of: schedules.forget_thread(c, w, 3),
    "schedules.mute": lambda c, w, of: schedules.mute(c, w, of.channel_id, NOW + 5),
    "schedules.unmute": lambda c, w, of: schedules.unmute(c, w, of.channel_id),
    "schedules.muted": lambda c, w, of: schedules.muted(c, w, NOW),
    "deliveries.enqueue": lambda c, w, of: enqueue(c, w, payload={"word": "новый"}),
    "deliveries.waiting": lambda c, w, of: deliveries.waiting(c, w, "digest", "7"),
    "deliveries.fold": lambda c, w, of: deliveries.fold(c, w, "digest", before=NOW + 1),
    "deliveries.give_up": lambda c, w, of: deliveries.give_up(c, w, "blocked"),
    "deliveries.forget_thread": lambda c, w, of: deliveries.forget_thread(c, w, 3),
    "episodes.tracks": lambda c, w, of: episodes.tracks(c, w),
    "episodes.evaluated": lambda c, w, of: episodes.evaluated(c, w, date(2020, 1, 1)),
    "episodes.claim": lambda c, w, of: episodes.claim(c, w, of.channel_id, "views", date(2026, 12, 1)),
    "episodes.tracked": lambda c, w, of: episodes.tracked(c, w, of.channel_id, "views"),
    "episodes.move": _close_theirs,
    "episodes.get": lambda c, w, of: episodes.get(c, w, of.episode_id),
    "episodes.opened": lambda c, w, of: episodes.opened(c, w),
    "episodes.of_channel": lambda c, w, of: episodes.of_channel(c, w, of.channel_id),
    "episodes.closed_since": lambda c, w, of: episodes.closed_since(c, w, date(2020, 1, 1)),
    "fits.fits": lambda c, w, of: fits.fits(c, w),
    "fits.save": lambda c, w, of: fits.save(c, w, of.channel_id, "views", Fit(2.4, 364, 360), 5),
    "standing.renew": lambda c, w, of: standing.renew(c, w, ["common/views"]),
}
