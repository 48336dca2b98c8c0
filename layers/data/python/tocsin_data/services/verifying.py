"""Proving contact methods by a code or by a test page, and trying them."""

import hmac
import secrets
from typing import Final
from uuid import UUID

from tocsin.contracts.api_notifications import ContactMethod, MethodTest
from tocsin.contracts.mail import TrialPage, VerificationMail
from tocsin.domain.verification import CODE_DIGITS, CODE_LIFE, PROVEN_BY_ANSWER, Outcome, Pending, judge, tries_left
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound
from tocsin.platform.tokens import MacKeys, code_digest
from tocsin_data.db import Database, Tx
from tocsin_data.services import contact_methods, mailing
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import contact_methods as methods
from tocsin_data.sql import verifications

SUBJECT: Final = "contact_method"
UNUSABLE: Final = "The code can't be used."


def send_code(
    db: Database,
    org_id: UUID,
    actor: Actor,
    user_id: UUID,
    method_id: UUID,
    *,
    mac_keys: MacKeys,
    seal_public_key: str,
) -> tuple[ContactMethod, Leaving]:
    """Send a code to a contact method, unless it is proven; the one before is worth nothing from now on.

    Raises NotFound, RateLimited, and Conflict for one that is switched off, or that a test page proves.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    with db.one(org_id) as tx:
        before, member = _on(tx, user_id, method_id), contact_methods.hold_member(tx, user_id)
        if before.verified_at is not None:
            return before, Leaving(tx.now)
        if before.address is None or before.channel in PROVEN_BY_ANSWER:
            raise Conflict(f"A contact method by {before.channel} is verified by a test page that it takes: send one.")
        mailing.admit_to(tx, method_id, "verification")
        ends_at, leaving = tx.now + CODE_LIFE, Leaving(tx.now)
        verifications.set_code(tx, method_id, code_digest(code, str(method_id), mac_keys), ends_at)
        mail = VerificationMail(
            address=before.address, organization_name=member.organization_name, code=code, expires_at=ends_at
        )
        mailing.queue_verification(tx, method_id, mail, seal_public_key, leaving)
        after = before.model_copy(update={"verification_ends_at": ends_at})
        audit(tx, actor, "contact_method.code_sent", (SUBJECT, method_id), before=before, after=after)
        return after, leaving


def confirm(
    db: Database, org_id: UUID, actor: Actor, user_id: UUID, method_id: UUID, code: str, *, mac_keys: MacKeys
) -> ContactMethod:
    """Give the code that was sent; a wrong one is counted. Raises NotFound, Conflict, and Invalid for a wrong code."""
    with db.one(org_id) as tx:
        before = _on(tx, user_id, method_id)
        if before.verified_at is not None:
            return before
        sent = verifications.code(tx, method_id)
        given = code_digest(code.strip(), str(method_id), mac_keys)
        pending = Pending(sent.ends_at, sent.tries)
        outcome = judge(pending, matches=hmac.compare_digest(given, sent.hash or b""), now=tx.now)
        if outcome is Outcome.RIGHT:
            verifications.prove(tx, method_id)
            after = before.model_copy(update={"verified_at": tx.now, "verification_ends_at": None})
            audit(tx, actor, "contact_method.verified", (SUBJECT, method_id), before=before, after=after)
            return after
        if outcome is Outcome.WRONG:
            verifications.count_try(tx, method_id)
    # raised here, since an error within the transaction would take back that a try was counted
    if outcome is Outcome.WRONG:
        left = tries_left(pending)
        reason = f"is not the one that was sent; {left} more tries" if left else "was wrong too often; ask for another"
    else:
        reason = "has expired, was never sent, or was wrong too often; ask for another"
    raise Invalid(UNUSABLE, [FieldProblem("code", reason)])


def send_test(
    db: Database, org_id: UUID, actor: Actor, user_id: UUID, method_id: UUID, *, seal_public_key: str
) -> tuple[MethodTest, Leaving]:
    """Send a test page, which proves a webhook or a chat channel when it is taken.

    Raises NotFound, RateLimited, and Conflict for one that is switched off.
    """
    with db.one(org_id) as tx:
        method, member = _on(tx, user_id, method_id), contact_methods.hold_member(tx, user_id)
        mailing.admit_to(tx, method_id, "test")
        page = TrialPage(
            channel=method.channel,
            address=method.address,
            sealed=methods.sealed_of(tx, method_id),
            organization_name=member.organization_name,
            recipient_name=member.name,
        )
        leaving = Leaving(tx.now)
        test_id = mailing.queue_test(tx, method_id, page, seal_public_key, leaving)
        made = _found(verifications.test(tx, user_id, method_id, test_id), test_id)
        audit(tx, actor, "contact_method.tested", (SUBJECT, method_id), after=made)
        return made, leaving


def get_test(db: Database, org_id: UUID, user_id: UUID, method_id: UUID, test_id: UUID) -> MethodTest:
    """What has become of a test page; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(verifications.test(tx, user_id, method_id, test_id), test_id)


def _on(tx: Tx, user_id: UUID, method_id: UUID) -> ContactMethod:
    method = contact_methods.hold(tx, user_id, method_id)
    if method.disabled_at is not None:
        raise Conflict(f"This contact method is switched off ({method.disabled_reason}); add it anew to use it.")
    return method


def _found(test: MethodTest | None, test_id: UUID) -> MethodTest:
    if test is None:
        raise NotFound(f"This contact method has no test {test_id}.")
    return test
