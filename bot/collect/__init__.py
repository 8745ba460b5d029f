"""What comes in by itself: live updates of channels where the bot is admin, and public pages of channels asked about."""
