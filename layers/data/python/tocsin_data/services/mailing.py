"""Mail that is no page: written as a row with what it is about, sent after it, told of, and sent again if need be."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.contracts.mail import HandoffMail, InvitationMail, MailKind, MailMessage, TrialPage, VerificationMail
from tocsin.contracts.message import Message
from tocsin.domain.invitation import MAIL_WINDOW, MAILS_A_DAY, next_try
from tocsin.domain.subscriber import RETURNED
from tocsin.domain.verification import A_DAY, CODE_LIFE, ORGANIZATION_A_DAY, PROVEN_BY_ANSWER, WINDOW, room_at
from tocsin.errors import RateLimited
from tocsin.platform.ids import new_id
from tocsin.platform.sealing import seal
from tocsin_data.db import Database, Tx
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.rejecting import storable
from tocsin_data.services.subscriber_fates import Fate, settle, take_back
from tocsin_data.sql import contact_methods, mails, verifications
from tocsin_data.sql.mails import EndState, QueuedMail

BOUNCED: Final = "bounced"
UNTAKEN: Final = "no provider has taken it in time"
TAKEN_BACK: Final = "it was taken back before it was sent"
LASTS: Final[Mapping[MailKind, timedelta]] = {
    "verification": CODE_LIFE,
    "test": CODE_LIFE,
    "subscription": timedelta(hours=1),
}
"""How long a mail is tried that is worth less than a day."""
CALLED: Final = {"verification": "code", "test": "test"}
"""What is sent to try something, in words."""


def admit(tx: Tx) -> None:
    """Let an organization, whose row is held, write one more mail; raises RateLimited."""
    written = mails.recent(tx, tx.now - MAIL_WINDOW, MAILS_A_DAY)
    if len(written) == MAILS_A_DAY:
        room_in = written[-1] + MAIL_WINDOW - tx.now
        raise RateLimited(
            f"This organization has sent {MAILS_A_DAY} invitations within 24 hours, and may send no more for now.",
            max(1, round(room_in.total_seconds())),
        )


def admit_to(tx: Tx, to_id: UUID, kind: Literal["verification", "test"]) -> None:
    """Let a contact method or destination, whose row is held, be sent one more code or test; raises RateLimited."""
    since = tx.now - WINDOW
    at = room_at(
        verifications.sent(tx, to_id, kind, since, A_DAY),
        verifications.sent_by_all(tx, since, ORGANIZATION_A_DAY),
        tx.now,
    )
    if at > tx.now:
        raise RateLimited(
            f"One {CALLED[kind]} a minute and {A_DAY} a day are sent to the same place, and of codes and tests together"
            f" {ORGANIZATION_A_DAY} a day by an organization.",
            max(1, round((at - tx.now).total_seconds())),
        )


def queue_invitation(tx: Tx, mail: InvitationMail, seal_public_key: str, leaving: Leaving) -> None:
    """Write an invitation's mail, to be sent when the transaction has committed."""
    _queue(tx, tx.org_id, "invitation", mail, seal_public_key, leaving)


def queue_handoff(tx: Tx, org_id: UUID, mail: HandoffMail, seal_public_key: str, leaving: Leaving) -> None:
    """Write the mail that tells somebody of a handoff, to be sent when the transaction has committed."""
    _queue(tx, org_id, "handoff", mail, seal_public_key, leaving)


def queue_verification(
    tx: Tx, contact_method_id: UUID, mail: VerificationMail, seal_public_key: str, leaving: Leaving
) -> None:
    """Write the mail with a contact method's code, to be sent when the transaction has committed."""
    _queue(tx, tx.org_id, "verification", mail, seal_public_key, leaving, contact_method_id=contact_method_id)


def queue_test(tx: Tx, to_id: UUID, page: TrialPage, seal_public_key: str, leaving: Leaving) -> UUID:
    """Write a test page to what it tries, to be sent when the transaction has committed; answers its id."""
    match page.tried:
        case "contact_method":
            return _queue(tx, tx.org_id, "test", page, seal_public_key, leaving, contact_method_id=to_id)
        case "destination":
            return _queue(tx, tx.org_id, "test", page, seal_public_key, leaving, destination_id=to_id)


def _queue(
    tx: Tx,
    org_id: UUID,
    kind: MailKind,
    mail: Message,
    seal_public_key: str,
    leaving: Leaving,
    *,
    contact_method_id: UUID | None = None,
    destination_id: UUID | None = None,
) -> UUID:
    mail_id, sealed = new_id(), seal(mail.model_dump(mode="json", exclude_none=True), seal_public_key)
    mails.insert(tx, org_id, mail_id, kind, sealed, contact_method_id=contact_method_id, destination_id=destination_id)
    leaving.mails.append(MailMessage(org_id=org_id, mail_id=mail_id, kind=kind, sealed=sealed))
    return mail_id


def resend(db: Database, found: Sequence[tuple[UUID, UUID]], due_before: datetime) -> Leaving:
    """Send once more what was due before an instant and has no outcome; what has been tried for a day has failed, and
    what has been taken back meanwhile ends without a word about who it would have gone to.
    """
    with db.many({org_id for org_id, _ in found}) as tx:
        leaving = Leaving(tx.now)
        held = mails.take(tx, [mail_id for _, mail_id in found], due_before)
        taken = [mail for mail in held if mail.is_wanted]
        if unwanted := [mail.id for mail in held if not mail.is_wanted]:
            mails.end(tx, [(mail_id, "failed", TAKEN_BACK) for mail_id in unwanted])
        again = [(mail, due_at) for mail in taken if (due_at := _next_try(mail, tx.now))]
        going = {mail.id for mail, _ in again}
        given_up: list[tuple[UUID, EndState, str | None]] = [
            (mail.id, "failed", UNTAKEN) for mail in taken if mail.id not in going
        ]
        if again:
            mails.postpone(tx, [(mail.id, due_at) for mail, due_at in again])
        if given_up:
            mails.end(tx, given_up)
            settle(tx, [Fate(mail, "untaken", UNTAKEN) for mail in taken if mail.id not in going])
        leaving.mails.extend(_message(mail) for mail, _ in again)
        return leaving


def record(db: Database, outcomes: Sequence[OutcomeMessage]) -> int:
    """Apply the outcomes of mails; one of a mail that has ended changes nothing. Answers how many have been sent.

    A test page is tried once, since somebody waits for its answer; one that was taken may prove its contact method.
    What comes back of a mail that was taken ends the subscriber it went to, and fails the test page that it was, in
    whatever order the two are heard of.
    """
    last = {outcome.notification_id: outcome for outcome in outcomes if outcome.reason not in RETURNED}
    returned = {o.notification_id: o.reason for o in outcomes if o.reason is not None and o.reason in RETURNED}
    with db.many({outcome.org_id for outcome in outcomes}) as tx:
        sent = _apply(tx, last) if last else 0
        if returned:
            take_back(tx, list(returned.items()))
            mails.return_tests(tx, [mail_id for mail_id, reason in returned.items() if reason == BOUNCED], BOUNCED)
        return sent


def _apply(tx: Tx, last: Mapping[UUID, OutcomeMessage]) -> int:
    ends: list[tuple[UUID, EndState, str | None]] = []
    later: list[tuple[UUID, timedelta | None, QueuedMail]] = []
    proven: list[UUID] = []
    held = mails.lock(tx, list(last))
    for mail in held:
        outcome = last[mail.id]
        match outcome.result:
            case Result.DELIVERED:
                ends.append((mail.id, "sent", None))
                proven.extend([mail.id] if mail.kind == "test" else [])
            case Result.TEMPORARY if mail.kind != "test":
                later.append((mail.id, _wish(outcome), mail))
            case Result.TEMPORARY | Result.PERMANENT:
                ends.append((mail.id, "failed", _why(outcome)))
    until = [(mail_id, due_at) for mail_id, wish, mail in later if (due_at := _next_try(mail, tx.now, wish))]
    tried = {mail_id for mail_id, _ in until}
    ends.extend((mail_id, "failed", _why(last[mail_id])) for mail_id, _, _ in later if mail_id not in tried)
    if until:
        mails.postpone(tx, until)
    if ends:
        mails.end(tx, ends)
        why = {mail_id: detail for mail_id, _, detail in ends}
        settle(tx, [Fate(mail, last[mail.id].reason, why[mail.id]) for mail in held if mail.id in why])
    if proven:
        contact_methods.prove_by_test(tx, proven, PROVEN_BY_ANSWER)
    return sum(state == "sent" for _, state, _ in ends)


def _next_try(mail: QueuedMail, now: datetime, wish: timedelta | None = None) -> datetime | None:
    at, lasts = next_try(mail.created_at, now, wish), LASTS.get(mail.kind)
    return None if at is None or (lasts is not None and at >= mail.created_at + lasts) else at


def _message(mail: QueuedMail) -> MailMessage:
    return MailMessage(org_id=mail.org_id, mail_id=mail.id, kind=mail.kind, sealed=mail.sealed, words=mail.words)


def _why(outcome: OutcomeMessage) -> str:
    return storable(": ".join(part for part in (outcome.reason, outcome.detail) if part)) or "refused"


def _wish(outcome: OutcomeMessage) -> timedelta | None:
    return None if outcome.retry_after_seconds is None else timedelta(seconds=outcome.retry_after_seconds)
