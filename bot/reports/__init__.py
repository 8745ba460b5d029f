"""One file a report: `gather` (async, in the bot: rows from storage) and `build` (pure, in a worker)."""
