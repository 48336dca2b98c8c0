"""Steps of policies as their rows keep them: targets and conditions as JSON, durations in seconds."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from tocsin.domain.escalation import PolicyStep, Target, TargetKind, Who
from tocsin.domain.step_condition import ALWAYS, Conditions, Times, While, minute


def step(
    step_id: UUID,
    delay_seconds: int,
    raw_targets: Sequence[Mapping[str, str]],
    retries: int,
    retry_interval_seconds: int,
    round_robin: bool,
    raw_conditions: Mapping[str, Any],
) -> PolicyStep:
    """A step from its columns."""
    return PolicyStep(
        step_id,
        timedelta(seconds=delay_seconds),
        targets(raw_targets),
        retries,
        timedelta(seconds=retry_interval_seconds),
        round_robin,
        conditions(raw_conditions),
    )


def targets(raw: Sequence[Mapping[str, str]]) -> tuple[Target, ...]:
    """Targets from [{"kind": "user", "value": "<id>"}, {"kind": "schedule", "value": "<id>", "who": "next"}, …]."""
    return tuple(Target(TargetKind(item["kind"]), item["value"], Who(item.get("who") or Who.NOW)) for item in raw)


def conditions(raw: Mapping[str, Any]) -> Conditions:
    """Conditions from {"severities": […], "urgencies": […], "times": [{"days", "starts", "ends"}], "while": …}."""
    if not raw:
        return ALWAYS
    return Conditions(
        severities=tuple(raw.get("severities") or ()),
        urgencies=tuple(raw.get("urgencies") or ()),
        times=tuple(
            Times(tuple(item["days"]), minute(item["starts"]) or 0, minute(item["ends"]) or 0)
            for item in raw.get("times") or ()
        ),
        until=While(raw.get("while") or While.NOT_ACKNOWLEDGED),
    )
