"""What a route of the API asks for, with a body it takes and what a caller who may is answered."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tocsin.domain.permission import Permission


class Without(StrEnum):
    """What a route asks for that needs no organization."""

    ANYBODY = "anybody"
    """No credential at all."""
    CALLER = "caller"
    """Any credential."""
    PERSON = "person"
    """An access token."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route, with a body it takes and what a caller who may is answered."""

    method: str
    path: str
    needs: Permission | Without
    body: Any = None
    answers: frozenset[int] = frozenset({200, 201, 202, 204})

    @property
    def operation(self) -> tuple[str, str]:
        """How openapi.json calls it."""
        return self.method.lower(), self.path

    def filled(self, values: dict[str, str]) -> tuple[str, Any]:
        """Its path and body with ids in them."""
        path, text = self.path, json.dumps(self.body)
        for name, value in values.items():
            path, text = path.replace(f"{{{name}}}", value), text.replace(f"{{{name}}}", value)
        return path, json.loads(text)
