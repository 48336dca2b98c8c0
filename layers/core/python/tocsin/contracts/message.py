"""The base of every message: immutable, unknown fields ignored so that a newer sender is understood."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


def _to_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


type Instant = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""An instant with a zone, kept in UTC."""


class Message(BaseModel):
    """What travels on a queue or in an invocation, as compact JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def to_json(self) -> str:
        """Serialise without unset optionals, to keep within the queue's size."""
        return self.model_dump_json(exclude_none=True)
