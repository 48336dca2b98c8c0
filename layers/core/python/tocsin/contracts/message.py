"""The base of every message: immutable, unknown fields ignored so that a newer sender is understood."""

from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9000, 1, 1, tzinfo=UTC)


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must lie between the years 1 and 9999 in UTC") from None


def _local_anywhere(value: datetime) -> datetime:
    if not EARLIEST <= value < LATEST:
        raise ValueError("must lie between the years 1900 and 9000")
    return value


type Instant = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""An instant with a zone, kept in UTC."""
type GivenInstant = Annotated[Instant, AfterValidator(_local_anywhere)]
"""One that a caller gives, and that has a local time in every zone."""


class Message(BaseModel):
    """What travels on a queue or in an invocation, as compact JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def to_json(self) -> str:
        """Serialise without unset optionals, to keep within the queue's size."""
        return self.model_dump_json(exclude_none=True)
