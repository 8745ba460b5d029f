"""An example team: two channels with a year of posts made by the project itself, the same for the same seed and moment.

Standard library only: the bot's own process makes it for the demo.
"""

from bot.demo.files import as_csv, as_telethon_json
from bot.demo.team import ExampleChannel, generate_team

__all__ = ["ExampleChannel", "as_csv", "as_telethon_json", "generate_team"]
