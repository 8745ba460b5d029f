"""Every code the importer speaks; the sentences are in `bot/locales/*/files.po`."""

# `error.<code>`
REFUSALS = (
    "file.empty",
    "file.binary",
    "file.encrypted",
    "file.truncated",
    "file.broken_json",
    "file.too_deep",
    "file.too_large",
    "file.too_many_rows",
    "file.too_many_columns",
    "file.cell_too_long",
    "file.too_many_members",
    "file.nested_archive",
    "file.broken_archive",
    "file.unsafe_xml",
    "file.archive_without_statistics",
    "file.not_statistics",
    "file.unknown_page",
    "file.page_not_channel",
    "file.header_unknown",
    "file.no_counters",
    "file.no_posts",
    "file.channel_list",
    "file.planning_sheet",
    "file.geography",
    "file.breakdown",
    "file.chat_export",
    "file.posts_without_dates",
    "file.date_ambiguous",
    "file.unreadable",
)

# `files.skipped.<reason>`
SKIPPED = (
    "duplicate",
    "service",
    "album_member",
    "bad_date",
    "no_date",
    "total",
    "repeated_header",
    "note",
    "deleted",
    "chat",
)

# `files.warning.<code>`
WARNINGS = (
    "naive_times",
    "dates_without_time",
    "undated",
    "unreadable_numbers",
    "left_out",
    "daily_series",
    "dated_by_file",
    "post_without_id",
    "published_by_first_reading",
    "filled_down",
    "rates_by_day",
    "several_senders",
    "several_chats",
    "columns_told",
    "day_first_told",
    "month_first_told",
)
