"""Runs every check, so that one that can't be made does not keep the others from being made."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from cli.doctor import account_checks, edge_checks, inside_checks, stack_checks
from cli.doctor.deployment import Deployment
from cli.doctor.finding import Finding, fine, unknown

type Check = Callable[[Deployment], Iterable[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    stack_checks.stacks,
    stack_checks.version,
    inside_checks.inside,
    stack_checks.triggers,
    stack_checks.dead_letters,
    stack_checks.alarms,
    account_checks.concurrency,
    account_checks.mail,
    account_checks.pinned,
    edge_checks.reachable,
    edge_checks.certificates,
)


def examine(deployment: Deployment) -> Iterator[Finding]:
    """All findings, in the order of the checks. Raises CannotLook when there is nothing to look at."""
    yield fine("account", deployment.identity)
    for check in CHECKS:
        yield from _guarded(check, deployment, check.__name__.replace("_", " "))


def _guarded(check: Check, deployment: Deployment, name: str) -> Iterator[Finding]:
    try:
        yield from check(deployment)
    except ClientError as error:
        yield unknown(name, str(error), "Does your role have the right to ask? ReadOnlyAccess is enough for most.")
    except BotoCoreError as error:
        yield unknown(name, str(error), "Try again; the service did not answer.")
