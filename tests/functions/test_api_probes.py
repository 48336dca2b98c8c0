"""Private locations and their probes as an operator sees them: made, listed, given tokens, shut out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.certificates import authority
from tests.support.world import World
from tocsin.contracts.checks import ResultBatch
from tocsin.errors import Unauthenticated
from tocsin.platform import certificates
from tocsin.platform.tokens import digest
from tocsin_data.services import enrolling
from tocsin_data.services import probes as probes_service
from tocsin_data.views import edge_state


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def location(api: ApiHost, name: str = "Berlin") -> dict[str, Any]:
    made = api.call("POST", "/v1/private-locations", {"name": name})
    assert made.status == 201, made.text
    assert made.headers["ETag"] == '"1"'
    return made.json


def probe(api: ApiHost, location_id: str, name: str = "probe-1") -> dict[str, Any]:
    made = api.call("POST", f"/v1/private-locations/{location_id}/probes", {"name": name})
    assert made.status == 201, made.text
    return made.json


def enrolled(world: World, token: str) -> str:
    """Enrol as the probe does; answers the certificate's serial."""
    _, csr = certificates.make_request()
    requested = certificates.read_request(csr)
    worker = world.database.enter("worker")
    made, _ = enrolling.enroll(
        worker, authority(), token, requested, "tocsin 0.1.0", probes_url="https://p.example", source_address=None
    )
    return made.serial


def batch(probe_id: str | None, sent_at: datetime, sequence: int | None) -> ResultBatch:
    named = None if probe_id is None else UUID(probe_id)
    return ResultBatch(batch_id=uuid4(), region="any", sent_at=sent_at, probe_id=named, sequence=sequence)


def test_a_private_location_is_a_region_for_monitors(api: ApiHost) -> None:
    made = location(api)
    assert made["region"] == f"private:{made['id']}"
    assert made["probes"] == 0
    assert made["last_seen_at"] is None
    assert api.call("GET", f"/v1/private-locations/{made['id']}").json == made
    location(api, "Aachen")
    listed = api.call("GET", "/v1/private-locations", query={"limit": 1}).json
    assert [one["name"] for one in listed["items"]] == ["Aachen"]
    rest = api.call("GET", "/v1/private-locations", query={"cursor": listed["next_cursor"]}).json
    assert [one["name"] for one in rest["items"]] == ["Berlin"]


def test_an_organization_has_so_many_private_locations_and_no_more(api: ApiHost) -> None:
    made = [location(api, f"Hall {n}") for n in range(20)]
    one_more = api.call("POST", "/v1/private-locations", {"name": "One more"})
    assert (one_more.status, one_more.problem["code"]) == (409, "conflict")
    assert "20 private locations" in one_more.problem["detail"]
    api.call("DELETE", f"/v1/private-locations/{made[0]['id']}")
    location(api, "One more")


def test_a_private_location_is_renamed_by_who_has_read_it(api: ApiHost) -> None:
    path = f"/v1/private-locations/{location(api)['id']}"
    location(api, "Aachen")
    assert api.call("PUT", path, {"name": "Bonn"}).status == 428
    assert api.call("PUT", path, {"name": "Bonn"}, headers={"if-match": '"2"'}).status == 412
    assert api.call("PUT", path, {"name": "Aachen"}, headers={"if-match": '"1"'}).problem["code"] == "duplicate"
    renamed = api.call("PUT", path, {"name": "Bonn"}, headers={"if-match": '"1"'})
    assert (renamed.json["name"], renamed.headers["ETag"]) == ("Bonn", '"2"')


@pytest.mark.parametrize(("body", "field"), [({}, "name"), ({"name": " "}, "name"), ({"name": "x", "y": 1}, "y")])
def test_what_is_wrong_is_told_by_its_field(api: ApiHost, body: dict[str, Any], field: str) -> None:
    assert field in api.call("POST", "/v1/private-locations", body).fields
    path = f"/v1/private-locations/{location(api)['id']}/probes"
    assert field in api.call("POST", path, body).fields


def test_a_token_is_shown_once_and_kept_as_its_hash(api: ApiHost, world: World) -> None:
    place = location(api)
    made = probe(api, place["id"])
    assert made["status"] == "waiting"
    rows = world.database.rows("select token_hash, expires_at - created_at from probe_token")
    assert rows == [(digest(made["token"]), timedelta(hours=1))]
    seen = api.call("GET", f"/v1/private-locations/{place['id']}/probes/{made['id']}").text
    assert "token" not in seen
    assert all(made["token"] not in str(row) for row in world.database.rows("select * from audit_entry"))


def test_an_enrolled_probe_is_listed_with_its_certificate_and_when_it_was_heard(api: ApiHost, world: World) -> None:
    place = location(api)
    made = probe(api, place["id"])
    probe(api, place["id"], "probe-2")
    serial = enrolled(world, made["token"])
    worker, heard = world.database.enter("worker"), world.now
    probes_service.hear(worker, [batch(made["id"], heard, 7), batch(made["id"], heard - timedelta(hours=1), 6)])
    probes_service.hear(worker, [batch(str(uuid4()), heard, 1), batch(None, heard, None)])
    first, second = api.call("GET", f"/v1/private-locations/{place['id']}/probes").json["items"]
    assert (first["status"], second["status"]) == ("enrolled", "waiting")
    assert first["certificate_serial"] == serial
    assert first["software"] == "tocsin 0.1.0"
    assert first["last_seen_at"].startswith(f"{heard:%Y-%m-%dT%H:%M:%S}")
    assert world.database.rows("select last_sequence from probe where id = %s", made["id"]) == [(7,)]
    shown = api.call("GET", f"/v1/private-locations/{place['id']}").json
    assert (shown["probes"], shown["last_seen_at"]) == (1, first["last_seen_at"])
    world.database.advance(certificates.LIFETIME)
    assert api.call("GET", f"/v1/private-locations/{place['id']}/probes").json["items"][0]["status"] == "expired"


def test_probes_are_listed_in_pages(api: ApiHost) -> None:
    place = location(api)
    names = [probe(api, place["id"], f"probe-{number}")["name"] for number in range(3)]
    path, found, cursor = f"/v1/private-locations/{place['id']}/probes", [], None
    for _ in names:
        answer = api.call("GET", path, query={"limit": 1} | ({"cursor": cursor} if cursor else {})).json
        found += [one["name"] for one in answer["items"]]
        cursor = answer["next_cursor"]
    assert (found, cursor) == (names, None)


def test_a_revoked_probe_is_refused_by_the_edge_and_stays_out(api: ApiHost, world: World) -> None:
    place = location(api)
    made = probe(api, place["id"])
    serial = enrolled(world, made["token"])
    path = f"/v1/private-locations/{place['id']}/probes/{made['id']}"
    again = api.call("POST", f"{path}/rotate").json["token"]
    api.sent("publications")
    assert api.call("POST", f"{path}/revoke").json["status"] == "revoked"
    assert api.sent("publications") == [{"document": "edge_state"}]
    worker = world.database.enter("worker")
    assert edge_state.read(worker, budget_per_minute=60).revoked_certificates == [serial]
    assert api.call("POST", f"{path}/revoke").json["status"] == "revoked"
    assert api.call("POST", f"{path}/rotate").status == 409
    with pytest.raises(Unauthenticated):
        enrolled(world, again)
    world.database.advance(certificates.LIFETIME)
    assert edge_state.read(worker, budget_per_minute=60).revoked_certificates == []


def test_a_rotated_probes_certificates_end_when_somebody_enrols_again(api: ApiHost, world: World) -> None:
    place = location(api)
    made = probe(api, place["id"])
    first = enrolled(world, made["token"])
    token = api.call("POST", f"/v1/private-locations/{place['id']}/probes/{made['id']}/rotate").json["token"]
    worker = world.database.enter("worker")
    assert edge_state.read(worker, budget_per_minute=60).revoked_certificates == []
    assert enrolled(world, token) != first
    assert edge_state.read(worker, budget_per_minute=60).revoked_certificates == [first]


def test_a_lost_token_is_good_no_more_once_there_is_another(api: ApiHost, world: World) -> None:
    place = location(api)
    made = probe(api, place["id"])
    api.call("POST", f"/v1/private-locations/{place['id']}/probes/{made['id']}/rotate")
    with pytest.raises(Unauthenticated):
        enrolled(world, made["token"])


def test_a_private_location_goes_with_its_probes_once_no_monitor_names_it(api: ApiHost, world: World) -> None:
    place = location(api)
    serial = enrolled(world, probe(api, place["id"])["token"])
    late = probe(api, place["id"], "late")["token"]
    world.database.rows(
        "insert into monitor (org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds,"
        " regions, failures_to_down, successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by,"
        " updated_at) values (%s, %s, 'wiki', 'http', '{}', 'critical', 60, 10, %s, 1, 1, 0, 0, now(), 'test', now())"
        " returning id",
        world.org_id,
        world.service_id,
        [place["region"]],
    )
    path = f"/v1/private-locations/{place['id']}"
    assert "wiki" in api.call("DELETE", path).problem["detail"]
    world.database.rows("update monitor set deleted_at = now() where org_id = %s returning id", world.org_id)
    assert api.call("DELETE", path).status == 204
    assert api.call("GET", path).status == 404
    assert api.call("GET", f"{path}/probes").status == 404
    worker = world.database.enter("worker")
    assert edge_state.read(worker, budget_per_minute=60).revoked_certificates == [serial]
    with pytest.raises(Unauthenticated):
        enrolled(world, late)
    location(api)


def test_another_organizations_locations_and_probes_are_not_there(api: ApiHost, world: World) -> None:
    place = location(api)
    made = probe(api, place["id"])
    stranger = World(world.database, name="Other").api_key()
    paths = [f"/v1/private-locations/{place['id']}", f"/v1/private-locations/{place['id']}/probes/{made['id']}"]
    for path in [*paths, f"{paths[0]}/probes"]:
        assert api.call("GET", path, key=stranger).status == 404
    assert api.call("POST", f"{paths[0]}/probes", {"name": "x"}, key=stranger).status == 404
    assert api.call("POST", f"{paths[1]}/revoke", key=stranger).status == 404
    assert api.call("DELETE", paths[0], key=stranger).status == 404
    assert api.call("GET", "/v1/private-locations", key=stranger).json["items"] == []


def test_a_location_has_a_bounded_number_of_probes(api: ApiHost, world: World) -> None:
    place = location(api)
    world.database.rows(
        "insert into probe (org_id, private_location_id, name, created_at, created_by)"
        " select %s, %s, 'p' || n, now(), 'test' from generate_series(1, %s) n returning id",
        world.org_id,
        place["id"],
        probes_service.MAX_PROBES,
    )
    refused = api.call("POST", f"/v1/private-locations/{place['id']}/probes", {"name": "one more"})
    assert refused.problem["code"] == "conflict"
