"""Versions of things that several people change: told by ETag, asked for by If-Match (RFC 9110, 8.8.3 and 13.1.1)."""

import re
from http import HTTPStatus
from typing import Annotated, Final, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header

from functions.api.refusals import VersionRequired
from tocsin.errors import FieldProblem, Invalid

IfMatch = Annotated[str | None, Header(alias="If-Match", description="The version that was read.")]
"""`if_match: IfMatch = None`, read by `expected`."""
_VERSION: Final = re.compile(r'(")?([1-9][0-9]{0,8})(?(1)")')


class Versioned(Protocol):
    """What counts its changes."""

    @property
    def version(self) -> int:
        """From 1."""
        ...


def versioned[V: Versioned](answer: V, status: HTTPStatus = HTTPStatus.OK) -> Response[V]:
    """An answer with its version as its ETag."""
    return Response(
        status_code=status.value,
        content_type="application/json",
        headers={"ETag": f'"{answer.version}"'},
        body=answer,
    )


def expected(if_match: str | None) -> int:
    """The version that an If-Match asks for; raises VersionRequired without one, Invalid for what is none."""
    if if_match is None:
        raise VersionRequired("Send the version that you have read as If-Match, so that nobody's change is lost.")
    found = _VERSION.fullmatch(if_match.strip())
    if found is None:
        problem = FieldProblem("header.If-Match", 'must be one version, like "3"')
        raise Invalid("The request can't be used as it is.", [problem])
    return int(found[2])
