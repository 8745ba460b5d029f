"""A piece of work for a worker, named without loading what it needs."""

from dataclasses import dataclass
from importlib import import_module
from typing import Generic, TypeVar, cast

Request = TypeVar("Request")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Job(Generic[Request, Result]):
    """Calls a function of a module that the worker alone loads, pandas and all.

    `target`: «module:function». A test holds that each is there and takes and gives what the job says.
    """

    target: str

    @property
    def module(self) -> str:
        return self.target.partition(":")[0]

    def __call__(self, request: Request) -> Result:
        module, _, name = self.target.partition(":")
        return cast("Result", getattr(import_module(module), name)(request))
