"""The configurations of checks: each region's monitors by shard, each private location's in one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from tocsin.contracts.checks import CheckConfig, CheckMonitor, config_key
from tocsin.contracts.probes import private_config_key
from tocsin.domain.monitor import spread_seconds
from tocsin_data.db import Database
from tocsin_data.sql import check_configs

PRIVATE: Final = "private:"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a deployment checks: its regions, how many shards each has, over how many seconds starts are spread at most,
    and the addresses that tell a region whether it is cut off. Private locations have no such addresses: what they
    reach is for their owner to know.
    """

    regions: Sequence[str]
    shards: int = 1
    spread_seconds: float = 60
    controls: Sequence[str] = ()
    with_demo: bool = False


def shard_of(monitor_id: UUID, shards: int) -> int:
    """Which shard checks a monitor: always the same, as long as there are as many."""
    return int.from_bytes(sha256(monitor_id.bytes).digest()[:8]) % shards


def read(db: Database, layout: Layout) -> dict[str, CheckConfig]:
    """All configurations as of now, by their keys; those without monitors too, so that what is gone is checked no more.

    Nothing of a demo is checked unless the layout says so, nor of what an organization has paused or deleted.
    """
    with db.many(()) as tx:
        rows = check_configs.monitors(tx, with_demo=layout.with_demo)
        locations = check_configs.locations(tx, with_demo=layout.with_demo)
        now = tx.now
    monitors = [
        CheckMonitor(
            monitor_id=row.id,
            org_id=row.org_id,
            version=row.version,
            interval_seconds=row.interval_seconds,
            timeout_seconds=round(row.timeout_seconds, 3),
            spec=row.spec,  # pyright: ignore[reportArgumentType] - read from JSON, and validated here
            sealed=row.sealed,
            origin=row.origin,  # pyright: ignore[reportArgumentType] - likewise
            regions=row.regions,
        )
        for row in rows
    ]
    by_region: dict[str, list[CheckMonitor]] = {}
    for monitor in monitors:
        for region in monitor.regions:
            by_region.setdefault(region, []).append(monitor)
    return {
        key: CheckConfig(
            written_at=now,
            region=region,
            shard=shard,
            shards=shards,
            spread_seconds=min(layout.spread_seconds, spread_seconds(len(mine))),
            controls=[] if region.startswith(PRIVATE) else list(layout.controls),
            monitors=mine,
        )
        for key, region, shard, shards in _objects(layout, locations)
        for mine in [[_told(m, region) for m in by_region.get(region, ()) if shard_of(m.monitor_id, shards) == shard]]
    }


def _told(monitor: CheckMonitor, region: str) -> CheckMonitor:
    """A monitor as a region is told of it: what is sealed no private probe could open, so it is not given to any."""
    return monitor.model_copy(update={"sealed": None}) if region.startswith(PRIVATE) else monitor


def _objects(layout: Layout, locations: Sequence[UUID]) -> Iterator[tuple[str, str, int, int]]:
    for region in layout.regions:
        for shard in range(layout.shards):
            yield config_key(region, shard), region, shard, layout.shards
    for location_id in locations:
        yield private_config_key(location_id), f"{PRIVATE}{location_id}", 0, 1
