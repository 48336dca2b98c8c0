"""What only a function inside the network can see: the database, its clock, the way to the queues."""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from pydantic import ValidationError

from cli.doctor.deployment import Deployment
from cli.doctor.finding import Finding, fine, problem, unknown, warning
from tocsin.contracts.health import DatabaseHealth, HealthReport, HealthRequest

OLDEST_SERVER: Final = 180_000
CLOCK_TOLERANCE: Final = timedelta(seconds=2)
PING_SECONDS: Final = 15
FUNCTION: Final = "health"
PINGS: Final = "pings"


def inside(deployment: Deployment) -> Iterator[Finding]:
    """Ask the function `health`, with a ping that must come out of the queue again."""
    ping = secrets.token_hex(8)
    began = datetime.now(UTC)
    answered = deployment.client("lambda").invoke(
        FunctionName=f"{deployment.prefix}{FUNCTION}", Payload=HealthRequest(ping=ping).to_json()
    )
    ended = datetime.now(UTC)
    payload = answered["Payload"].read()
    try:
        if "FunctionError" in answered:
            raise ValueError(json.loads(payload).get("errorMessage", "no message"))
        report = HealthReport.model_validate_json(payload)
    except (ValueError, ValidationError) as error:
        yield problem("inside", f"the function health failed: {error}", "Read its log group.")
        return
    yield from judge(report, began, ended)
    yield from _queue(deployment, report, ping)


def judge(report: HealthReport, began: datetime, ended: datetime) -> Iterator[Finding]:
    """Database, schema and clocks of a report that was asked for and answered at these instants of this machine."""
    yield from _database(report)
    yield from _clocks(report, began, ended)


def _database(report: HealthReport) -> Iterator[Finding]:
    database = report.database
    if database is None:
        yield problem(
            "database",
            f"inside functions can't reach it: {report.database_problem}",
            "Events are accepted meanwhile. Does the instance run? Is the proxy available?",
        )
        return
    version = f"PostgreSQL {database.server_version // 10_000}.{database.server_version % 10_000}"
    if database.is_read_only:
        yield problem("database", f"{version} only reads", "The address leads to a replica: use the writer's.")
    elif database.server_version < OLDEST_SERVER:
        yield problem("database", f"{version} is too old", "Tocsin needs PostgreSQL 18 or newer: upgrade the server.")
    else:
        yield fine("database", f"{version} answers")
    yield _schema(report, database)


def _schema(report: HealthReport, database: DatabaseHealth) -> Finding:
    there, wanted = database.schema_number, report.expected_schema_number
    said = f"migration {there:04} is applied, the code {report.code_version} was written for {wanted:04}"
    if there < wanted:
        return problem("schema", said, "Migrations did not run: deploy again and read the log of migrate.")
    if there > wanted:
        return warning("schema", said, "Right after a rollback; deploy the newer version when its cause is mended.")
    return fine("schema", f"migration {there:04}, as code {report.code_version} expects")


def _clocks(report: HealthReport, began: datetime, ended: datetime) -> Iterator[Finding]:
    clocks = {"functions": report.now} | ({"database": report.database.now} if report.database else {})
    skews = {name: max(began - then, then - ended, timedelta(0)) for name, then in clocks.items()}
    worst = max(skews, key=lambda name: skews[name])
    if skews[worst] > CLOCK_TOLERANCE:
        yield warning(
            "clock",
            f"this machine's and that of the {worst} are {skews[worst].total_seconds():.1f} s apart",
            "Pages go by the database's clock. If this machine is right, look at the database server's time.",
        )
    else:
        yield fine("clock", f"{', '.join(clocks)} and this machine agree within {CLOCK_TOLERANCE.seconds} s")


def _queue(deployment: Deployment, report: HealthReport, ping: str) -> Iterator[Finding]:
    if report.queue_problem is not None:
        yield problem(
            "queue round trip",
            f"inside functions can't send to queues: {report.queue_problem}",
            "Pages wait in the database. Is the endpoint for SQS (standard, ha) or the IPv6 route (small) in place?",
        )
        return
    url = deployment.queues.get(PINGS)
    if url is None:
        yield unknown("queue round trip", "there is no queue of pings", "Deploy this version: `cdk deploy --all`.")
        return
    began = monotonic()
    while monotonic() - began < PING_SECONDS:
        answer = deployment.client("sqs").receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=2, VisibilityTimeout=5
        )
        for message in answer.get("Messages", []):
            # Left over from an earlier asking, or ours: nobody else reads them.
            deployment.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            if message["Body"] == ping:
                yield fine("queue round trip", f"from inside to here in {(monotonic() - began) * 1000:.0f} ms")
                return
    yield problem(
        "queue round trip",
        f"a message sent from inside did not arrive within {PING_SECONDS} s",
        "Look at AWS's health page for SQS, then at the queue's policy.",
    )
