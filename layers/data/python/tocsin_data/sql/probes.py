"""Probes, the tokens that enrol them, and the certificates they were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_probes import Probe
from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class HeldProbe:
    """A probe whose row is held. `is_placed`: its private location is still in use."""

    id: UUID
    private_location_id: UUID
    name: str
    enrolled_at: datetime | None
    revoked_at: datetime | None
    is_placed: bool


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """A certificate to keep: what it says of itself, and no secret."""

    probe_id: UUID
    serial: str
    public_key_hash: bytes
    expires_at: datetime


def insert(tx: Tx, probe_id: UUID, location_id: UUID, name: str, created_by: str) -> None:
    """Create a probe that has not enrolled."""
    tx.conn.execute(
        """
        insert into probe (id, org_id, private_location_id, name, created_at, created_by)
        values (%s, %s, %s, %s, %s, %s)
        """,
        (probe_id, tx.org_id, location_id, name, tx.now, created_by),
    )


def read(tx: Tx, location_id: UUID, probe_id: UUID) -> Probe | None:
    """Read one probe of a private location."""
    found = _read(tx, location_id, [probe_id])
    return found[0] if found else None


def page(tx: Tx, location_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[Probe]:
    """The probes of a private location, the oldest first, from past a (created, id)."""
    at, probe_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select id from probe
        where org_id = %(org)s and private_location_id = %(location)s
            and (%(at)s::timestamptz is null or (created_at, id) > (%(at)s::timestamptz, %(id)s::uuid))
        order by created_at, id limit %(limit)s
        """,
        {"org": tx.org_id, "location": location_id, "at": at, "id": probe_id, "limit": limit},
    ).fetchall()
    return _read(tx, location_id, [row[0] for row in rows])


def _read(tx: Tx, location_id: UUID, ids: Sequence[UUID]) -> Sequence[Probe]:
    with tx.conn.cursor(row_factory=class_row(Probe)) as cur:
        cur.execute(
            """
            select p.id, p.private_location_id, p.name, p.created_at, p.created_by, p.enrolled_at, p.last_seen_at,
                p.software, p.revoked_at, c.serial as certificate_serial, c.expires_at as certificate_expires_at,
                case when p.revoked_at is not null then 'revoked' when p.enrolled_at is null then 'waiting'
                    when c.expires_at <= %(now)s then 'expired' else 'enrolled' end as status
            from probe p
            left join lateral (
                select k.serial, k.expires_at from probe_certificate k
                where k.org_id = p.org_id and k.probe_id = p.id
                order by k.expires_at desc, k.serial limit 1
            ) c on true
            where p.org_id = %(org)s and p.private_location_id = %(location)s and p.id = any(%(ids)s)
            order by p.created_at, p.id
            """,
            {"org": tx.org_id, "location": location_id, "ids": list(ids), "now": tx.now},
        )
        return cur.fetchall()


def lock(tx: Tx, probe_id: UUID) -> HeldProbe | None:
    """Read one probe and hold its row."""
    with tx.conn.cursor(row_factory=class_row(HeldProbe)) as cur:
        cur.execute(
            """
            select p.id, p.private_location_id, p.name, p.enrolled_at, p.revoked_at,
                l.deleted_at is null as is_placed
            from probe p
            join private_location l on l.org_id = p.org_id and l.id = p.private_location_id
            where p.org_id = any(%s) and p.id = %s for no key update of p
            """,
            (list(tx.orgs), probe_id),
        )
        return cur.fetchone()


def of_location(tx: Tx, location_id: UUID) -> Sequence[UUID]:
    """The probes of a private location that have not been revoked, their rows held in the order of their ids."""
    rows = tx.conn.execute(
        """
        select id from probe where org_id = %s and private_location_id = %s and revoked_at is null
        order by id for no key update
        """,
        (tx.org_id, location_id),
    ).fetchall()
    return [row[0] for row in rows]


def count(tx: Tx, location_id: UUID) -> int:
    """How many probes a private location has that have not been revoked."""
    row = tx.conn.execute(
        "select count(*) from probe where org_id = %s and private_location_id = %s and revoked_at is null",
        (tx.org_id, location_id),
    ).fetchone()
    return 0 if row is None else row[0]


def revoke(tx: Tx, probe_ids: Sequence[UUID]) -> None:
    """End probes whose rows are held: nothing enrols or renews them any more."""
    tx.conn.execute(
        "update probe set revoked_at = %s, version = version + 1 where org_id = %s and id = any(%s)",
        (tx.now, tx.org_id, list(probe_ids)),
    )


def set_enrolled(tx: Tx, probe_id: UUID, software: str | None) -> None:
    """Note that a probe whose row is held has a certificate, and what it says it runs."""
    tx.conn.execute(
        """
        update probe set enrolled_at = coalesce(enrolled_at, %s), software = coalesce(%s, software)
        where org_id = %s and id = %s
        """,
        (tx.now, software, tx.org_id, probe_id),
    )


def saw(tx: Tx, probe_ids: Sequence[UUID], instants: Sequence[datetime], sequences: Sequence[int]) -> None:
    """Note when probes, of whatever organizations, sent batches of which sequence."""
    tx.conn.execute("select app.saw_probes(%s, %s, %s)", (list(probe_ids), list(instants), list(sequences)))


# ── tokens ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def insert_token(tx: Tx, token_id: UUID, probe_id: UUID, token_hash: bytes, expires_at: datetime) -> None:
    """Keep the hash of a token that enrols a probe once."""
    tx.conn.execute(
        """
        insert into probe_token (id, org_id, probe_id, token_hash, created_at, expires_at)
        values (%s, %s, %s, %s, %s, %s)
        """,
        (token_id, tx.org_id, probe_id, token_hash, tx.now, expires_at),
    )


def enter_by_token(conn: Connection, token_hash: bytes) -> tuple[datetime, list[UUID], tuple[UUID, UUID] | None]:
    """Enter the organization of a token; answers its now, the organization, and the ids of token and probe, if any."""
    row = conn.execute("select org_id, probe_token_id, probe_id from app.probe_token(%s)", (token_hash,)).fetchone()
    orgs = [] if row is None else [row[0]]
    entered = conn.execute("select app.enter_many(%s::uuid[])", (orgs,)).fetchone()
    if entered is None:
        msg = "entering organizations answered no instant"
        raise TypeError(msg)
    return entered[0], orgs, None if row is None else (row[1], row[2])


def use_token(tx: Tx, token_id: UUID) -> bool:
    """Use a token up; whether it was still good. Of two at once, one finds it used: call it with the probe held.

    Only the newest token of a probe is good: another was asked for because this one is lost.
    """
    row = tx.conn.execute(
        """
        update probe_token t set used_at = %(now)s
        where t.org_id = %(org)s and t.id = %(id)s and t.used_at is null and t.expires_at > %(now)s
            and not exists (
                select 1 from probe_token n
                where n.org_id = t.org_id and n.probe_id = t.probe_id and (n.created_at, n.id) > (t.created_at, t.id)
            )
        returning 1
        """,
        {"now": tx.now, "org": tx.org_id, "id": token_id},
    ).fetchone()
    return row is not None


# ── certificates ──────────────────────────────────────────────────────────────────────────────────────────────────────


def insert_certificate(tx: Tx, new: NewCertificate) -> None:
    """Keep what was signed."""
    tx.conn.execute(
        """
        insert into probe_certificate (org_id, probe_id, serial, public_key_hash, issued_at, expires_at)
        values (%s, %s, %s, %s, %s, %s)
        """,
        (tx.org_id, new.probe_id, new.serial, new.public_key_hash, tx.now, new.expires_at),
    )


def is_good(tx: Tx, probe_id: UUID, serial: str, public_key_hash: bytes) -> bool:
    """Whether a certificate was given to this probe, for this key, and has neither expired nor been revoked."""
    row = tx.conn.execute(
        """
        select 1 from probe_certificate
        where org_id = %s and probe_id = %s and serial = %s and public_key_hash = %s and revoked_at is null
            and expires_at > %s
        """,
        (tx.org_id, probe_id, serial, public_key_hash, tx.now),
    ).fetchone()
    return row is not None


def issued_since(tx: Tx, probe_id: UUID, since: datetime) -> int:
    """How many certificates a probe has been given since an instant."""
    row = tx.conn.execute(
        "select count(*) from probe_certificate where org_id = %s and probe_id = %s and issued_at >= %s",
        (tx.org_id, probe_id, since),
    ).fetchone()
    return 0 if row is None else row[0]


def revoke_certificates(tx: Tx, probe_ids: Sequence[UUID]) -> int:
    """Revoke all certificates of probes that are still good; answers how many those were."""
    return tx.conn.execute(
        """
        update probe_certificate set revoked_at = %(now)s
        where org_id = %(org)s and probe_id = any(%(probes)s) and revoked_at is null and expires_at > %(now)s
        """,
        {"now": tx.now, "org": tx.org_id, "probes": list(probe_ids)},
    ).rowcount


def revoked_serials(tx: Tx) -> list[str]:
    """The serials of the revoked certificates of all organizations that have not expired by themselves."""
    rows = tx.conn.execute("select serial from app.revoked_certificates(%s)", (tx.now,)).fetchall()
    return [row[0] for row in rows]
