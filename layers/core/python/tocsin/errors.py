"""Every error a caller can act on; `code` is stable and documented by the class's docstring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one field: where it is, why it is wrong, what would be right."""

    field: str
    reason: str


class TocsinError(Exception):
    """Base of all errors; the message is written for the caller."""

    code: ClassVar[str] = "error"


class NotFound(TocsinError):
    """No such thing, or not one this caller may see."""

    code = "not_found"


class Conflict(TocsinError):
    """The change does not fit the state the thing is in by now."""

    code = "conflict"


class StaleVersion(Conflict):
    """Someone else changed the thing since the version the caller read; `changes` tell what, version by version."""

    code = "stale_version"

    def __init__(self, message: str, changes: Sequence[Mapping[str, object]] = ()) -> None:
        super().__init__(message)
        self.changes = tuple(changes)


class Duplicate(Conflict):
    """Something else already has this name or key."""

    code = "duplicate"


class Forbidden(TocsinError):
    """The caller is known but may not do this."""

    code = "forbidden"


class DemoReadOnly(Forbidden):
    """The demo shows everything and changes nothing."""

    code = "demo_read_only"

    def __init__(self) -> None:
        super().__init__("This is the demo: it can be read, and nothing in it can be changed.")


class InvitationUnusable(NotFound):
    """An invitation that was never made, has expired, was revoked or has been accepted: which of these is not told."""

    code = "invitation_unusable"


class InvitationForAnother(Forbidden):
    """An invitation is accepted by who has verified the address it was sent to, and by nobody else."""

    code = "invitation_for_another_address"


class AlreadyMember(Conflict):
    """Who is invited belongs to the organization already."""

    code = "already_member"


class InvitationPending(Conflict):
    """The address has been invited, and can still accept."""

    code = "invitation_pending"


class LastOwner(Conflict):
    """Without this member the organization would have no owner."""

    code = "last_owner"


class NoDemo(NotFound):
    """This deployment has no demo, or none yet."""

    code = "no_demo"

    def __init__(self) -> None:
        super().__init__("This deployment has no demo.")


class OrganizationRequired(TocsinError):
    """A person calls and does not say for which organization."""

    code = "organization_required"


class IdempotencyKeyReused(TocsinError):
    """An Idempotency-Key came with another request than before."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was sent with another request; take a new key for a new request.")


class IdempotentRequestRunning(Conflict):
    """The first request with an Idempotency-Key has not ended."""

    code = "idempotent_request_running"

    def __init__(self) -> None:
        super().__init__("A request with this Idempotency-Key is running; send it again in half a minute.")


class IdempotentAnswerLost(Conflict):
    """A request was carried out, and its answer lost on the way: it does not run again."""

    code = "idempotent_answer_lost"

    def __init__(self) -> None:
        super().__init__(
            "The request with this Idempotency-Key was carried out, but its answer was lost. Look for what it has made;"
            " if that holds a key nobody has seen, replace it."
        )


class RateLimited(TocsinError):
    """The caller has made too many requests; `retry_after_seconds` later there is room again."""

    code = "rate_limited"

    def __init__(self, message: str, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unauthenticated(TocsinError):
    """The caller's key or token is missing, malformed, unknown, expired or revoked."""

    code = "unauthenticated"


class Invalid(TocsinError):
    """The input breaks a rule; `problems` name each field."""

    code = "invalid"

    def __init__(self, message: str, problems: Sequence[FieldProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class LinkUnusable(TocsinError):
    """A link from a notification has expired or was never issued."""

    code = "link_unusable"


class LinkExpired(LinkUnusable):
    """A link from a notification was good once, and is no more."""

    code = "link_expired"


class Unavailable(TocsinError):
    """A part we depend on can't be reached now; trying again later may work."""

    code = "unavailable"


class QueueUnavailable(Unavailable):
    """A queue did not accept every message it was given."""

    code = "queue_unavailable"


class DatabaseUnavailable(Unavailable):
    """The database can't be reached, or went away in mid-transaction."""

    code = "database_unavailable"


class Unstorable(TocsinError):
    """The database can never hold this value: trying again will not help."""

    code = "unstorable"


class MalformedKey(TocsinError):
    """A key that was never issued by this deployment: wrong length, alphabet or signature."""

    code = "malformed_key"


class ForbiddenAddress(TocsinError):
    """An outbound call to an address that must not be reached from here."""

    code = "forbidden_address"
