"""Private probes, behind mutual TLS: their configuration, what was asked for, and the results they bring.

Who a probe is, its certificate says and nothing else; it is looked up among the revoked at every request. Results are
durable in the queue before they are answered, so that a probe may forget them.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID
from xml.etree import ElementTree

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import PositiveInt, ValidationError

from functions.ingest.admission import SERVICE, gate
from functions.ingest.exchange import Request
from functions.ingest.problems import PROBLEM_JSON, problem
from tocsin.checks.sending import bodies
from tocsin.contracts.checks import Command, ResultBatch
from tocsin.contracts.probes import (
    COMMANDS_PATH,
    COMMANDS_PREFIX,
    CONFIG_PATH,
    MAX_BATCH_BYTES,
    RESULTS_PATH,
    ProbeBatch,
    ProbeCommands,
    private_command_key,
    private_config_key,
)
from tocsin.errors import FieldProblem, QueueUnavailable, TocsinError, Unauthenticated
from tocsin.platform import aws, certificates, clock, logs, queues, settings
from tocsin.platform.certificates import Identity

RETRY_SECONDS: Final = 5
MOST_COMMANDS: Final = 20
S3_LIST: Final = "{http://s3.amazonaws.com/doc/2006-03-01/}"
EMPTY: Final = b'{"monitors":[]}'
"""The configuration of a location that no monitor names yet: nothing was ever published for it."""


class ProbesSettings(settings.Settings):
    """What the probes' part of ingest needs to know beyond the rest."""

    edge_bucket: str
    results_queue_url: str
    key_budget_per_minute: PositiveInt


@dataclass(slots=True)
class Visit:
    """One request of a probe, and the line that is logged for it."""

    identity: Identity
    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str]
    known: ProbesSettings
    entry: "Entry"


@dataclass(slots=True)
class Entry:
    """The line that is logged for a request."""

    protocol: str
    caller: str | None = None
    results: int = 0


class Refused(Exception):
    """A request that is turned away."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, errors: tuple[FieldProblem, ...] = ()) -> None:
        super().__init__(detail)
        self.status, self.code, self.errors = status, code, errors


def respond(event: dict[str, Any], request: Request) -> dict[str, Any]:
    """Answer one request of a probe."""
    entry = Entry("probes")
    return answered(request, entry, lambda: _visited(_admitted(event, request, entry), request))


def answered(request: Request, entry: Entry, answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a request behind mutual TLS is answered with, or turned away with, and its line in the log."""
    outcome = "answered"
    try:
        response = answer()
    except Refused as error:
        outcome = error.code
        response = _problem(error)
    except TocsinError as error:
        outcome = error.code
        status = HTTPStatus.UNAUTHORIZED if isinstance(error, Unauthenticated) else HTTPStatus.SERVICE_UNAVAILABLE
        response = _problem(Refused(status, error.code, str(error)))
    except Exception:  # noqa: BLE001 - the edge of the process: whatever it was, the probe is told to try again
        logs.logger(SERVICE).exception("request failed")
        outcome = "unavailable"
        response = _problem(Refused(HTTPStatus.SERVICE_UNAVAILABLE, outcome, "Nothing was accepted; send it again."))
    extra = {"protocol": entry.protocol, "outcome": outcome, "status": response["statusCode"], "caller": entry.caller}
    logs.logger(SERVICE).info("request", extra={**extra, "path": request.path, "results": entry.results})
    logs.count(SERVICE, "ProbeResults" if entry.protocol == "probes" else "RegionResults", entry.results)
    logs.flush(SERVICE)
    return response


def _admitted(event: dict[str, Any], request: Request, entry: Entry) -> Visit:
    now = clock.now()
    shown = certificates.shown_in(event, now)
    entry.caller = str(shown.identity.probe_id)
    known = settings.load(ProbesSettings)
    at_the_gate = gate(known.edge_bucket, known.key_budget_per_minute)
    if at_the_gate.is_revoked(shown.serial, now):
        raise Unauthenticated(f"The certificate {shown.serial} has been revoked.")
    wait = at_the_gate.take(f"probe:{shown.identity.probe_id}", now)
    if wait:
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "over_budget", f"Too many requests; wait {wait} s.")
    return Visit(shown.identity, request.headers, request.body, request.query, known, entry)


def _visited(visit: Visit, request: Request) -> dict[str, Any]:
    routes: dict[str, tuple[str, Callable[[Visit], dict[str, Any]]]] = {
        CONFIG_PATH: ("GET", _config),
        COMMANDS_PATH: ("GET", _commands),
        RESULTS_PATH: ("POST", _results),
    }
    found = routes.get(request.path)
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this path.")
    if request.method != found[0]:
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", f"This takes {found[0]}.")
    return found[1](visit)


# ── what they are told ────────────────────────────────────────────────────────────────────────────────────────────────


def _config(visit: Visit) -> dict[str, Any]:
    """The configuration of the probe's location, as it was published, by ETag."""
    wanted = visit.headers.get("if-none-match")
    try:
        answer = _s3(visit.known.edge_bucket).send(
            "GetObject",
            "GET",
            f"/{private_config_key(visit.identity.location_id)}",
            {"If-None-Match": wanted} if wanted else {},
        )
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if status == HTTPStatus.NOT_MODIFIED:
            return {"statusCode": 304, "headers": {"ETag": wanted or ""}, "body": "", "isBase64Encoded": False}
        if status == HTTPStatus.NOT_FOUND:
            return document(EMPTY, {})
        raise _unread("configuration", error) from error
    except BotoCoreError as error:
        raise _unread("configuration", error) from error
    etag = answer.headers.get("ETag")
    return document(answer.data, {"ETag": etag} if etag else {})


def _commands(visit: Visit) -> dict[str, Any]:
    """Commands for the probe's location past the id it asks from; without one none, and where to go on from."""
    after = _after(visit.query)
    prefix = f"{COMMANDS_PREFIX}{visit.identity.location_id}/"
    store = _s3(visit.known.edge_bucket)
    try:
        keys = _listed(store, prefix, after)
        found = [store.send("GetObject", "GET", f"/{key}", {}).data for key in keys]
    except (BotoCoreError, ClientError) as error:
        raise _unread("commands", error) from error
    commands = [Command.model_validate_json(one) for one in found]
    last = UUID(keys[-1].removeprefix(prefix).removesuffix(".json")) if keys else after
    return document(ProbeCommands(commands=commands, next_after=last).to_json().encode(), {})


def _after(query: Mapping[str, str]) -> UUID:
    try:
        return UUID(query["after"])
    except (KeyError, ValueError) as error:
        wrong = FieldProblem("query.after", "must be an id: what comes after it is answered")
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Say from where on.", (wrong,)) from error


def _listed(store: aws.Client, prefix: str, after: UUID) -> list[str]:
    start = private_command_key(UUID(prefix.removeprefix(COMMANDS_PREFIX).rstrip("/")), after)
    query = f"list-type=2&max-keys={MOST_COMMANDS}&prefix={_quoted(prefix)}&start-after={_quoted(start)}"
    answer = store.send("ListObjectsV2", "GET", f"/?{query}", {})
    found = ElementTree.fromstring(answer.data).iter(f"{S3_LIST}Key")  # noqa: S314 - S3's own answer
    return [key.text for key in found if key.text]


def _quoted(text: str) -> str:
    return text.replace("/", "%2F")


# ── what they bring ───────────────────────────────────────────────────────────────────────────────────────────────────


def _results(visit: Visit) -> dict[str, Any]:
    """Make a batch durable; only then answer. Region and probe are those of the certificate."""
    batch = _read(visit)
    made = ResultBatch(
        batch_id=batch.batch_id,
        region=visit.identity.region,
        sent_at=batch.sent_at,
        probe_id=visit.identity.probe_id,
        sequence=batch.sequence,
        results=batch.results,
        reports=batch.reports,
    )
    keep(visit.known.results_queue_url, made, str(visit.identity.org_id))
    visit.entry.results = len(batch.results)
    return document(json.dumps({"sequence": batch.sequence}).encode(), {}, HTTPStatus.ACCEPTED)


def keep(queue_url: str, batch: ResultBatch, group: str) -> None:
    """Put a batch into the queue `results`, as several messages if it is long; raises QueueUnavailable."""
    try:
        queues.send(queue_url, [queues.Outgoing(body, group) for body in bodies(batch)])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("results queue not reached", extra={"reason": str(error)[:300]})
        raise


def _read(visit: Visit) -> ProbeBatch:
    try:
        return ProbeBatch.model_validate_json(_unpacked(visit))
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        problems = tuple(
            FieldProblem(".".join(str(part) for part in one["loc"]) or "body", one["msg"]) for one in found
        )
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "The batch can't be used as it is.", problems[:20]
        ) from error


def _unpacked(visit: Visit) -> bytes:
    if visit.headers.get("content-encoding") != "gzip" and "gzip" not in visit.headers.get("content-type", ""):
        body = visit.body
    else:
        try:
            unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            body = unpacker.decompress(visit.body, MAX_BATCH_BYTES + 1)
        except zlib.error as error:
            raise Refused(HTTPStatus.BAD_REQUEST, "not_gzip", "The body is not what gzip packs.") from error
        if len(body) <= MAX_BATCH_BYTES and not unpacker.eof:
            raise Refused(HTTPStatus.BAD_REQUEST, "not_gzip", "The body ends in the middle of what gzip packs.")
    if len(body) > MAX_BATCH_BYTES:
        detail = f"A batch has at most {MAX_BATCH_BYTES} bytes, unpacked; send fewer results at once."
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", detail)
    return body


# ── answers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def document(body: bytes, headers: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK) -> dict[str, Any]:
    """JSON, packed: configurations are long and much alike."""
    packed = base64.b64encode(gzip.compress(body, 6, mtime=0)).decode()
    told = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Cache-Control": "no-store", **headers}
    return {"statusCode": status.value, "headers": told, "body": packed, "isBase64Encoded": True}


def _problem(refused: Refused) -> dict[str, Any]:
    answer = problem(refused.status, refused.code, str(refused), refused.errors)
    headers = {"Content-Type": PROBLEM_JSON, "Cache-Control": "no-store"}
    if refused.status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return {"statusCode": answer.status, "headers": headers, "body": answer.body, "isBase64Encoded": False}


def _unread(what: str, error: Exception) -> Refused:
    logs.logger(SERVICE).error("not read", extra={"what": what, "reason": str(error)[:300]})
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", f"The {what} can't be read now.")


@cache
def _s3(bucket: str) -> aws.Client:
    """A probe waits for this, not a page."""
    return aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=2, bucket=bucket)
