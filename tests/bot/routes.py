"""Names of routes, as tests list them."""

from collections.abc import Callable

from bot.answers.looks import Look


def route_name(callback: Callable) -> str:
    """«feature.function»; «file.function» where a feature has several files of them, «command.method» of a look."""
    if isinstance(look := getattr(callback, "__self__", None), Look):
        return f"{look.what}.{callback.__name__}"
    _, _, feature, file = callback.__module__.split(".")
    return f"{feature if file == 'handlers' else file}.{callback.__name__}"
