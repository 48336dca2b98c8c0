"""Documents for the outside, written to the home bucket: here the edge state that `ingest` refuses by."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from tocsin.contracts.edge import EDGE_STATE_KEY, PublishRequest
from tocsin.platform import aws, logs, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services.rejecting import rejecter
from tocsin_data.views import edge_state

SERVICE: Final = "publish"


class PublishSettings(DatabaseSettings):
    """What publish needs to know."""

    edge_bucket: str
    key_budget_per_minute: int


@cache
def _s3(bucket: str) -> aws.Client:
    return aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=3, bucket=bucket)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `publications` → partial batch response."""
    db = database(settings.load(PublishSettings))
    return BatchRun(SERVICE, PublishRequest, _apply, rejecter(db, "publications"))(event)


def _apply(requests: Sequence[PublishRequest]) -> None:
    known = settings.load(PublishSettings)
    state = edge_state.read(database(known), budget_per_minute=known.key_budget_per_minute)
    headers = {"Content-Type": "application/json"}
    _s3(known.edge_bucket).send("PutObject", "PUT", f"/{EDGE_STATE_KEY}", headers, state.to_json().encode())
    logs.logger(SERVICE).info(
        "published",
        extra={"requests": len(requests), "revoked": len(state.revoked), "over_budget": len(state.over_budget)},
    )
