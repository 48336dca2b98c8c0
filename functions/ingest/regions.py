"""Regions that send what they found by mutual TLS: taken as what the queue would have taken (ADR 0023).

Which region it is, its certificate says and nothing else. It must be one that is checked from, so that one that was
taken out has no voice any more; a certificate that was revoked is refused at every request.
"""

import base64
import json
from http import HTTPStatus
from typing import Any

from functions.ingest.admission import gate
from functions.ingest.exchange import Request
from functions.ingest.probes import Entry, ProbesSettings, Refused, answered, document, keep
from tocsin.contracts.checks import ResultBatch
from tocsin.contracts.probes import REGION_RESULTS_PATH, RegionBatch
from tocsin.errors import Invalid, Unauthenticated
from tocsin.platform import certificates, clock, settings
from tocsin.platform.packing import unpack


class RegionsSettings(ProbesSettings):
    """What the regions' part needs to know: those that send by mutual TLS, and serials that were revoked by hand, both
    with commas between them. Neither is set where they send to the queue.
    """

    check_regions: str = ""
    revoked_certificates: str = ""


def respond(event: dict[str, Any], request: Request) -> dict[str, Any]:
    """Answer one request of a region."""
    entry = Entry("regions")
    return answered(request, entry, lambda: _taken(event, request, entry))


def _taken(event: dict[str, Any], request: Request, entry: Entry) -> dict[str, Any]:
    known = settings.load(RegionsSettings)
    region = _admitted(event, known)
    entry.caller = region
    if request.path != REGION_RESULTS_PATH:
        raise Refused(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this path.")
    if request.method != "POST":
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "This takes POST.")
    try:
        batch = unpack(base64.b64encode(request.body).decode(), RegionBatch)
    except Invalid as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, str(error)) from error
    made = ResultBatch(
        batch_id=batch.batch_id, region=region, sent_at=batch.sent_at, results=batch.results, reports=batch.reports
    )
    keep(known.results_queue_url, made, region)
    entry.results = len(batch.results)
    return document(json.dumps({"batch_id": str(batch.batch_id)}).encode(), {}, HTTPStatus.ACCEPTED)


def _admitted(event: dict[str, Any], known: RegionsSettings) -> str:
    """The region that speaks; raises Unauthenticated, and Unavailable while it can't be read who was revoked."""
    now = clock.now()
    shown = certificates.region_shown_in(event, now)
    region = shown.identity.region
    if region not in known.check_regions.split(","):
        raise Unauthenticated(f"This deployment takes nothing from {region} by mutual TLS.")
    at_the_gate = gate(known.edge_bucket, known.key_budget_per_minute)
    if shown.serial in known.revoked_certificates.split(",") or at_the_gate.is_revoked(shown.serial, now):
        raise Unauthenticated(f"The certificate {shown.serial} has been revoked.")
    return region
