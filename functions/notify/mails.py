"""Mail that is no page, and test pages, from a queue of their own so that no page waits for them: composed, sent, told
to `record`.
"""

import asyncio
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any, Final

from pydantic import ValidationError

from functions.notify import subscribers, trials
from functions.notify.channels import email
from functions.notify.channels.base import DeliveryFailed, Means, Receipt, one_line
from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.contracts.mail import HandoffMail, InvitationMail, MailKind, MailMessage, TrialPage, VerificationMail
from tocsin.domain.address import is_email
from tocsin.errors import TocsinError, Unavailable
from tocsin.platform import clock, logs, threads
from tocsin.platform.addresses import Network
from tocsin.platform.outbound import Outbound

SERVICE: Final = "notify"
QUEUE: Final = "mails"
NAME_LENGTH: Final = 100
ADDRESS: Final = re.compile(r"https?://\S+")
"""A line that is a link of our own."""
type Written = InvitationMail | HandoffMail | VerificationMail
WRITTEN: Final[Mapping[MailKind, type[Written]]] = {
    "invitation": InvitationMail,
    "handoff": HandoffMail,
    "verification": VerificationMail,
}
"""What each kind of mail is written from."""


@dataclass(frozen=True, slots=True)
class Post:
    """What mail is sent with: the SES client, who it comes from, the key to what is sealed, and a mail's time.

    `allowed` are networks that test pages, and subscribers' webhooks, may be sent to though they are not public.
    """

    ses: Callable[[], Any]
    mail_from: str
    open_sealed: Callable[[str], Mapping[str, str]]
    timeout_seconds: float
    allowed: Sequence[Network] = ()
    events_url: str | None = None
    """Where subscribers of status pages confirm, choose and end."""
    configuration_set: str | None = None
    """By which SES tells of mail that comes back."""
    dashboard_url: str | None = None
    """Where invitations are accepted by a link."""


def are_mails(records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a batch comes from the queue of mails; all of a batch come from one queue."""
    return str(records[0].get("eventSourceARN", "")).endswith(QUEUE) if records else False


def send_all(records: Sequence[Mapping[str, Any]], post: Post) -> tuple[list[OutcomeMessage], list[str]]:
    """Send a batch; answers what became of each mail, and the messages that were none."""
    messages: list[MailMessage] = []
    failed: list[str] = []
    for record in records:
        try:
            messages.append(MailMessage.model_validate_json(record["body"]))
        except ValidationError as error:
            fields = [".".join(str(part) for part in e["loc"]) for e in error.errors()]
            logs.logger(SERVICE).error(
                "malformed mail, left to the dead-letter queue",
                extra={"message_id": record["messageId"], "fields": fields},
            )
            logs.count(SERVICE, "MessagesFailed")
            failed.append(record["messageId"])
    return asyncio.run(_send_each(messages, post)), failed


async def _send_each(messages: Sequence[MailMessage], post: Post) -> list[OutcomeMessage]:
    once = {message.mail_id: message for message in messages}
    return list(await asyncio.gather(*(_send(message, post) for message in once.values())))


async def _send(message: MailMessage, post: Post) -> OutcomeMessage:
    outcome = await _tried(message, post)
    logs.logger(SERVICE).info(
        "mail sent" if outcome.result is Result.DELIVERED else "mail not sent",
        extra={"mail_id": str(message.mail_id), "result": outcome.result, "reason": outcome.reason},
    )
    logs.count(SERVICE, f"Mails{outcome.result.capitalize()}")
    return outcome


async def _tried(message: MailMessage, post: Post) -> OutcomeMessage:
    try:
        async with asyncio.timeout(post.timeout_seconds):
            opened = await threads.run(post.open_sealed, message.sealed)
            receipt = await OTHERS.get(message.kind, _mailed)(message, opened, post)
    except DeliveryFailed as failure:
        return _failed(message, failure)
    except TimeoutError:
        return _failed(message, DeliveryFailed("timeout", permanent=False))
    except Unavailable as error:
        return _failed(message, DeliveryFailed(error.code, str(error), permanent=False))
    except TocsinError as error:
        return _failed(message, DeliveryFailed(error.code, str(error), permanent=True))
    except ValidationError:
        return _failed(message, DeliveryFailed("malformed", permanent=True))
    except Exception as error:  # noqa: BLE001 - one mail that breaks its channel must not keep back the others
        logs.logger(SERVICE).error(
            "mail broke",
            # without the message, which may quote an address
            extra={"error": type(error).__name__, "trace": traceback.format_tb(error.__traceback__)},
        )
        return _failed(message, DeliveryFailed("internal", permanent=False))
    return _outcome(message, Result.DELIVERED, provider_id=receipt.provider_id)


async def _mailed(message: MailMessage, opened: Mapping[str, str], post: Post) -> Receipt:
    written = WRITTEN[message.kind].model_validate(opened)
    if not is_email(written.address):
        raise DeliveryFailed("bad_address", permanent=True)
    mail = compose(message, written, post.mail_from, clock.now(), post.dashboard_url)
    tags = {"mail": str(message.mail_id), "organization": str(message.org_id)}
    return await threads.run(email.send, post.ses, post.mail_from, mail, written.address, tags)


async def _tried_out(message: MailMessage, opened: Mapping[str, str], post: Post) -> Receipt:
    page = TrialPage.model_validate(opened)
    secrets: Mapping[str, str] = await threads.run(post.open_sealed, page.sealed) if page.sealed else {}
    async with Outbound(post.allowed, timeout_seconds=post.timeout_seconds) as http:
        return await trials.send(message, page, secrets, Means(http, post.ses, post.mail_from, post.configuration_set))


async def _told_outside(message: MailMessage, opened: Mapping[str, str], post: Post) -> Receipt:
    async with Outbound(post.allowed, timeout_seconds=post.timeout_seconds) as http:
        means = Means(http, post.ses, post.mail_from, post.configuration_set)
        return await subscribers.send(message, opened, means, post.events_url)


OTHERS: Final = {"test": _tried_out, "subscription": _told_outside, "report": _told_outside}
"""How what is no plain mail is sent."""


def _failed(message: MailMessage, failure: DeliveryFailed) -> OutcomeMessage:
    result = Result.PERMANENT if failure.permanent else Result.TEMPORARY
    return _outcome(message, result, reason=failure.reason, detail=failure.detail or None)


def _outcome(
    message: MailMessage,
    result: Result,
    *,
    reason: str | None = None,
    detail: str | None = None,
    provider_id: str | None = None,
) -> OutcomeMessage:
    return OutcomeMessage(
        org_id=message.org_id,
        kind="mail",
        notification_id=message.mail_id,
        result=result,
        reason=reason,
        detail=detail,
        provider_id=provider_id,
        at=clock.now(),
    )


def compose(
    message: MailMessage, written: Written, mail_from: str, now: datetime, dashboard_url: str | None
) -> EmailMessage:
    """Build a mail to an address that `is_email` has let through."""
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "tocsin.invalid"
    mail = EmailMessage()
    subject, lines = _text(written, dashboard_url)
    mail["Subject"] = subject
    mail["From"] = mail_from
    mailbox, _, host = written.address.rpartition("@")
    mail["To"] = Address("", mailbox, host)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<mail-{message.mail_id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content("\n\n".join(lines) + "\n")
    paragraphs = "".join(map(_paragraph, lines))
    mail.add_alternative(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(subject)}</title></head>'
        '<body style="margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;color:#202124;background:#fff">'
        f"{paragraphs}</body></html>",
        subtype="html",
    )
    return mail


def _paragraph(line: str) -> str:
    words = escape(line)
    return f'<p><a href="{words}">{words}</a></p>' if ADDRESS.fullmatch(line) else f"<p>{words}</p>"


def _text(written: Written, dashboard_url: str | None) -> tuple[str, list[str]]:
    match written:
        case InvitationMail():
            return _invitation(written, dashboard_url)
        case HandoffMail():
            return _handoff(written)
        case VerificationMail():
            return _verification(written)


def _verification(verification: VerificationMail) -> tuple[str, list[str]]:
    organization = _name(verification.organization_name)
    return "Verify that Tocsin can page you here", [
        f"Somebody in {organization} wants to be paged at this address, {verification.address}.",
        f"The code that proves it: {verification.code}",
        f"It is good until {verification.expires_at:%Y-%m-%d %H:%M} UTC. Give it to nobody else.",
        "If you don't know what this is about, do nothing.",
    ]


def _invitation(invitation: InvitationMail, dashboard_url: str | None) -> tuple[str, list[str]]:
    organization = _name(invitation.organization_name)
    link = [f"{dashboard_url.rstrip('/')}/invitations/{invitation.token}"] if dashboard_url else []
    return f"You are invited to {organization} on Tocsin", [
        f"{_name(invitation.inviter)} invites you to join {organization} on Tocsin, as {invitation.role}.",
        *link,
        f"Sign up, or sign in, with this address, {invitation.address}. No other can accept the invitation.",
        "Who signs up with it has joined; who has an account finds the invitation there.",
        f"Its token, for the API and the command line: {invitation.token}",
        f"It can be accepted once, until {invitation.expires_at:%Y-%m-%d %H:%M} UTC.",
        "If you don't know who this is from, do nothing: nothing happens then.",
    ]


def _handoff(handoff: HandoffMail) -> tuple[str, list[str]]:
    schedule, organization = _name(handoff.schedule_name), _name(handoff.organization_name)
    until = f", until {_name(handoff.until)}" if handoff.until else ""
    if handoff.turn == "starts":
        after = f"After you it is {_name(handoff.other)}." if handoff.other else "Nobody is on call after you."
        subject = f"You are on call for {schedule}"
        lines = [f"You are on call for {schedule} in {organization} since {_name(handoff.at)}{until}.", after]
    else:
        taken = f"{_name(handoff.other)} has taken over." if handoff.other else "Nobody is on call now."
        subject = f"You are no longer on call for {schedule}"
        lines = [f"Your turn in {schedule} in {organization} ended at {_name(handoff.at)}.", taken]
    return subject, [*lines, "To get no such mail: tocsin oncall --no-notices."]


def _name(text: str) -> str:
    return one_line(text)[:NAME_LENGTH].rstrip()
