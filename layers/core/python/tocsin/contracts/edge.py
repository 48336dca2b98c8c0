"""publish → ingest, by S3: what the edge must refuse. Kept small; read by ETag every 10 s."""

from typing import Final

from pydantic import Field

from tocsin.contracts.message import Instant, Message

EDGE_STATE_KEY: Final = "edge/state.json"


class EdgeState(Message):
    """`revoked`: hex key hashes; `over_budget`: hex key hash → refuse until."""

    written_at: Instant
    revoked: list[str] = Field(default_factory=list)
    over_budget: dict[str, Instant] = Field(default_factory=dict)


class PublishRequest(Message):
    """process, api → publish: write this document anew."""

    document: str = "edge_state"
