"""One post's card: its figures beside the channel's own, asked for by its link, by forwarding it, or under `/top`."""
