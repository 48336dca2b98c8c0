"""Lambda's Invoke for functions that run in this process: payloads as bytes, errors as Lambda reports them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

type Handler = Callable[[dict[str, Any], object], dict[str, Any]]


@dataclass(slots=True)
class Lambdas:
    """Stands in for notify's Lambda client."""

    functions: Mapping[str, Handler]
    invoked: list[str] = field(default_factory=list)

    def invoke(self, function: str, payload: bytes) -> tuple[bool, bytes]:
        """A synchronous Invoke."""
        self.invoked.append(function)
        try:
            answer = self.functions[function](json.loads(payload), None)
        except Exception as error:  # noqa: BLE001 - Lambda reports whatever a handler raises
            said = {"errorMessage": str(error), "errorType": type(error).__name__}
            return False, json.dumps(said).encode()
        return True, json.dumps(answer).encode()
