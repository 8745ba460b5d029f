"""`otklik money FORMULA --cost 1000 ...`: a subcommand for every formula of the registry, an option for every input."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from metrics.money import MONEY, MoneyFormula
from metrics.money.formula import Input

_METAVARS = {"money": "AMOUNT", "count": "N", "percent": "PERCENT", "months": "MONTHS"}


def add_commands(app: typer.Typer, run: Callable[..., None], language: Any, as_json: Any) -> None:
    """Adds a command for each formula.

    It calls `run(code, texts, language=, as_json=)`; the two annotations are the options that every command
    has.
    """
    shared = [
        Parameter("lang", Parameter.KEYWORD_ONLY, default=None, annotation=language),
        Parameter("as_json", Parameter.KEYWORD_ONLY, default=False, annotation=as_json),
    ]
    for formula in MONEY.values():
        command = app.command(formula.code.replace("_", "-"), help=f"{formula.code} = {formula.symbols}")
        command(_command(formula, run, shared))


def _command(formula: MoneyFormula, run: Callable[..., None], shared: list[Parameter]) -> Callable[..., None]:
    def command(*, lang: str | None, as_json: bool, **texts: str | None) -> None:
        run(formula.code, texts, language=lang, as_json=as_json)

    own = [_parameter(one) for one in formula.inputs]
    vars(command)["__signature__"] = Signature([*own, *shared])  # typer reads options off a signature
    return command


def _parameter(one: Input) -> Parameter:
    usual = "" if one.usual is None else f"{one.usual:g} by default."
    option = typer.Option(metavar=_METAVARS[one.unit], help=usual, show_default=False)
    return Parameter(one.code, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option])
