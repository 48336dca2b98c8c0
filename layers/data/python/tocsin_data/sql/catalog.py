"""Services: what incidents are about."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api import Service, ServiceInput
from tocsin_data.db import Tx


def insert(tx: Tx, service_id: UUID, data: ServiceInput) -> Service:
    """Create a service."""
    with tx.conn.cursor(row_factory=class_row(Service)) as cur:
        cur.execute(
            """
            insert into service (
                id, org_id, name, policy_id, team_id, created_at, urgency, runbook_url, acknowledgement_timeout_seconds,
                auto_resolve_seconds, reopen_window_seconds
            )
            values (
                %(id)s, %(org)s, %(name)s, %(policy_id)s, %(team_id)s, %(now)s, %(urgency)s, %(runbook_url)s,
                %(acknowledgement_timeout_seconds)s, %(auto_resolve_seconds)s, %(reopen_window_seconds)s
            )
            returning id, name, policy_id, team_id, created_at, urgency, runbook_url, acknowledgement_timeout_seconds,
                auto_resolve_seconds, reopen_window_seconds, version
            """,
            {"id": service_id, "org": tx.org_id, "now": tx.now, **data.model_dump()},
        )
        (row,) = cur.fetchall()
        return row


def read(tx: Tx, service_id: UUID) -> Service | None:
    """Read one service."""
    with tx.conn.cursor(row_factory=class_row(Service)) as cur:
        cur.execute(
            """
            select id, name, policy_id, team_id, created_at, urgency, runbook_url, acknowledgement_timeout_seconds,
                auto_resolve_seconds, reopen_window_seconds, version
            from service where org_id = %s and id = %s and deleted_at is null
            """,
            (tx.org_id, service_id),
        )
        return cur.fetchone()


def lock(tx: Tx, service_id: UUID) -> Service | None:
    """Read one service and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Service)) as cur:
        cur.execute(
            """
            select id, name, policy_id, team_id, created_at, urgency, runbook_url, acknowledgement_timeout_seconds,
                auto_resolve_seconds, reopen_window_seconds, version
            from service where org_id = %s and id = %s and deleted_at is null
            for no key update
            """,
            (tx.org_id, service_id),
        )
        return cur.fetchone()


def share(tx: Tx, service_id: UUID) -> bool:
    """Keep a service from being deleted until the transaction ends; whether it is there."""
    row = tx.conn.execute(
        "select 1 from service where org_id = %s and id = %s and deleted_at is null for share",
        (tx.org_id, service_id),
    ).fetchone()
    return row is not None


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[Service]:
    """Services by name, from past a (name, id)."""
    name, service_id = after or (None, None)
    with tx.conn.cursor(row_factory=class_row(Service)) as cur:
        cur.execute(
            """
            select id, name, policy_id, team_id, created_at, urgency, runbook_url, acknowledgement_timeout_seconds,
                auto_resolve_seconds, reopen_window_seconds, version
            from service
            where org_id = %(org)s and deleted_at is null
                and (%(name)s::text is null or (name, id) > (%(name)s::text, %(id)s::uuid))
            order by name, id limit %(limit)s
            """,
            {"org": tx.org_id, "name": name, "id": service_id, "limit": limit},
        )
        return cur.fetchall()


def update(tx: Tx, service: Service) -> None:
    """Write a service whose row is held."""
    tx.conn.execute(
        """
        update service set
            name = %(name)s, policy_id = %(policy_id)s, team_id = %(team_id)s, urgency = %(urgency)s,
            runbook_url = %(runbook_url)s, acknowledgement_timeout_seconds = %(acknowledgement_timeout_seconds)s,
            auto_resolve_seconds = %(auto_resolve_seconds)s, reopen_window_seconds = %(reopen_window_seconds)s,
            version = %(version)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": tx.org_id, **service.model_dump()},
    )


def delete(tx: Tx, service_id: UUID) -> None:
    """Take a service whose row is held out of use; what refers to it stays."""
    tx.conn.execute("update service set deleted_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, service_id))


def open_incidents(tx: Tx, service_id: UUID) -> int:
    """How many incidents of a service are not resolved."""
    (row,) = tx.conn.execute(
        "select count(*) from incident where org_id = %s and service_id = %s and status <> 'resolved'",
        (tx.org_id, service_id),
    ).fetchall()
    return row[0]
