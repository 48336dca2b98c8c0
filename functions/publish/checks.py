"""What regions check and what they are asked for at once, written to the home bucket: only what has changed.

The bucket itself is asked what is there. So whatever was lost or overtaken is made good by the next request, and the
sweep sends one every five minutes. Private locations come last, and as many of them as there is time for: the rest is
asked for anew, so that nobody's keep the pages of others waiting.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from functions.publish import documents
from functions.publish.bucket import Bucket
from tocsin.contracts.checks import CheckConfig
from tocsin.contracts.edge import CHECKS, PublishRequest
from tocsin.errors import QueueUnavailable
from tocsin.platform import aws, clock, logs, queues

SERVICE: Final = "publish"


def write_configs(bucket: Bucket, configs: Mapping[str, CheckConfig]) -> int:
    """Write what differs from what is there and is not older; answers how many. Raises ClientError, BotoCoreError."""
    calls = {key: partial(documents.write, bucket.s3, key, config) for key, config in configs.items()}
    return sum(bucket.at_once(calls).values())


def write_private(
    bucket: Bucket, configs: Mapping[str, CheckConfig], after: str | None, ends_at: float
) -> tuple[int, str | None]:
    """The same of private locations after a region, in their order, until `ends_at` of the stopwatch; answers how
    many, and the region after which they are to be gone on with if there was no time for all. Some are always done.
    """
    mine = sorted((one.region, key) for key, one in configs.items() if after is None or one.region > after)
    first = {key for _, key in mine[: bucket.threads]}
    found = bucket.at_once(
        {
            key: partial(_write_in_time, bucket.s3, key, configs[key], None if key in first else ends_at)
            for _, key in mine
        }
    )
    written = sum(is_written is True for is_written in found.values())
    late = next((n for n, (_, key) in enumerate(mine) if found[key] is None), None)
    return written, None if late is None else mine[late - 1][0]


def ask_for_the_rest(queue_url: str | None, after: str) -> None:
    """Have private locations after a region written, too."""
    request = PublishRequest(document=CHECKS, after_region=after)
    try:
        if queue_url is not None:
            queues.send(queue_url, [queues.Outgoing(request.to_json(), CHECKS)])
    except QueueUnavailable as error:
        logs.logger(SERVICE).warning("the rest is left to the sweep", extra={"detail": str(error)})


def _write_in_time(s3: aws.Client, key: str, config: CheckConfig, ends_at: float | None) -> bool | None:
    """Whether it was written; None when there was no time."""
    if ends_at is not None and clock.seconds() >= ends_at:
        return None
    return documents.write(s3, key, config)
