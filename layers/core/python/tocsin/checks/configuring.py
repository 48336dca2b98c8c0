"""What a region has to check, as its own bucket says: read again by ETag, and the last known where it can't be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from tocsin.contracts.checks import CheckConfig, config_key
from tocsin.platform import aws, logs, threads

SERVICE: Final = "check"
UNCHANGED: Final = 304
MISSING: Final = 404
GOOD_FOR_COMMANDS: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class _Known:
    etag: str
    config: CheckConfig | None
    read_at: datetime


class BucketConfig:
    """The configuration of one region's shards, kept in this process."""

    def __init__(self, s3: aws.Client, region: str) -> None:
        self._s3 = s3
        self._region = region
        self._known: dict[int, _Known] = {}

    async def read(self, shard: int, now: datetime) -> CheckConfig | None:
        """What a shard has to check: None when nothing was ever written for it, or nothing can be read or is known.

        What can't be read is logged and counted as `ConfigUnread`, and the last known holds.
        """
        known = self._known.get(shard)
        headers = {"If-None-Match": known.etag} if known and known.etag else {}
        path = f"/{config_key(self._region, shard)}"
        try:
            answer = await threads.run(self._s3.send, "GetObject", "GET", path, headers)
            found = _Known(answer.headers["ETag"], CheckConfig.model_validate_json(answer.data), now)
        except ClientError as error:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            if status == UNCHANGED and known is not None:
                found = _Known(known.etag, known.config, now)
            elif status == MISSING:
                found = _Known("", None, now)
            else:
                return self._unread(shard, known, error)
        except (BotoCoreError, ValidationError) as error:
            return self._unread(shard, known, error)
        self._known[shard] = found
        return found.config

    async def controls(self, now: datetime) -> list[str]:
        """The region's control addresses, which every shard has; looked up once a minute."""
        known = self._known.get(0)
        if known is None or now - known.read_at >= GOOD_FOR_COMMANDS:
            config = await self.read(0, now)
        else:
            config = known.config
        return config.controls if config else []

    def _unread(self, shard: int, known: _Known | None, error: Exception) -> CheckConfig | None:
        logs.logger(SERVICE).error(
            "configuration not read",
            extra={
                "shard": shard,
                "reason": type(error).__name__ if isinstance(error, ValidationError) else str(error)[:300],
                "written_at": None if known is None or known.config is None else str(known.config.written_at),
            },
        )
        logs.count(SERVICE, "ConfigUnread")
        return known.config if known else None
