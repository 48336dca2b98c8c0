"""What a run used of everything that AWS bills, as the cloud process counts it and tells it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from bench.sqs import QueueCounts


@dataclass(slots=True)
class FunctionCounts:
    """One function. `messages` are those of its batches; nanoseconds are those of the handler alone.

    `gb_ns` is what Lambda would bill: the handler's duration, or its CPU time on the share of a CPU that comes with the
    memory where that is longer, rounded up to a millisecond, times the memory.
    """

    invocations: int = 0
    failures: int = 0
    messages: int = 0
    cpu_ns: int = 0
    wall_ns: int = 0
    billed_gb_ms: float = 0.0
    statements: int = 0
    round_trips: int = 0
    log_bytes: int = 0
    log_lines: int = 0


@dataclass(slots=True)
class Counts:
    """Everything. `api_requests` counts another one for each 512 KB of a request."""

    functions: dict[str, FunctionCounts] = field(default_factory=dict[str, FunctionCounts])
    queues: dict[str, QueueCounts] = field(default_factory=dict[str, QueueCounts])
    api_requests: int = 0
    secret_requests: int = 0
    kms_requests: int = 0
    s3_gets: int = 0
    s3_puts: int = 0

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        plain = {name: value for name, value in told.items() if name not in ("functions", "queues")}
        return cls(
            functions={name: FunctionCounts(**found) for name, found in told["functions"].items()},
            queues={name: QueueCounts(**found) for name, found in told["queues"].items()},
            **plain,
        )

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    def since(self, before: Self) -> Self:
        """What has come since an earlier reading."""
        return type(self)(
            functions={
                name: _less(found, before.functions.get(name, FunctionCounts()))
                for name, found in self.functions.items()
            },
            queues={name: _less(found, before.queues.get(name, QueueCounts())) for name, found in self.queues.items()},
            **{
                one.name: getattr(self, one.name) - getattr(before, one.name)
                for one in fields(self)
                if one.name not in ("functions", "queues")
            },
        )


def _less[C: (FunctionCounts, QueueCounts)](now: C, before: C) -> C:
    return type(now)(**{one.name: getattr(now, one.name) - getattr(before, one.name) for one in fields(now)})
