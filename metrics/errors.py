"""The one kind of error a person can cause; the lowest room holds it so that every room can raise it."""


class DomainError(Exception):
    """Something a person did that can't be done; `code` finds the sentence in the locales (`error.<code>`).

    `params` fill the sentence; their values are plain strings and numbers.
    """

    def __init__(self, code: str, **params: str | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        """Returns how to build the error again in another process.

        Exceptions pickle by positional arguments only.
        """
        return _rebuild, (type(self), self.code, self.params)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})"


def _rebuild(kind: type[DomainError], code: str, params: dict[str, str | float]) -> DomainError:
    return kind(code, **params)
