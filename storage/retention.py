"""How long everything is kept: the one place of each age. docs/storage.md#keeping-house prints this table.

Whatever is not named here stays until its chat, its channel or its import is deleted.
"""

from metrics.durations import DAY_S, HOUR_S

UPDATES_S = 48 * HOUR_S  # ids of handled updates: Telegram offers an unconfirmed one again for 24 h
TICKS_S = 24 * HOUR_S  # of a process that runs no more
SPENT_S = HOUR_S  # what a person asked for, counted by the hour
DELIVERIES_S = 90 * DAY_S  # sent or given up: to be looked at when somebody asks what became of a message
PICTURES_S = 60 * DAY_S  # Telegram's ids of pictures: their keys hold the data's version, which has moved on
PERSONS_S = 30 * DAY_S  # who joined or left, as a keyed hash; afterwards only that somebody did
QUESTIONS_S = 30 * DAY_S  # that nobody answered
WATCHED_S = 90 * DAY_S  # channels that were checked, never added, and are read no more
UPLOADS_S = 24 * HOUR_S  # files of a dialogue that nobody came back to: they are fetched again
DRAWN_S = 26 * HOUR_S  # pictures made ahead are sent within hours, or never

DENSE_S = 30 * DAY_S  # of posts so young every reading stays
# The audit looks at every reading of the first week of a channel's posts of 120 days (`bot/features/check/gather.py`).
AUDITED_S = 121 * DAY_S
FIRST_WEEK_H = 180  # and a reading past its end, to which growth is drawn
AUDIENCE_S = 60 * DAY_S  # afterwards the counts around midnight are enough

# Ages at which any figure looks at a post, in hours. What lies on either side of one stays for ever.
AGES_H = (1, 2, 3, 4, 6, 12, 24, 48, 72, 168, 336, 720, 1440, 2160, 4320, 8760)

# Seconds by what they are of, as the page names it.
TOLD = {
    "`inbox`, ids of handled updates": UPDATES_S,
    "`tick`, of one process": TICKS_S,
    "`quota`": SPENT_S,
    "`delivery`, sent or given up": DELIVERIES_S,
    "`picture`": PICTURES_S,
    "`question`, not answered": QUESTIONS_S,
    "`member_event`, who it was": PERSONS_S,
    "`channel`, checked and never added": WATCHED_S,
    "`DATA_DIR/upload-*`": UPLOADS_S,
    "`DATA_DIR/pictures`": DRAWN_S,
    "`reading`, dense after the first week": DENSE_S,
    "`reading`, dense within the first week": AUDITED_S,
    "`audience`, dense": AUDIENCE_S,
}
