"""Documents for the outside, written to the home region: the edge state that `ingest` refuses by, what regions check,
and the pages of the public.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from functions.publish import checks, documents, page_requests
from functions.publish.bucket import THREADS, Bucket
from functions.publish.page_requests import PageSettings
from functions.publish.page_writing import put_assets
from tocsin.contracts.checks import CheckConfig
from tocsin.contracts.edge import CHECKS, EDGE_STATE_KEY, PAGES, PublishRequest
from tocsin.platform import aws, clock, logs, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import commanding
from tocsin_data.services.rejecting import rejecter
from tocsin_data.views import check_configs, edge_state
from tocsin_data.views.check_configs import PRIVATE, Layout

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
    private_seconds: float = 12
    """How long an invocation begins with private locations, its pages before them; what is left is asked for anew."""

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
    """Private locations last: however many there are, nobody's pages wait for them."""
    known = settings.load(PublishSettings)
    ends_at = clock.seconds() + known.private_seconds
    wanted = {request.document for request in requests}
    starts = {request.after_region for request in requests if request.document == CHECKS}
    configs: Mapping[str, CheckConfig] = {}
    if wanted - {CHECKS, PAGES}:
        _publish_edge_state(known, len(requests))
    if starts:
        configs = check_configs.read(database(known), known.layout)
    if None in starts:
        _publish_checks(known, configs, len(requests))
    if PAGES in wanted and known.pages_bucket is not None:
        asked = [request for request in requests if request.document == PAGES]
        page_requests.publish(database(known), _pages(known.pages_bucket), known, asked)
    if starts:
        after = None if None in starts else min(start for start in starts if start is not None)
        _publish_private(known, configs, after, ends_at)


def _publish_edge_state(known: PublishSettings, requests: int) -> None:
    state = edge_state.read(database(known), budget_per_minute=known.key_budget_per_minute)
    is_written = documents.write(_s3(known.edge_bucket), EDGE_STATE_KEY, state)
    counts = {"revoked": len(state.revoked), "over_budget": len(state.over_budget), "written": int(is_written)}
    logs.logger(SERVICE).info("published", extra={"requests": requests, **counts})


def _publish_checks(known: PublishSettings, configs: Mapping[str, CheckConfig], requests: int) -> None:
    """First what somebody waits for; a command that is written twice is carried out twice, to the same result."""
    db, s3 = database(known), _s3(known.edge_bucket)
    commands = commanding.waiting(db)
    for key, command in commands.items():
        s3.send("PutObject", "PUT", f"/{key}", documents.JSON, command.to_json().encode())
    commanding.asked(db, list(commands.values()))
    of_regions = {key: config for key, config in configs.items() if not config.region.startswith(PRIVATE)}
    written = checks.write_configs(Bucket(s3), of_regions)
    counts = {"commands": len(commands), "configs": len(of_regions), "written": written}
    logs.logger(SERVICE).info("checks published", extra={"requests": requests, **counts})


def _publish_private(
    known: PublishSettings, configs: Mapping[str, CheckConfig], after: str | None, ends_at: float
) -> None:
    private = {key: config for key, config in configs.items() if config.region.startswith(PRIVATE)}
    written, rest = checks.write_private(Bucket(_s3(known.edge_bucket)), private, after, ends_at)
    if rest is not None:
        checks.ask_for_the_rest(known.publications_queue_url, rest)
    counts = {"configs": len(private), "written": written, "goes_on_after": rest}
    logs.logger(SERVICE).info("private locations published", extra=counts)
