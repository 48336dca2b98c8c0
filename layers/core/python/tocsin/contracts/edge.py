"""publish → ingest, by S3: what the edge must refuse. Kept small; read by ETag every 10 s."""

from typing import Final
from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message

EDGE_STATE_KEY: Final = "edge/state.json"
EDGE_STATE: Final = "edge_state"
CHECKS: Final = "checks"
"""What regions check, and what somebody wants checked now."""
PAGES: Final = "pages"
"""The documents of status pages: of all organizations, or of one."""


class EdgeState(Message):
    """`revoked`: hex key hashes; `over_budget`: hex key hash → refuse until; `revoked_certificates`: the serials, in
    lower-case hex, of probes' certificates that have not expired by themselves.
    """

    written_at: Instant
    revoked: list[str] = Field(default_factory=list)
    over_budget: dict[str, Instant] = Field(default_factory=dict)
    revoked_certificates: list[str] = Field(default_factory=list)


class PublishRequest(Message):
    """process, api, sweep → publish: write this document anew. `org_id`: of this organization alone, where a document
    is an organization's; `after_org_id`: of those after it. `after_region`: of checks, the configurations of private
    locations after this one alone.
    """

    document: str = EDGE_STATE
    org_id: UUID | None = None
    after_org_id: UUID | None = None
    after_region: str | None = None
