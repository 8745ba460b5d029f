"""How the bot is, for machines that ask: loaded only where HEALTH_PORT is set."""
