"""Lambda's Invoke for functions that run in this process: payloads as bytes, errors as Lambda reports them."""
# ruff: noqa: N803 - boto3's own argument names

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

type Handler = Callable[[dict[str, Any], object], dict[str, Any]]


@dataclass(slots=True)
class Lambdas:
    """Stands in for boto3's Lambda client."""

    functions: Mapping[str, Handler]
    invoked: list[str] = field(default_factory=list)

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        """A synchronous Invoke."""
        self.invoked.append(FunctionName)
        try:
            answer = self.functions[FunctionName](json.loads(Payload), None)
        except Exception as error:  # noqa: BLE001 - Lambda reports whatever a handler raises
            said = {"errorMessage": str(error), "errorType": type(error).__name__}
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": io.BytesIO(json.dumps(said).encode())}
        return {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(answer).encode())}
