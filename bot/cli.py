"""`otklik`: the program from a terminal. Only names and options stand here; each command loads what it needs."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bot.terminal.money_commands import add_commands

app = typer.Typer(
    name="otklik",
    help="How a channel's audience responds: true numbers from statistics files and from Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
database = typer.Typer(name="db", help="The database.", no_args_is_help=True)
app.add_typer(database)
money = typer.Typer(
    name="money",
    help="What an ad costs and what comes back: CPM ... LTV, each answer with its formula.",
    no_args_is_help=True,
)
app.add_typer(money)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Statistics files; several of one channel are one history."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="ISO", help="The moment of the question; the newest time in the files by default."
    ),
]
Zone = Annotated[
    str, typer.Option("--tz", metavar="ZONE", help="Time zone of days and of times that name none.")
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="ru|en", help="Language of sentences; from LANG by default.")
]
RoleName = Annotated[
    Literal["all", "chat", "jobs"],
    typer.Option(help="Everything, or one half of it: chat answers people, jobs sends what is due."),
]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="PAIRS", help='Which column is which, where titles do not say: "date=Вышло,views=Глянули".'
    ),
]
DayFirst = Annotated[
    bool | None,
    typer.Option("--day-first/--month-first", help="What comes first in dates such as 03/04/2025."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


@app.command()
def read(
    files: Files,
    columns: Columns = None,
    day_first: DayFirst = None,
    as_of: AsOf = None,
    tz: Zone = "UTC",
    lang: Language = None,
    as_json: Json = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Name every column: what it was taken for, or why it was left aside."),
    ] = False,
) -> None:
    """Shows what the importer understands of files."""
    _call(
        "read", "read", files,
        columns=columns, day_first=day_first, as_of=as_of, zone=tz, language=lang, as_json=as_json, explain=explain,
    )  # fmt: skip


@app.command()
def report(
    files: Files,
    subscribers: Annotated[
        str | None, typer.Option(metavar="N", help="Subscribers, as of that moment: 12500, 12.5K.")
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="P", help="7d, 30d, week, month, october, 1.10-31.10.")
    ] = "7d",
    columns: Columns = None,
    day_first: DayFirst = None,
    as_of: AsOf = None,
    tz: Zone = "UTC",
    lang: Language = None,
    as_json: Json = False,
    png: Annotated[Path | None, typer.Option(metavar="PATH", help="Write the picture here.")] = None,
) -> None:
    """Gives the answer to /er, without Telegram."""
    _call(
        "report", "report", files,
        subscribers=subscribers, period=period, columns=columns, day_first=day_first,
        as_of=as_of, zone=tz, language=lang, as_json=as_json, png=png,
    )  # fmt: skip


@app.command()
def replay(
    files: Files,
    rule: Annotated[
        str,
        typer.Option(
            metavar="normal|calm|sensitive|literal", help="How sure a warning has to be; literal: never mind."
        ),
    ] = "normal",
    gate: Annotated[
        float, typer.Option(metavar="PERCENT", help="The smallest drop to warn of, 10 to 50.")
    ] = 20,
    country: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Whose holidays to think of: RU, KZ ... or none; the zone's by default."
        ),
    ] = None,
    as_of: AsOf = None,
    tz: Zone = "UTC",
    lang: Language = None,
    as_json: Json = False,
) -> None:
    """Gives the warnings that the history in files would have given, day by day."""
    _call(
        "replay",
        "replay",
        files,
        rule=rule,
        gate_percent=gate,
        country=country,
        as_of=as_of,
        zone=tz,
        language=lang,
        as_json=as_json,
    )


@app.command()
def check(
    files: Files,
    subscribers: Annotated[
        str | None, typer.Option(metavar="N", help="Subscribers, as of that moment: 12500, 12.5K.")
    ] = None,
    price: Annotated[str | None, typer.Option(metavar="P", help="What an ad there costs.")] = None,
    topic: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="The usual CPM of a topic: education, business, news ..."),
    ] = None,
    as_of: AsOf = None,
    tz: Zone = "UTC",
    lang: Language = None,
    as_json: Json = False,
) -> None:
    """Shows signs of a fake audience, and what an ad would get for its price."""
    _call(
        "check", "check", files,
        subscribers=subscribers, price=price, topic=topic, as_of=as_of, zone=tz, language=lang, as_json=as_json,
    )  # fmt: skip


def _money(code: str, texts: Mapping[str, str | None], *, language: str | None, as_json: bool) -> None:
    _call("money", "money", code, texts, language=language, as_json=as_json)


add_commands(money, _money, Language, Json)


@app.command()
def run(role: RoleName = "all") -> None:
    """Runs the bot with the settings of the environment and .env."""
    raise typer.Exit(import_module("bot.__main__").main(role))


@app.command()
def demo(
    port: Annotated[int, typer.Option(metavar="N", help="Where the chat page listens.")] = 8090,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append every request, answer and update here.")
    ] = None,
) -> None:
    """Runs a chat page, the bot and an example team on this machine: no token, no network."""
    _call("demo", "demo", port=port, record=record)


@app.command()
def doctor(
    alive: Annotated[bool, typer.Option("--alive", help="Only: has the bot's clock ticked lately?")] = False,
    role: RoleName = "all",
) -> None:
    """Checks everything the bot stands on, a line each."""
    _call("doctor", "doctor", only_alive=alive, role=role)


@app.command(context_settings={"ignore_unknown_options": True})  # an id begins with a minus
def counters(
    channel: Annotated[
        str, typer.Argument(metavar="CHANNEL", help="Where the bot is an admin: @name, or the id.")
    ],
    message: Annotated[int, typer.Argument(metavar="MESSAGE", min=1, help="The number of a post in it.")],
    lang: Language = None,
) -> None:
    """Asks Telegram for one post by its number, and says which counters came: what API_ID is worth."""
    _call("counters", "counters", channel=channel, message=message, language=lang)


@database.command("upgrade")
def db_upgrade() -> None:
    """Creates the database or brings it up to date."""
    _call("doctor", "upgrade_database")


@database.command("backup")
def db_backup(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file that is not there yet.")],
    lang: Language = None,
) -> None:
    """Copies the whole database into a file while the bot runs."""
    _call("backup", "backup", path, language=lang)


@database.command("move")
def db_move(
    address: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            envvar="NEW_DATABASE_URL",
            help="An empty database; by NEW_DATABASE_URL it stays off the screen.",
        ),
    ],
    lang: Language = None,
) -> None:
    """Copies everything into an empty database: from SQLite to PostgreSQL, or back."""
    _call("moving", "move_to", address, language=lang)


@database.command("size")
def db_size(lang: Language = None, as_json: Json = False) -> None:
    """Shows rows and bytes of every table."""
    _call("sizes", "size", language=lang, as_json=as_json)


def main() -> None:
    app()


def _call(module: str, function: str, *args: Any, **kwargs: Any) -> None:
    """Calls a command and exits by its code: 0, 1 for «something is wrong», 2 for refused input."""
    code: int = getattr(import_module(f"bot.terminal.{module}"), function)(*args, **kwargs)
    if code:
        raise typer.Exit(code)


if __name__ == "__main__":
    main()
