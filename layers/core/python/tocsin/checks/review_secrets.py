"""What of a specification is secret by where it stands, and must be named there, not written out."""

import re
from collections.abc import Iterator
from typing import Final

from tocsin.contracts.monitor_spec import BasicAuth, HttpSpec
from tocsin.errors import FieldProblem

PLACEHOLDER: Final = re.compile(r"\{\{([A-Za-z_][A-Za-z0-9_]{0,63})\}\}")
OF_HEADERS: Final = re.compile(
    r"(?:.*[-_])?(?:auth|authorization|authentication|cookie|credentials?|password|secret|signature|token"
    r"|(?:api|access|account|app|auth|functions|master|private|secret|subscription)[-_]?key|apikey)",
    re.IGNORECASE,
)
"""Names of headers by which who asks is let in."""


def literals(spec: HttpSpec) -> Iterator[FieldProblem]:
    """Passwords, tokens and keys that whoever may read the monitor would see, and that are kept in its history."""
    if isinstance(spec.auth, BasicAuth):
        yield from _literal("spec.auth.password", spec.auth.password, "password", "{{password}}")
    elif spec.auth is not None:
        yield from _literal("spec.auth.token", spec.auth.token, "token", "{{token}}")
    for index, header in enumerate(spec.headers):
        if header.value.strip() and OF_HEADERS.fullmatch(header.name) is not None:
            is_bearer = header.name.lower() == "authorization"
            example = ("token", "Bearer {{token}}") if is_bearer else ("key", "{{key}}")
            yield from _literal(f"spec.headers.{index}.value", header.value, *example)


def _literal(field: str, text: str, name: str, example: str) -> Iterator[FieldProblem]:
    if PLACEHOLDER.search(text) is None:
        yield FieldProblem(field, f"must name a secret, as {example}, and have its value in secrets.{name}")
