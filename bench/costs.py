"""Works out what a stage costs in a month in which nothing happens, from what its templates deploy.

Free tiers are left out, so that the figures hold in an account that uses them up elsewhere.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from bench.prices import GB, HOURS, PLATFORM_LOG_BYTES, usd

POLLS_A_MONTH: Final = 5 * 3 * 60 * HOURS
"""An event source mapping with nothing to do: five long polls of 20 seconds, always."""
SWEEPS_A_MINUTE: Final = 4
SWEEP_SECONDS: Final = 0.1
SWEEP_LOG_BYTES: Final = 1_000
METRICS: Final = 20
"""Custom metrics with a value in most hours of a month; those of failures come and go."""
PROXY_VCPUS: Final = 2
"""Of every t4g instance up to large, and the least that is billed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill."""

    what: str
    usd: float


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a stage deploys that is billed by the month.

    `endpoints` counts each zone of each; `firewall_rules` is None without a firewall; `memory_gb` is the sweep's.
    """

    instance: str
    zones: int
    storage_gb: int
    proxy: bool
    endpoints: int
    secrets: int
    keys: int
    alarms: int
    consumers: int
    firewall_rules: int | None
    backup_copy: bool
    memory_gb: float

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def monthly(stage: Inventory) -> list[Line]:
    """What a stage costs in a month in which nothing happens."""
    sweeps = SWEEPS_A_MINUTE * 60 * HOURS
    logged = sweeps * (SWEEP_LOG_BYTES + PLATFORM_LOG_BYTES)
    zones = "" if stage.zones == 1 else f" in {stage.zones} zones"
    lines = [
        Line(f"PostgreSQL, db.{stage.instance}{zones}", usd(f"rds.{stage.instance}", HOURS) * stage.zones),
        Line(f"its storage, {stage.storage_gb} GB{zones}", usd("rds.storage", stage.storage_gb) * stage.zones),
        Line("queues polled while empty", usd("sqs.request", POLLS_A_MONTH) * stage.consumers),
        Line(
            "the sweep every 15 s",
            usd("lambda.request", sweeps)
            + usd("lambda.gb_second", sweeps * SWEEP_SECONDS * stage.memory_gb)
            + usd("logs.gb", logged / GB),
        ),
        Line(f"custom metrics, {METRICS}", usd("metric.month", METRICS)),
        Line(f"alarms, {stage.alarms}", usd("alarm.month", stage.alarms)),
        Line(f"secrets, {stage.secrets}", usd("secret.month", stage.secrets)),
        Line(f"keys, {stage.keys}", usd("kms.month", stage.keys)),
    ]
    if stage.proxy:
        lines.append(Line("RDS Proxy", usd("rds.proxy", PROXY_VCPUS * HOURS)))
    if stage.endpoints:
        lines.append(Line(f"interface endpoints, {stage.endpoints}", usd("endpoint.hour", HOURS) * stage.endpoints))
    if stage.backup_copy:
        lines.append(Line("backups in a second region", usd("rds.backup", stage.storage_gb)))
    if stage.firewall_rules is not None:
        lines.append(Line("WAF", usd("waf.acl", 1) + usd("waf.rule", stage.firewall_rules)))
    return sorted(lines, key=lambda line: -line.usd)


def total(lines: list[Line]) -> float:
    """What a bill comes to."""
    return sum(line.usd for line in lines)


DATABASE: Final = ("PostgreSQL", "its storage", "RDS Proxy", "backups")


def database_share(lines: list[Line]) -> float:
    """How much of a bill is the database, its storage and what stands before it; 0 to 1."""
    return total([line for line in lines if line.what.startswith(DATABASE)]) / total(lines)


def inventory(resources: Mapping[str, Mapping[str, Any]]) -> Inventory:
    """Read what is billed by the month out of all resources of a stage's templates."""

    def of(kind: str) -> list[Mapping[str, Any]]:
        return [one.get("Properties", {}) for one in resources.values() if one["Type"] == kind]

    (instance,) = of("AWS::RDS::DBInstance")
    firewalls = of("AWS::WAFv2::WebACL")
    sweep = next(one for one in of("AWS::Lambda::Function") if str(one.get("FunctionName", "")).endswith("-sweep"))
    return Inventory(
        instance=str(instance["DBInstanceClass"]).removeprefix("db."),
        zones=2 if instance.get("MultiAZ") else 1,
        storage_gb=int(instance["AllocatedStorage"]),
        proxy=bool(of("AWS::RDS::DBProxy")),
        endpoints=sum(
            len(one["SubnetIds"]) for one in of("AWS::EC2::VPCEndpoint") if one.get("VpcEndpointType") == "Interface"
        ),
        secrets=len(of("AWS::SecretsManager::Secret")),
        keys=len(of("AWS::KMS::Key") + of("AWS::KMS::ReplicaKey")),
        alarms=len(of("AWS::CloudWatch::Alarm")),
        consumers=len(of("AWS::Lambda::EventSourceMapping")),
        firewall_rules=sum(len(one.get("Rules", [])) for one in firewalls) if firewalls else None,
        backup_copy="AutomaticBackupReplicationRegion" in instance,
        memory_gb=int(sweep.get("MemorySize", 128)) / 1024,
    )
