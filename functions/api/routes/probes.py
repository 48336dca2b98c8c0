"""The probes of a private location: let in by a token, given another, shut out. What probes call themselves is not here
but behind mutual TLS, and in `enroll`.
"""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter
from tocsin.contracts.api_probes import NewProbe, Probe, ProbeInput, ProbePage
from tocsin.domain.permission import Permission
from tocsin_data.services import probes

router = APIGatewayHttpRouter()
TAGS: Final = ["private probes"]
READ: Final = Permission.READ_PROBES
WRITE: Final = Permission.WRITE_PROBES


@router.get(
    "/v1/private-locations/<location_id>/probes",
    summary="List the probes of a private location, the oldest first: when each was heard, and until when it is let in",
    tags=TAGS,
    operation_id="listProbes",
)
def list_probes(location_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> ProbePage:
    """Answer a page of probes."""
    session = enter(READ)
    found = probes.list_probes(session.db, session.org_id, location_id, after=cursors.instant(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda one: (one.created_at, one.id))
    return ProbePage(items=items, next_cursor=following)


@router.post(
    "/v1/private-locations/<location_id>/probes",
    summary="Let a probe in; the token that enrols it, once and within an hour, is shown this once",
    tags=TAGS,
    operation_id="createProbe",
    status_code=HTTPStatus.CREATED.value,
)
def create_probe(location_id: UUID, data: ProbeInput) -> NewProbe:
    """Create a probe that is yet to enrol."""
    session = enter(WRITE)
    return probes.create_probe(session.db, session.org_id, session.actor, location_id, data)


@router.get(
    "/v1/private-locations/<location_id>/probes/<probe_id>",
    summary="Get a probe",
    tags=TAGS,
    operation_id="getProbe",
)
def get_probe(location_id: UUID, probe_id: UUID) -> Probe:
    """Answer one probe."""
    session = enter(READ)
    return probes.get_probe(session.db, session.org_id, location_id, probe_id)


@router.post(
    "/v1/private-locations/<location_id>/probes/<probe_id>/rotate",
    summary="Give a probe another token; once somebody enrols with it, the certificates it had are revoked",
    tags=TAGS,
    operation_id="rotateProbe",
)
def rotate_probe(location_id: UUID, probe_id: UUID) -> NewProbe:
    """Answer the token, shown this once."""
    session = enter(WRITE)
    return probes.rotate_probe(session.db, session.org_id, session.actor, location_id, probe_id)


@router.post(
    "/v1/private-locations/<location_id>/probes/<probe_id>/revoke",
    summary="Shut a probe out at once, with all its certificates",
    tags=TAGS,
    operation_id="revokeProbe",
)
def revoke_probe(location_id: UUID, probe_id: UUID) -> Probe:
    """Revoke a probe; one that is out stays so."""
    session = enter(WRITE)
    made = probes.revoke_probe(session.db, session.org_id, session.actor, location_id, probe_id)
    session.publish_edge_state()
    return made
