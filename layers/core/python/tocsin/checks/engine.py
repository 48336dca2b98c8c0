"""One attempt of a check, to a result: whatever a target does, and whatever is wrong here, has a name."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from tocsin.checks import assertions, http, tcp, tls
from tocsin.checks.answer import Answer
from tocsin.checks.attempt import Attempt, Failed
from tocsin.checks.reach import Reach
from tocsin.checks.secrets import Secrets
from tocsin.contracts.checks import MAX_DETAIL, MAX_EXCERPT, CheckMonitor, CheckResult
from tocsin.contracts.monitor_spec import DnsSpec, HttpSpec, TcpSpec, TlsSpec
from tocsin.domain.monitor import CheckStatus, Reason, tick_at
from tocsin.platform import logs

THINKING_SECONDS: Final = 5.0
"""Beside its timeout, for judging what came: a whole body by twenty assertions takes milliseconds."""


async def check(
    monitor: CheckMonitor,
    secrets: Mapping[str, str],
    reach: Reach,
    *,
    now: Callable[[], datetime],
    tick: datetime | None = None,
) -> CheckResult:
    """Check once, within the monitor's timeout; raises nothing but asyncio.CancelledError.

    `secrets` are those of the monitor by name, in the clear. `now` reads the clock, aware and in UTC. Without a
    `tick` the result is of the last one that is due.
    """
    checked_at = now()
    attempt = Attempt()
    hidden = Secrets(secrets)
    failed = await _failure(monitor, hidden, reach, attempt, checked_at)
    told = failed or next(iter(attempt.warnings), None)
    return CheckResult(
        monitor_id=monitor.monitor_id,
        version=monitor.version,
        tick=tick or tick_at(checked_at, monitor.interval_seconds),
        checked_at=checked_at,
        status=told.status if told else CheckStatus.UP,
        reason=told.reason if told else None,
        detail=hidden.redact(told.detail)[:MAX_DETAIL] if told else None,
        address=attempt.address,
        http_status=attempt.http_status,
        timings=attempt.timings(),
        certificate=attempt.certificate,
        excerpt=_excerpt(attempt, hidden, failed.seen) if failed else None,
        origin=monitor.origin,
    )


async def _failure(
    monitor: CheckMonitor, secrets: Secrets, reach: Reach, attempt: Attempt, at: datetime
) -> Failed | None:
    try:
        async with asyncio.timeout(monitor.timeout_seconds):
            answer = await _talk(monitor, secrets, reach, attempt)
        attempt.finish()
        async with asyncio.timeout(THINKING_SECONDS):
            await _judge(monitor, answer, attempt, at)
    except Failed as failed:
        return failed
    except TimeoutError:
        if attempt.total is None:
            return attempt.failed or _timeout(monitor.timeout_seconds, attempt)
        # The threads that judge are busy with others': no fault of this target.
        return Failed(Reason.INTERNAL_ERROR, "The answer could not be judged in time here.", CheckStatus.UNKNOWN)
    except Exception as error:  # noqa: BLE001 - an edge: one monitor must not take its neighbours along
        # Its message is not told: it could quote what is secret.
        logs.logger("check").error(
            "check failed in itself", extra={"monitor_id": str(monitor.monitor_id), "error": type(error).__name__}
        )
        detail = "The check itself failed, which is our fault and says nothing about the target."
        return Failed(Reason.INTERNAL_ERROR, detail, CheckStatus.UNKNOWN)
    return None


async def _talk(monitor: CheckMonitor, secrets: Secrets, reach: Reach, attempt: Attempt) -> Answer | None:
    seconds = monitor.timeout_seconds
    match monitor.spec:
        case HttpSpec():
            return await http.run_http(monitor.spec, secrets, reach, attempt, seconds)
        case TlsSpec():
            await tcp.run_tls(monitor.spec, reach, attempt, seconds)
        case TcpSpec():
            await tcp.run_tcp(monitor.spec, secrets, reach, attempt, seconds)
        case DnsSpec():
            from tocsin.checks import dns  # few ask, and dnspython takes longer to import than all else of a check

            await dns.run_dns(monitor.spec, reach, attempt, seconds)
    return None


async def _judge(monitor: CheckMonitor, answer: Answer | None, attempt: Attempt, at: datetime) -> None:
    spec = monitor.spec
    if isinstance(spec, HttpSpec) and answer is not None:
        await assertions.judge_http(spec, answer)
    if not isinstance(spec, DnsSpec):
        warning = tls.judge(attempt.certificate, spec.certificate, at)
        if warning is not None:
            attempt.warnings.append(warning)  # the first is told, and what ends on a day is more than what is slow
    assertions.judge_latency(spec.assertions, attempt)


def _timeout(seconds: float, attempt: Attempt) -> Failed:
    return Failed(Reason.TIMEOUT, f"Not done within {seconds:g} s: it was still {attempt.doing}.")


def _excerpt(attempt: Attempt, secrets: Secrets, seen: str) -> str | None:
    """What the assertion is about, and the beginning of what was answered."""
    parts = (part for part in (seen, attempt.received()) if part)
    return secrets.quote("\n\n".join(parts), MAX_EXCERPT) or None
