"""The demo: opened to visitors, and made anew once a day, so that what there is to see is of the last days."""

from typing import Final

from tocsin.contracts.api_demo import DemoOrganization, DemoSession
from tocsin.domain.demo import (
    LIFE,
    OPENED_BY_ALL,
    OPENED_BY_ONE,
    ORGANIZATION_ID,
    is_stale,
    network_of,
)
from tocsin.errors import NoDemo, RateLimited
from tocsin.platform.tokens import MacKeys, Purpose, digest, issue
from tocsin_data.db import Database
from tocsin_data.services.demo_rows import rows
from tocsin_data.sql import demo

TOO_MANY: Final = {
    "address": f"The demo has been opened {OPENED_BY_ONE} times from this address within the hour.",
    "all": "The demo has many visitors just now.",
}


def open_session(db: Database, source_address: str, *, mac_keys: MacKeys) -> DemoSession:
    """Let a visitor read the demo for an hour; raises NoDemo, or RateLimited when too many came within the hour."""
    token = issue(Purpose.DEMO, mac_keys)
    with db.outside_organizations() as conn:
        opened = demo.open_session(
            conn,
            digest(token),
            network_of(source_address),
            lasts=LIFE,
            of_network=OPENED_BY_ONE,
            of_all=OPENED_BY_ALL,
        )
    if opened is None:
        raise NoDemo
    if opened.expires_at is None:
        wait = (opened.room_at - opened.now).total_seconds() if opened.room_at else 0.0
        raise RateLimited(
            f"{TOO_MANY[opened.refused_by or 'all']} Try again later.", retry_after_seconds=max(1, int(wait) + 1)
        )
    return DemoSession(
        token=token,
        expires_at=opened.expires_at,
        organization=DemoOrganization(id=opened.org_id, name=opened.name),
    )


def refresh(db: Database) -> bool:
    """Make the demo anew if it is a day old, or not there, in one transaction that no reader sees the middle of.

    Answers whether it was. For role `worker`.
    """
    with db.many(()) as tx:
        if not is_stale(demo.planted_at(tx, ORGANIZATION_ID), tx.now):
            return False
        demo.plant(tx, ORGANIZATION_ID, rows(tx.now))
        return True
