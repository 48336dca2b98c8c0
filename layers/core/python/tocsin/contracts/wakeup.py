"""process, escalate, sweep → escalate, delayed: look at this escalation now. It decides nothing."""

from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message


class WakeUp(Message):
    """Names escalation, generation and step; matches nothing once any of them has moved on."""

    org_id: UUID
    escalation_id: UUID
    generation: int = Field(ge=0)
    round: int = Field(ge=0)
    position: int = Field(ge=0)
    retry: int = Field(default=0, ge=0)
    due_at: Instant
