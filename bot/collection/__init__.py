"""Where counters come from by themselves: live updates of channels, and public pages of channels asked about."""
