"""Contact methods and notification rules arranged through plain SQL."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from tests.support.world import Person, World
from tocsin.domain.incident import Urgency


def method(world: World, person: Person, channel: str, sealed: str = "sealed") -> UUID:
    """Give a person one more way to be reached; e-mail goes to a new address."""
    method_id = uuid4()
    address, sealed_or_none = (f"{method_id.hex[:8]}@acme.example", None) if channel == "email" else (None, sealed)
    with world.database.admin() as conn:
        conn.execute(
            "insert into contact_method (id, org_id, user_id, channel, label, address, sealed, created_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, now())",
            (method_id, world.org_id, person.user_id, channel, channel, address, sealed_or_none),
        )
    return method_id


def mail_of(world: World, person: Person) -> UUID:
    """The e-mail contact method a person was made with."""
    rows = world.database.rows(
        "select id from contact_method where user_id = %s and address = %s", person.user_id, person.email
    )
    return rows[0][0]


def rules(
    world: World, person: Person, wanted: Sequence[tuple[UUID, timedelta]], urgency: Urgency = Urgency.HIGH
) -> None:
    """Put these methods and delays in the place of a person's rules for an urgency."""
    key = (world.org_id, person.user_id, urgency)
    with world.database.admin() as conn:
        conn.execute(
            "delete from notification_rule_set where org_id = %s and user_id = %s and urgency = %s",
            key,
        )
        conn.execute(
            "insert into notification_rule_set (org_id, user_id, urgency, updated_at) values (%s, %s, %s, now())",
            key,
        )
        for method_id, delay in wanted:
            conn.execute(
                "insert into notification_rule (org_id, user_id, urgency, contact_method_id, delay_seconds)"
                " values (%s, %s, %s, %s, %s)",
                (*key, method_id, delay.total_seconds()),
            )
