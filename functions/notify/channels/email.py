"""E-mail by SES v2: text and HTML, threaded per incident, with links that acknowledge and resolve."""

from collections.abc import Callable, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError

from functions.notify.channels.base import Attempt, DeliveryFailed, Means, Receipt, one_line
from tocsin.domain.address import is_email
from tocsin.platform import threads

SUBJECT_LENGTH: Final = 200
PERMANENT: Final = frozenset(
    {
        "MessageRejected",
        "BadRequestException",
        "NotFoundException",
        "MailFromDomainNotVerifiedException",
        "AccountSuspendedException",
    }
)
"""SES v2 SendEmail errors that sending again does not change; the others pass (throttling, paused, 5xx)."""
COLOURS: Final = {"critical": "#b3261e", "error": "#c4460a", "warning": "#8a6100", "info": "#1d5fae"}


async def deliver(attempt: Attempt, means: Means) -> Receipt:
    """Send the mail; answers SES's message id."""
    address = attempt.delivery.address
    if not address:
        raise DeliveryFailed("no_address", permanent=True)
    if not is_email(address):
        raise DeliveryFailed("bad_address", permanent=True)
    mail = compose(attempt, means.mail_from, address)
    tags = {
        "mail" if attempt.delivery.is_test else "notification": str(attempt.delivery.notification_id),
        "organization": str(attempt.delivery.org_id),
    }
    return await threads.run(send, means.ses, means.mail_from, mail, address, tags, means.configuration_set)


def send(
    ses: Callable[[], Any],
    mail_from: str,
    mail: EmailMessage,
    address: str,
    tags: Mapping[str, str],
    configuration_set: str | None = None,
) -> Receipt:
    """Give a mail to SES, with tags to know it by; answers its message id, raises DeliveryFailed.

    A configuration set says who is told when it comes back.
    """
    given = {} if configuration_set is None else {"ConfigurationSetName": configuration_set}
    try:
        answer = ses().send_email(
            FromEmailAddress=mail_from,
            Destination={"ToAddresses": [address]},
            Content={"Raw": {"Data": mail.as_bytes(policy=SMTP)}},
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            **given,
        )
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
        raise DeliveryFailed(f"ses_{code}", str(error), permanent=code in PERMANENT) from error
    except (ConnectTimeoutError, ReadTimeoutError) as error:
        raise DeliveryFailed("timeout", type(error).__name__, permanent=False) from error
    except BotoCoreError as error:
        raise DeliveryFailed("connection", type(error).__name__, permanent=False) from error
    return Receipt(answer["MessageId"])


def compose(attempt: Attempt, mail_from: str, address: str) -> EmailMessage:
    """Build the mail to an address that `is_email` has let through."""
    delivery, incident = attempt.delivery, attempt.delivery.incident
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "tocsin.invalid"
    thread = f"<incident-{incident.incident_id}@{domain}>"
    mail = EmailMessage()
    mail["Subject"] = one_line(incident.title) if delivery.is_test else subject(incident.number, incident.title)
    mail["From"] = mail_from
    mailbox, _, host = address.rpartition("@")
    mail["To"] = Address(one_line(delivery.recipient_name or ""), mailbox, host)
    mail["Date"] = format_datetime(attempt.now)
    mail["Message-ID"] = f"<{delivery.notification_id}.{attempt.number or 'unclaimed'}@{domain}>"
    mail["In-Reply-To"] = thread
    mail["References"] = thread
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(text(attempt))
    mail.add_alternative(html(attempt), subtype="html")
    return mail


def subject(number: int, title: str) -> str:
    """One line, the same for every mail of an incident, so that clients keep them together."""
    return f"[#{number}] {one_line(title)}"[:SUBJECT_LENGTH].rstrip()


def text(attempt: Attempt) -> str:
    """The plain part."""
    lines = [f"{name}: {value}" for name, value in _facts(attempt)]
    return "\n".join([one_line(attempt.delivery.incident.title), "", *lines, "", *_closing(attempt)]) + "\n"


def html(attempt: Attempt) -> str:
    """The HTML part: no script, no remote content, readable on a phone."""
    incident = attempt.delivery.incident
    rows = "".join(
        f'<tr><td style="padding:2px 12px 2px 0;color:#5f6368">{escape(name)}</td><td>{escape(value)}</td></tr>'
        for name, value in _facts(attempt)
    )
    actions = (
        f"<p>{_button(attempt.link, 'acknowledge', COLOURS[incident.severity])} "
        f"{_button(attempt.link, 'resolve', '#3c4043')}</p>"
        if attempt.link
        else "".join(f"<p>{escape(line)}</p>" for line in _closing(attempt))
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Incident</title></head>'
        '<body style="margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;color:#202124;background:#fff">'
        f'<p style="margin:0;color:{COLOURS[incident.severity]};font-weight:700;text-transform:uppercase">'
        f"{incident.severity}</p>"
        f'<h1 style="margin:4px 0 12px;font-size:20px">{escape(one_line(incident.title))}</h1>'
        f'<table style="border-collapse:collapse">{rows}</table>{actions}</body></html>'
    )


def _facts(attempt: Attempt) -> list[tuple[str, str]]:
    delivery, incident = attempt.delivery, attempt.delivery.incident
    facts = [
        ("Incident", _number(attempt) + (" (late: it was held up on its way)" if incident.late else "")),
        ("Severity", incident.severity.value),
        ("Service", one_line(incident.service_name)),
        ("Source", one_line(incident.source or "")),
        ("Opened", f"{incident.created_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("Organization", one_line(incident.organization_name)),
        ("Runbook", one_line(incident.runbook_url or "")),
        ("Why you", one_line(delivery.reason)),
    ]
    return [(name, value) for name, value in facts if value]


def _number(attempt: Attempt) -> str:
    return "none, this is a test" if attempt.delivery.is_test else f"#{attempt.delivery.incident.number}"


def _closing(attempt: Attempt) -> list[str]:
    if attempt.delivery.is_test:
        return ["Pages will look like this, with links to acknowledge and resolve."]
    if attempt.link is None:
        return [
            "The database could not be asked before this page was sent, so it carries no links and may come twice.",
            "Acknowledge with the API or the command line.",
        ]
    return [f"Acknowledge: {attempt.link}?action=acknowledge", f"Resolve: {attempt.link}?action=resolve"]


def _button(link: str, action: str, colour: str) -> str:
    return (
        f'<a href="{escape(link)}?action={action}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
        f'background:{colour};color:#fff;text-decoration:none;font-weight:600">{action.capitalize()}</a>'
    )
