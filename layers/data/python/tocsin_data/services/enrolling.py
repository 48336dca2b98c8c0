"""A probe's certificates: the first for its token, the next for the one it has, all of them kept so that they can be
revoked by serial.
"""

from datetime import timedelta
from typing import Final, TypeIs

from tocsin.contracts.probes import Enrolled
from tocsin.errors import RateLimited, Unauthenticated
from tocsin.platform.certificates import Authority, Identity, Requested, Shown, sign
from tocsin.platform.tokens import digest
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import probes
from tocsin_data.sql.probes import HeldProbe, NewCertificate

SUBJECT: Final = "probe"
HOUR: Final = timedelta(hours=1)
MOST_AN_HOUR: Final = 10
"""Certificates of one probe: one that renews all the time is broken, and every one of them would be a row."""
NO_TOKEN: Final = "This token enrols no probe: it has been used, has expired, or was replaced. Ask for another one."  # noqa: S105 - told to people
NO_PROBE: Final = "This probe has been revoked, or is not known any more. Create another one and enrol that."


def enroll(
    db: Database,
    authority: Authority,
    token: str,
    requested: Requested,
    software: str | None,
    *,
    probes_url: str,
    source_address: str | None,
) -> tuple[Enrolled, bool]:
    """Give a probe its first certificate for a token, which is used up; certificates that it had are revoked.

    Answers whether there were such. Of two that come with the same token, one is let in. Raises Unauthenticated.
    """
    with db.found(lambda conn: probes.enter_by_token(conn, digest(token))) as (tx, ids):
        if ids is None:
            raise Unauthenticated(NO_TOKEN)
        token_id, probe_id = ids
        held = probes.lock(tx, probe_id)
        if not _is_welcome(held) or not probes.use_token(tx, token_id):
            raise Unauthenticated(NO_TOKEN)
        replaced = probes.revoke_certificates(tx, [probe_id])
        enrolled = _signed(tx, authority, requested, held, software, probes_url)
        actor = Actor("probe", str(probe_id), source_address=source_address)
        audit(tx, actor, "probe.enrolled", (SUBJECT, probe_id))
        return enrolled, replaced > 0


def renew(
    db: Database, authority: Authority, shown: Shown, requested: Requested, software: str | None, *, probes_url: str
) -> Enrolled:
    """Give a probe the certificate that follows the one it has shown, which stays good until it expires: an answer
    that is lost shuts nobody out. Raises Unauthenticated, RateLimited.
    """
    probe_id = shown.identity.probe_id
    with db.many([shown.identity.org_id]) as tx:
        held = probes.lock(tx, probe_id)
        if not _is_welcome(held) or held.private_location_id != shown.identity.location_id:
            raise Unauthenticated(NO_PROBE)
        if not probes.is_good(tx, probe_id, shown.serial, shown.public_key_hash):
            raise Unauthenticated(NO_PROBE)
        if probes.issued_since(tx, probe_id, tx.now - HOUR) >= MOST_AN_HOUR:
            raise RateLimited(f"A probe gets {MOST_AN_HOUR} certificates an hour.", int(HOUR.total_seconds()))
        enrolled = _signed(tx, authority, requested, held, software, probes_url)
        audit(tx, Actor("probe", str(probe_id)), "probe.renewed", (SUBJECT, probe_id))
        return enrolled


def _is_welcome(held: HeldProbe | None) -> TypeIs[HeldProbe]:
    return held is not None and held.revoked_at is None and held.is_placed


def _signed(
    tx: Tx, authority: Authority, requested: Requested, held: HeldProbe, software: str | None, probes_url: str
) -> Enrolled:
    identity = Identity(held.id, tx.org_id, held.private_location_id)
    issued = sign(authority, requested, identity, tx.now)
    kept = NewCertificate(held.id, issued.serial, requested.public_key_hash, issued.not_after)
    probes.insert_certificate(tx, kept)
    probes.set_enrolled(tx, held.id, software)
    return Enrolled(
        probe_id=held.id,
        org_id=tx.org_id,
        private_location_id=held.private_location_id,
        name=held.name,
        certificate=issued.pem,
        serial=issued.serial,
        expires_at=issued.not_after,
        renew_at=tx.now + (issued.not_after - tx.now) / 2,
        probes_url=probes_url,
    )
