"""Names of routes, as tests list them."""

from collections.abc import Callable


def route_name(callback: Callable) -> str:
    """«feature.function»; «file.function» where a feature has several files of them."""
    _, _, feature, file = callback.__module__.split(".")
    return f"{feature if file == 'handlers' else file}.{callback.__name__}"
