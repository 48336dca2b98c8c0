"""Documents for the outside, written to the home region: the edge state that `ingest` refuses by, what regions check,
and the pages of the public.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from functions.publish import checks, page_requests
from functions.publish.bucket import THREADS, Bucket
from functions.publish.page_requests import PageSettings
from functions.publish.page_writing import put_assets
from tocsin.contracts.edge import CHECKS, EDGE_STATE_KEY, PAGES, PublishRequest
from tocsin.platform import aws, logs, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import commanding
from tocsin_data.services.rejecting import rejecter
from tocsin_data.views import check_configs, edge_state
from tocsin_data.views.check_configs import Layout

SERVICE: Final = "publish"


class PublishSettings(DatabaseSettings, PageSettings):
    """What publish needs to know."""

    edge_bucket: str
    key_budget_per_minute: int
    check_regions: str = ""
    """From where monitors are checked, with commas between them, as are the addresses that answer if anything does."""
    check_shards: int = 1
    check_spread_seconds: float = 60
    control_targets: str = ""
    check_demo: bool = False

    @property
    def layout(self) -> Layout:
        """How this deployment checks."""
        return Layout(
            regions=_listed(self.check_regions),
            shards=self.check_shards,
            spread_seconds=self.check_spread_seconds,
            controls=_listed(self.control_targets),
            with_demo=self.check_demo,
        )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@cache
def _s3(bucket: str) -> aws.Client:
    return aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=3, bucket=bucket, connections=THREADS)


@cache
def _pages(bucket: str) -> Bucket:
    """The bucket of pages, with what they all share in it."""
    found = Bucket(_s3(bucket))
    put_assets(found)
    return found


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `publications` → partial batch response."""
    db = database(settings.load(PublishSettings))
    return BatchRun(SERVICE, PublishRequest, _apply, rejecter(db, "publications"))(event)


def _apply(requests: Sequence[PublishRequest]) -> None:
    known = settings.load(PublishSettings)
    wanted = {request.document for request in requests}
    if wanted - {CHECKS, PAGES}:
        _publish_edge_state(known, len(requests))
    if CHECKS in wanted:
        _publish_checks(known, len(requests))
    if PAGES in wanted and known.pages_bucket is not None:
        asked = [request for request in requests if request.document == PAGES]
        page_requests.publish(database(known), _pages(known.pages_bucket), known, asked)


def _publish_edge_state(known: PublishSettings, requests: int) -> None:
    state = edge_state.read(database(known), budget_per_minute=known.key_budget_per_minute)
    headers = {"Content-Type": "application/json"}
    _s3(known.edge_bucket).send("PutObject", "PUT", f"/{EDGE_STATE_KEY}", headers, state.to_json().encode())
    logs.logger(SERVICE).info(
        "published",
        extra={"requests": requests, "revoked": len(state.revoked), "over_budget": len(state.over_budget)},
    )


def _publish_checks(known: PublishSettings, requests: int) -> None:
    """First what somebody waits for; a command that is written twice is carried out twice, to the same result."""
    db, s3 = database(known), _s3(known.edge_bucket)
    commands = commanding.waiting(db)
    for key, command in commands.items():
        s3.send("PutObject", "PUT", f"/{key}", checks.JSON, command.to_json().encode())
    commanding.asked(db, list(commands.values()))
    configs = check_configs.read(db, known.layout)
    written = checks.write_configs(s3, configs)
    counts = {"commands": len(commands), "configs": len(configs), "written": written}
    logs.logger(SERVICE).info("checks published", extra={"requests": requests, **counts})
