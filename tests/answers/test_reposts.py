"""What breaks: a repost that is told with a number nobody counted, or a stranger's title that breaks the message."""

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.reposts import channel_lines, post_lines
from bot.core.locales import translator
from bot.sandbox.entities import parse_html
from metrics.reposts import Repost, ViewCount
from tests.metrics.test_reposts import AT, HOUR, decaying, repost
from tests.storage.places import a_post

RU, EN = translator("ru"), translator("en")


def _plain(lines) -> list[str]:
    return [parse_html(line)[0].replace("\xa0", " ") for line in lines]


def test_what_counts_show_is_told_with_its_number_and_the_rest_by_name():
    found = [repost(), repost(AT + 12 * HOUR, "z")]
    counts = decaying(jump_at=AT, jump=3_000)
    assert _plain(post_lines(found, counts, RU)) == ["репост у @x: +2 400 просмотров", "репост у @z"]
    assert _plain(post_lines(found, counts, EN)) == ["repost by @x: +2,400 views", "repost by @z"]
    assert post_lines([], counts, RU) == []


def test_a_channels_days_tell_gains_first_and_a_mention_of_the_channel_never_has_one():
    mention = Repost("mention", None, "t.me/c/5/1", AT, None, "Закрытый <b>", 9)
    others = [repost(AT + n * 60, f"n{n}")._replace(external_id="58") for n in range(5)]
    readings = [
        a_post("57", views=one.views, observed_at=one.at, published_at=AT - 30 * HOUR)
        for one in decaying(jump_at=AT, jump=3_000)
    ]
    told = _plain(channel_lines([repost(), mention, *others], readings, RU))
    assert told == ["репост у @x: +2 400 просмотров", "репосты и упоминания у @n0, @n1, @n2 и ещё 3"]
    assert _plain(channel_lines([mention], readings, EN)) == ["mention by Закрытый <b>"]


@given(
    st.lists(
        st.builds(
            Repost,
            kind=st.sampled_from(["forward", "mention"]),
            external_id=st.sampled_from([None, "57"]),
            link=st.text(max_size=20),
            at=st.integers(AT, AT + 90 * HOUR),
            handle=st.none() | st.text(min_size=1, max_size=10),
            title=st.none() | st.text(max_size=90),
            members=st.none() | st.integers(0, 10**7),
        ),
        max_size=6,
    )
)
def test_whatever_a_service_calls_a_channel_is_a_message_that_telegram_takes(found):
    counts = [ViewCount(AT - 40 * HOUR, 1), *decaying()]
    for line in [*post_lines(found, counts, RU), *channel_lines(found, [], EN)]:
        assert parse_html(line)[0]
