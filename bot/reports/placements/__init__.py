"""Bought posts: the card of one, the ledger of all, the table of all."""
