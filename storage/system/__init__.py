"""What spans workspaces: the inbox, the outbox, what is due, who may read what, who sends. No feature imports this."""
