"""Probes: let in by a token that is shown once, given another one, shut out at once; and when they were last heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_probes import NewProbe, Probe, ProbeInput
from tocsin.contracts.checks import ResultBatch
from tocsin.errors import Conflict, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest, link_token
from tocsin_data.db import Database, Tx
from tocsin_data.services import private_locations
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import probes

SUBJECT: Final = "probe"
TOKEN_LIFETIME: Final = timedelta(hours=1)
MAX_PROBES: Final = 100
"""In a private location."""


def create_probe(db: Database, org_id: UUID, actor: Actor, location_id: UUID, data: ProbeInput) -> NewProbe:
    """Let a probe in: its token is shown this once and good for an hour. Raises NotFound, or Conflict for too many."""
    with db.one(org_id) as tx:
        private_locations.hold(tx, location_id)
        if probes.count(tx, location_id) >= MAX_PROBES:
            raise Conflict(f"A private location has at most {MAX_PROBES} probes; revoke those that are gone.")
        probe_id = new_id()
        probes.insert(tx, probe_id, location_id, data.name, str(actor))
        made = _found(tx, location_id, probe_id)
        audit(tx, actor, "probe.created", (SUBJECT, probe_id), after=made)
        return _with_token(tx, made)


def get_probe(db: Database, org_id: UUID, location_id: UUID, probe_id: UUID) -> Probe:
    """Read a probe; raises NotFound."""
    with db.one(org_id) as tx:
        private_locations.found(tx, location_id)
        return _found(tx, location_id, probe_id)


def list_probes(
    db: Database, org_id: UUID, location_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Probe]:
    """The probes of a private location, the oldest first, from past a (created, id); raises NotFound."""
    with db.one(org_id) as tx:
        private_locations.found(tx, location_id)
        return probes.page(tx, location_id, after, limit)


def rotate_probe(db: Database, org_id: UUID, actor: Actor, location_id: UUID, probe_id: UUID) -> NewProbe:
    """Give a probe another token, shown this once: whoever enrols with it takes its place, and the certificates that
    it had are revoked then. Raises NotFound, or Conflict for a revoked one.
    """
    with db.one(org_id) as tx:
        before = _held(tx, location_id, probe_id)
        if before.revoked_at is not None:
            raise Conflict("This probe has been revoked; create another one.")
        audit(tx, actor, "probe.rotated", (SUBJECT, probe_id), before=before)
        return _with_token(tx, before)


def revoke_probe(db: Database, org_id: UUID, actor: Actor, location_id: UUID, probe_id: UUID) -> Probe:
    """Shut a probe out at once, with all its certificates and tokens; one that is out stays so. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _held(tx, location_id, probe_id)
        if before.revoked_at is not None:
            return before
        probes.revoke(tx, [probe_id])
        probes.revoke_certificates(tx, [probe_id])
        after = _found(tx, location_id, probe_id)
        audit(tx, actor, "probe.revoked", (SUBJECT, probe_id), before=before, after=after)
        return after


def hear(db: Database, batches: Sequence[ResultBatch]) -> None:
    """Note which probes have sent batches, of whatever organizations; what came from regions is none of theirs."""
    heard = [(one.probe_id, one.sent_at, one.sequence or 0) for one in batches if one.probe_id is not None]
    if heard:
        ids, instants, sequences = zip(*heard, strict=True)
        with db.many(()) as tx:
            probes.saw(tx, ids, [min(at, tx.now) for at in instants], sequences)


def _with_token(tx: Tx, probe: Probe) -> NewProbe:
    token, expires_at = link_token(), tx.now + TOKEN_LIFETIME
    probes.insert_token(tx, new_id(), probe.id, digest(token), expires_at)
    return NewProbe(**probe.model_dump(), token=token, token_expires_at=expires_at)


def _held(tx: Tx, location_id: UUID, probe_id: UUID) -> Probe:
    private_locations.found(tx, location_id)
    probes.lock(tx, probe_id)
    return _found(tx, location_id, probe_id)


def _found(tx: Tx, location_id: UUID, probe_id: UUID) -> Probe:
    found = probes.read(tx, location_id, probe_id)
    if found is None:
        raise NotFound(f"There is no probe {probe_id} in this private location.")
    return found
