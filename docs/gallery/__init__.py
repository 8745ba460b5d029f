"""Every picture of the bot, of channels of every kind, in both languages: for a look by eye. `python -m docs.gallery`."""
