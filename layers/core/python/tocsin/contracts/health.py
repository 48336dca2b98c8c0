"""An operator's tool → health: how are things inside? Asked by Lambda's Invoke, answered from within the network."""

from pydantic import Field

from tocsin.contracts.message import Instant, Message


class HealthRequest(Message):
    """`ping` is put on the queue of pings, where the asker waits for it; without one the queue is left alone."""

    ping: str | None = Field(default=None, min_length=1, max_length=100)


class DatabaseHealth(Message):
    """What the database says of itself. `schema_number` is that of the newest migration that was applied."""

    now: Instant
    server_version: int
    """As PostgreSQL counts: 180001 is 18.1."""
    schema_number: int
    is_read_only: bool


class HealthReport(Message):
    """What an inside function sees. A problem is the sentence that says why something could not be seen."""

    code_version: str
    expected_schema_number: int
    now: Instant
    """The function's own clock."""
    database: DatabaseHealth | None = None
    database_problem: str | None = None
    queue_problem: str | None = None
