"""Organizations themselves."""

from datetime import datetime
from uuid import UUID

from tocsin.contracts.api_accounts import Organization
from tocsin_data.db import Tx
from tocsin_data.sql import paging_stops


def insert(tx: Tx, name: str, fallback_email: str | None, owner_id: UUID) -> None:
    """Create the organization this transaction has entered, with its first owner."""
    tx.conn.execute(
        "insert into organization (id, name, fallback_email, created_at) values (%s, %s, %s, %s)",
        (tx.org_id, name, fallback_email, tx.now),
    )
    tx.conn.execute(
        "insert into membership (org_id, user_id, role, created_at) values (%s, %s, 'owner', %s)",
        (tx.org_id, owner_id, tx.now),
    )


def read(tx: Tx) -> Organization | None:
    """Read the organization, with the stop of its paging that is in force."""
    row = tx.conn.execute(
        "select id, name, fallback_email, version, created_at, deletes_at, is_demo from organization where id = %s",
        (tx.org_id,),
    ).fetchone()
    if row is None:
        return None
    return Organization(
        id=row[0],
        name=row[1],
        fallback_email=row[2],
        version=row[3],
        created_at=row[4],
        deletes_at=row[5],
        is_demo=row[6],
        paging_stop=paging_stops.read(tx),
    )


def lock(tx: Tx) -> Organization | None:
    """Read the organization and hold its row: whoever changes what members are takes turns."""
    tx.conn.execute("select 1 from organization where id = %s for no key update", (tx.org_id,))
    return read(tx)


def change(tx: Tx, name: str, fallback_email: str | None, deletes_at: datetime | None) -> None:
    """Write an organization whose row is held."""
    tx.conn.execute(
        """
        update organization set name = %s, fallback_email = %s, deletes_at = %s, version = version + 1 where id = %s
        """,
        (name, fallback_email, deletes_at, tx.org_id),
    )
