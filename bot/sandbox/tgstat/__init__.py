"""TGStat on loopback: the sandbox's own public channels as its API gives them."""
