"""What a monitor holds, checked as a whole before it is written: every problem is told, and what would be right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from tocsin.checks import review
from tocsin.checks.review_targets import Rules
from tocsin.contracts.api_monitors import MonitorInput
from tocsin.contracts.monitor_spec import HeartbeatSpec, MonitorSpec
from tocsin.domain.monitor import INTERVALS, MonitorKind, Origin
from tocsin.errors import FieldProblem, Invalid
from tocsin.platform.addresses import Network
from tocsin.platform.sealing import seal
from tocsin.platform.tokens import MacKeys
from tocsin_data.db import Tx
from tocsin_data.sql import monitor_groups, references
from tocsin_data.sql.monitors import Row

PRIVATE: Final = "private:"
type Problems = Iterator[FieldProblem]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a deployment lets monitors be: from where they are checked, which private networks its own regions may
    reach and whether they have IPv6, how many an organization has, where heartbeats report to; and keys, asked for
    when they are needed.
    """

    regions: tuple[str, ...]
    ping_base: str
    seal_public_key: Callable[[], str]
    mac_keys: Callable[[], MacKeys]
    allowed: tuple[Network, ...] = ()
    most: int = 1_000
    has_ipv6: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """Secrets by name, each in its envelope."""

    envelopes: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def names(self) -> list[str]:
        """Their names, in the order of their envelopes."""
        return list(self.envelopes)

    @property
    def text(self) -> str | None:
        """All envelopes, a space between them."""
        return " ".join(self.envelopes.values()) or None


def checked(tx: Tx, bounds: Bounds, monitor_id: UUID, data: MonitorInput, before: Row | None) -> Row:
    """The row that a monitor becomes; raises Invalid with every problem. Secrets that stay are those of `before`."""
    regions = regions_of(data.spec, data.regions, bounds)
    problems = [
        *_belongings(tx, data),
        *review.problems(data.spec, target_rules(regions, bounds), timeout_seconds=data.timeout_seconds),
        *region_problems(tx, data.spec, regions, bounds),
        *_timing(data, len(regions)),
        *_kind(data.spec, before),
    ]
    private_only = review.all_private(regions)
    names, of_secrets = secret_problems(data.spec, data.secrets, kept(before), private_only=private_only)
    problems.extend(of_secrets)
    if problems:
        raise Invalid("The monitor can't be like this.", problems)
    sealed = sealed_anew(names, data.secrets, kept(before), bounds)
    return Row(
        id=monitor_id,
        service_id=data.service_id,
        team_id=data.team_id,
        monitor_group_id=data.group_id,
        name=data.name,
        description=data.description,
        kind=data.spec.kind,
        spec=data.spec.model_dump(mode="json"),
        sealed=sealed.text,
        secret_names=sealed.names,
        tags=list(dict.fromkeys(data.tags)),
        severity=data.severity,
        origin=Origin.LIVE if before is None else before.origin,
        interval_seconds=data.interval_seconds,
        timeout_seconds=data.timeout_seconds,
        regions=list(regions),
        quorum=data.quorum,
        failures_to_down=data.failures_to_down,
        successes_to_up=data.successes_to_up,
        confirmation_seconds=data.confirmation_seconds,
        recovery_seconds=data.recovery_seconds,
    )


def regions_of(spec: MonitorSpec, given: list[str] | None, bounds: Bounds) -> tuple[str, ...]:
    """From where it is checked: as given, or from everywhere; a heartbeat is checked from nowhere."""
    if given is not None:
        return tuple(given)
    return () if isinstance(spec, HeartbeatSpec) else bounds.regions


def target_rules(regions: tuple[str, ...], bounds: Bounds) -> Rules:
    """Where a check from these regions may go."""
    return Rules(review.all_private(regions), bounds.allowed, bounds.has_ipv6)


def region_problems(tx: Tx, spec: MonitorSpec, regions: tuple[str, ...], bounds: Bounds) -> Problems:
    """What is wrong with where it is checked from."""
    if isinstance(spec, HeartbeatSpec):
        if regions:
            yield FieldProblem("regions", "must be left out: a heartbeat reports by itself")
        return
    if not regions:
        there_are = ", ".join(bounds.regions) or "none but private locations in this deployment"
        yield FieldProblem("regions", f"must name at least one region; there are {there_are}")
    if len(set(regions)) != len(regions):
        yield FieldProblem("regions", "must not name a region twice")
    named = any(region.startswith(PRIVATE) for region in regions)
    known = {f"{PRIVATE}{i}" for i in monitor_groups.locations(tx).values()} if named else set[str]()
    for index, region in enumerate(regions):
        if region in bounds.regions or region in known:
            continue
        if region.startswith(PRIVATE):
            yield FieldProblem(f"regions.{index}", "is no private location of this organization")
        else:
            there_are = ", ".join(bounds.regions) or "none"
            yield FieldProblem(
                f"regions.{index}", f"is no region that monitors are checked from; there are {there_are}"
            )


def secret_problems(
    spec: MonitorSpec, given: Mapping[str, str | None] | None, there: Mapping[str, str], *, private_only: bool
) -> tuple[list[str], list[FieldProblem]]:
    """The names of the secrets it will have, in order, and what is wrong with those given. Probes of private locations
    have secrets of their own, and are sent none.
    """
    if private_only:
        right = "is not sent to private locations; put it into secrets.json beside their probes"
        told = [name for name, value in (given or {}).items() if value is not None]
        return [], [FieldProblem(f"secrets.{name}", right) for name in told]
    used = review.secret_names(spec)
    if given is None:
        missing = sorted(used - there.keys())
        return sorted(used), [_missing(name) for name in missing]
    problems = [
        FieldProblem(f"secrets.{name}", f"is used nowhere; write {{{{{name}}}}} into the spec, or leave it out")
        for name in given
        if name not in used
    ]
    problems.extend(_missing(name) for name in sorted(used - given.keys()))
    problems.extend(
        FieldProblem(f"secrets.{name}", "must be a value: there is none yet that could be kept")
        for name, value in given.items()
        if value is None and name in used and name not in there
    )
    return sorted(used), problems


def sealed_anew(
    names: list[str], given: Mapping[str, str | None] | None, there: Mapping[str, str], bounds: Bounds
) -> Sealed:
    """The secrets of these names: those given sealed, all others in the envelopes they are in."""
    values = given or {}
    fresh = {name: value for name in names if (value := values.get(name)) is not None}
    key = bounds.seal_public_key() if fresh else ""
    return Sealed({name: seal({name: fresh[name]}, key) if name in fresh else there[name] for name in names})


def kept(row: Row | None) -> dict[str, str]:
    """The envelopes that a monitor has, by the names of their secrets."""
    if row is None or row.sealed is None:
        return {}
    return dict(zip(row.secret_names, row.sealed.split(" "), strict=True))


def _missing(name: str) -> FieldProblem:
    return FieldProblem(f"secrets.{name}", f"must have a value: the spec has {{{{{name}}}}} in it")


def _belongings(tx: Tx, data: MonitorInput) -> Problems:
    if data.service_id not in references.services(tx, [data.service_id]):
        yield FieldProblem("service_id", "is not the id of a service of this organization")
    if data.group_id is not None and monitor_groups.read(tx, data.group_id) is None:
        yield FieldProblem("group_id", "is not the id of a monitor group of this organization")


def _kind(spec: MonitorSpec, before: Row | None) -> Problems:
    if before is not None and (spec.kind == MonitorKind.HEARTBEAT) != (before.kind == MonitorKind.HEARTBEAT):
        yield FieldProblem("spec.kind", "can't become a heartbeat, or cease to be one; make another monitor")


def _timing(data: MonitorInput, regions: int) -> Problems:
    if isinstance(data.spec, HeartbeatSpec):
        return
    if data.interval_seconds not in INTERVALS:
        yield FieldProblem("interval_seconds", f"must be one of {', '.join(map(str, INTERVALS))}")
    elif data.timeout_seconds >= data.interval_seconds:
        yield FieldProblem("timeout_seconds", f"must be less than interval_seconds, which is {data.interval_seconds}")
    if data.quorum is not None and data.quorum > regions:
        yield FieldProblem("quorum", f"must be at most the number of its regions, which is {regions}")
