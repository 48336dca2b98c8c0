"""How things are inside: the database, the clock, the way to the queues. Asked by `tocsin doctor`, changes nothing."""

from typing import Any, Final

from tocsin import __version__
from tocsin.contracts.health import DatabaseHealth, HealthReport, HealthRequest
from tocsin.errors import DatabaseUnavailable, QueueUnavailable
from tocsin.platform import clock, logs, queues, settings
from tocsin_data import SCHEMA_NUMBER
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.views import health

SERVICE: Final = "health"


class HealthSettings(DatabaseSettings):
    """What health needs to know."""

    pings_queue_url: str


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """HealthRequest → HealthReport. What can't be reached is part of the answer, never an error."""
    known = settings.load(HealthSettings)
    request = HealthRequest.model_validate(event)
    seen, database_problem = _ask_database(known)
    report = HealthReport(
        code_version=__version__,
        expected_schema_number=SCHEMA_NUMBER,
        now=clock.now(),
        database=seen,
        database_problem=database_problem,
        queue_problem=None if request.ping is None else _ping(known, request.ping),
    )
    problems = [problem for problem in (report.database_problem, report.queue_problem) if problem]
    logs.logger(SERVICE).info("asked", extra={"problems": problems})
    return report.model_dump(mode="json", exclude_none=True)


def _ask_database(known: HealthSettings) -> tuple[DatabaseHealth | None, str | None]:
    try:
        return health.read(database(known)), None
    except DatabaseUnavailable as error:
        return None, f"{error} {error.__cause__ or ''}".strip()


def _ping(known: HealthSettings, ping: str) -> str | None:
    try:
        queues.send(known.pings_queue_url, [queues.Outgoing(ping, SERVICE)])
    except QueueUnavailable as error:
        return str(error)
    return None
