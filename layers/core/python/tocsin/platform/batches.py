"""Running a queue's batch: applied as one, split when one message spoils it, so that no message fails another.

Answers SQS's partial batch response: messages named in it come back, the others are done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from tocsin.errors import TocsinError, Unavailable, Unstorable
from tocsin.platform import logs


@dataclass(frozen=True, slots=True)
class Received[M: BaseModel]:
    """One message of a batch, read."""

    message_id: str
    body: str
    message: M


type Reject = Callable[[str, str, str, str], None]
"""Keep for good what can never be accepted: (message id, reason, detail, body)."""


@dataclass(frozen=True, slots=True)
class BatchRun[M: BaseModel]:
    """How one function treats its messages. `apply` takes several at once and is all or nothing."""

    service: str
    model: type[M]
    apply: Callable[[Sequence[M]], None]
    reject: Reject

    def __call__(self, event: dict[str, Any]) -> dict[str, Any]:
        """Handle one SQS event."""
        received: list[Received[M]] = []
        failed: list[str] = []
        for record in event["Records"]:
            message_id, body = record["messageId"], record["body"]
            try:
                received.append(Received(message_id, body, self.model.model_validate_json(body)))
            except ValidationError as error:
                failed.extend(self._reject(message_id, "malformed", _shape(error), body))
        failed.extend(self._apply(received))
        logs.flush(self.service)
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}

    def _apply(self, received: Sequence[Received[M]]) -> list[str]:
        if not received:
            return []
        try:
            self.apply([r.message for r in received])
        except Unavailable as error:
            logs.logger(self.service).warning(
                "will be tried again", extra={"code": error.code, "messages": len(received), "detail": str(error)}
            )
            return [r.message_id for r in received]
        except Exception as error:  # noqa: BLE001 - the edge of the process: one bad message must not fail the rest
            if len(received) > 1:
                middle = len(received) // 2
                return [*self._apply(received[:middle]), *self._apply(received[middle:])]
            (only,) = received
            if isinstance(error, Unstorable):
                return self._reject(only.message_id, error.code, str(error), only.body)
            logs.logger(self.service).exception("message failed", extra={"message_id": only.message_id})
            logs.count(self.service, "MessagesFailed")
            return [only.message_id]
        return []

    def _reject(self, message_id: str, reason: str, detail: str, body: str) -> list[str]:
        try:
            self.reject(message_id, reason, detail, body)
        except TocsinError:
            logs.logger(self.service).exception("could not keep a rejected message", extra={"message_id": message_id})
            return [message_id]
        logs.logger(self.service).error(
            "message rejected", extra={"message_id": message_id, "reason": reason, "detail": detail}
        )
        logs.count(self.service, "MessagesRejected")
        return []


def _shape(error: ValidationError) -> str:
    """What is wrong with a message, field by field, without its values."""
    return "; ".join(f"{'.'.join(str(part) for part in e['loc']) or 'message'}: {e['msg']}" for e in error.errors())
