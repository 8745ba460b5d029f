"""What every part of the bot stands on: time, tasks, workers, settings, words, charts, what people type."""
