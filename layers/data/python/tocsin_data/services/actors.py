"""Who acts: the caller behind a change, as timelines and the audit log name them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from tocsin.contracts.api import Answer
from tocsin_data.db import Tx
from tocsin_data.sql import audit as audit_log
from tocsin_data.sql.audit import NewAuditEntry

type ActorKind = Literal["user", "api_key", "demo", "integration", "link", "monitor", "probe", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for a change, and from where; as text it is kind:id."""

    kind: ActorKind
    id: str | None
    request_id: str | None = None
    source_address: str | None = None

    def __str__(self) -> str:
        return self.kind if self.id is None else f"{self.kind}:{self.id}"


def audit(
    tx: Tx,
    actor: Actor,
    action: str,
    subject: tuple[str, UUID],
    *,
    before: Answer | None = None,
    after: Answer | None = None,
) -> None:
    """Write who changed a subject (kind, id) into the audit log, with what can be read of it before and after."""
    kind, subject_id = subject
    audit_log.append(
        tx,
        NewAuditEntry(
            actor_kind=actor.kind,
            actor_id=actor.id,
            action=action,
            subject_kind=kind,
            subject_id=str(subject_id),
            before=None if before is None else before.model_dump(mode="json"),
            after=None if after is None else after.model_dump(mode="json"),
            request_id=actor.request_id,
            source_address=actor.source_address,
        ),
    )
