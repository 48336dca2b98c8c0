"""How a command ends when it does not end well: exit codes, and errors in plain words."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, cast


class ExitCode(IntEnum):
    """What a script can act on; docs/cli.md documents them."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    NOT_SIGNED_IN = 3
    REFUSED = 4
    NOT_FOUND = 5
    CONFLICT = 6
    UNAVAILABLE = 7


class Failure(Exception):
    """A command can't go on; the message is for who runs it. `code` and `fields` are the API's, if it was the API."""

    exit_code: ExitCode = ExitCode.FAILURE

    def __init__(self, message: str, *, code: str | None = None, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.fields: Final = dict(fields or {})

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints on standard error."""
        document: dict[str, Any] = {"exit_code": int(self.exit_code), "code": self.code, "detail": str(self)}
        if self.fields:
            document["errors"] = [{"field": field, "reason": reason} for field, reason in self.fields.items()]
        return {"error": document}


class Usage(Failure):
    """An option or a value can't be used as it is."""

    exit_code = ExitCode.USAGE


class NotSignedIn(Failure):
    """Nobody is signed in, or no more."""

    exit_code = ExitCode.NOT_SIGNED_IN


class Refused(Failure):
    """Known, but not allowed."""

    exit_code = ExitCode.REFUSED


class NotFound(Failure):
    """No such thing, or not one that this caller may see."""

    exit_code = ExitCode.NOT_FOUND


class Conflict(Failure):
    """It does not fit what is there by now."""

    exit_code = ExitCode.CONFLICT


class Unavailable(Failure):
    """Tocsin, or the network to it, can't be reached now; trying again later may work."""

    exit_code = ExitCode.UNAVAILABLE


TOO_MANY: Final = 429
_KINDS: Final[dict[int, type[Failure]]] = {
    400: Usage,
    401: NotSignedIn,
    403: Refused,
    404: NotFound,
    409: Conflict,
    410: NotFound,
    412: Conflict,
    413: Usage,
    422: Usage,
    428: Conflict,
    429: Unavailable,
    502: Unavailable,
    503: Unavailable,
    504: Unavailable,
}


def of_answer(status: int, document: object, retry_after: str | None = None) -> Failure:
    """The failure that an answer of 400 or above stands for.

    What the gateway refuses before it gets as far as the API is no problem document, but `{"message": …}`; events are
    refused in the words of the protocol they came by, `{"message": …, "errors": [text, …]}`.
    """
    if not isinstance(document, dict):
        return _KINDS.get(status, Failure)(f"Tocsin answered {status}.")
    problem = cast("dict[str, Any]", document)
    code = problem.get("code")
    errors = cast("list[Any]", problem.get("errors") or [])
    if not isinstance(code, str):
        if status in {401, 403}:
            return NotSignedIn("This key or token is not accepted there: sign in again with `tocsin login`.")
        said = [str(problem.get("message", "no reason given")), *map(str, errors)]
        return _KINDS.get(status, Failure)(f"Tocsin answered {status}: {'; '.join(said)}")
    fields = {str(error["field"]): str(error["reason"]) for error in errors}
    detail = str(problem.get("detail") or code)
    if status == TOO_MANY and retry_after is not None:
        detail = f"{detail} There is room again in {retry_after} s."
    return _KINDS.get(status, Failure)(detail, code=code, fields=fields)
