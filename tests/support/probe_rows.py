"""Rows of private probes for tests that look at every table, and ids of theirs for those that go by every route."""

from datetime import timedelta
from uuid import uuid4

import psycopg

from tests.support.certificates import authority
from tests.support.world import World
from tocsin.contracts.api_probes import PrivateLocationInput, ProbeInput
from tocsin.contracts.checks import ResultBatch
from tocsin.platform import certificates
from tocsin_data.services import enrolling, private_locations, probes
from tocsin_data.services.actors import Actor
from tocsin_data.views import edge_state


def insert(conn: psycopg.Connection, world: World) -> dict[str, str]:
    """A private location with an enrolled probe; answers their ids as paths name them."""
    row = conn.execute(
        "with place as ("
        " insert into private_location (org_id, name, created_at, created_by)"
        " values (%(org)s, 'of ids ' || uuidv7(), now(), 'test') returning org_id, id"
        "), made as ("
        " insert into probe (org_id, private_location_id, name, created_at, created_by, enrolled_at)"
        " select org_id, id, 'one', now(), 'test', now() from place returning org_id, id, private_location_id"
        "), token as ("
        " insert into probe_token (org_id, probe_id, token_hash, created_at, expires_at)"
        " select org_id, id, uuid_send(id), now(), now() + interval '1 hour' from made"
        ")"
        " insert into probe_certificate (org_id, probe_id, serial, public_key_hash, issued_at, expires_at)"
        " select org_id, id, replace(id::text, '-', ''), uuid_send(id), now(), now() + interval '7 days' from made"
        " returning (select private_location_id from made), probe_id",
        {"org": world.org_id},
    ).fetchone()
    assert row is not None
    return {"location_id": str(row[0]), "probe_id": str(row[1])}


def ids(world: World) -> dict[str, str]:
    """The same, in a transaction of their own."""
    with world.database.admin() as conn:
        return insert(conn, world)


def live(world: World) -> None:
    """A private location from its making to its end, by the use cases: let in, renewed, heard, revoked."""
    app, worker, by, org = (
        world.database.enter("app"),
        world.database.enter("worker"),
        Actor("system", None),
        world.org_id,
    )
    place = private_locations.create_location(app, org, by, PrivateLocationInput(name=f"of {uuid4()}"))
    renamed = PrivateLocationInput(name=f"still of {uuid4()}")
    private_locations.rename_location(app, org, by, place.id, renamed, version=1)
    assert place.id in [one.id for one in private_locations.list_locations(app, org, after=None, limit=50)]
    made = probes.create_probe(app, org, by, place.id, ProbeInput(name="one"))
    _, csr = certificates.make_request()
    requested = certificates.read_request(csr)
    enrolled, _ = enrolling.enroll(
        worker, authority(), made.token, requested, None, probes_url="https://p.example", source_address=None
    )
    shown = certificates.read_shown(enrolled.certificate)
    enrolling.renew(worker, authority(), shown, requested, "tocsin", probes_url="https://p.example")
    sent = ResultBatch(batch_id=uuid4(), region=place.region, sent_at=world.now, probe_id=made.id, sequence=1)
    probes.hear(worker, [sent])
    listed = probes.list_probes(app, org, place.id, after=(world.now - timedelta(days=1), place.id), limit=5)
    assert [one.status for one in listed] == ["enrolled"]
    probes.revoke_probe(app, org, by, place.id, made.id)
    assert shown.serial in edge_state.read(worker, budget_per_minute=60).revoked_certificates
    private_locations.delete_location(app, org, by, place.id)
