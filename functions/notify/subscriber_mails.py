"""Mail to subscribers of status pages: text and HTML, one click to end it (RFC 8058), nothing that calls home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from functions.notify.channels.base import one_line
from tocsin.contracts.mail import MailMessage
from tocsin.contracts.subscriber_mail import ReportWords, SubscriptionWords
from tocsin.domain.status_page import ReportKind, ReportStatus

SUBJECT_LENGTH: Final = 200
MOST_NAMED: Final = 50
SIZE: Final = 100
"""How much of a name is shown, in characters."""
LINK: Final = "color:#1d5fae"
BUTTON: Final = (
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#1d5fae;color:#fff;text-decoration:none;"
    "font-weight:600"
)


@dataclass(frozen=True, slots=True)
class Links:
    """Where a subscriber confirms, chooses and ends; `base` is where `ingest` is, a receiver's token the rest."""

    base: str
    token: str

    @property
    def confirm(self) -> str:
        """The page with the button that confirms."""
        return self._at("confirm")

    @property
    def manage(self) -> str:
        """The page with the choice."""
        return self._at("manage")

    @property
    def unsubscribe(self) -> str:
        """What ends it: by POST at once (RFC 8058), by GET after a button."""
        return self._at("unsubscribe")

    def _at(self, what: str) -> str:
        return f"{self.base.rstrip('/')}/s/{what}/{self.token}"


def compose(
    message: MailMessage,
    address: str,
    words: ReportWords | SubscriptionWords,
    links: Links,
    mail_from: str,
    now: datetime,
) -> EmailMessage:
    """Build a mail to an address that `is_email` has let through; nothing of the words can begin a header."""
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "tocsin.invalid"
    mail = EmailMessage()
    mail["Subject"] = subject(words)
    mail["From"] = mail_from
    mailbox, _, host = address.rpartition("@")
    mail["To"] = Address("", mailbox, host)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<mail-{message.mail_id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Unsubscribe"] = f"<{links.unsubscribe}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if isinstance(words, ReportWords):
        thread = f"<report-{words.report_id}@{domain}>"
        mail["In-Reply-To"] = thread
        mail["References"] = thread
        mail["List-Id"] = f"<{words.page_id}.status.{domain}>"
        mail["Precedence"] = "bulk"
        text, html = _told(words, links)
    else:
        text, html = _asked(words, links)
    mail.set_content(text)
    mail.add_alternative(_document(mail["Subject"], html), subtype="html")
    return mail


def subject(words: ReportWords | SubscriptionWords) -> str:
    """One line; of all mails of a report the same but for its status."""
    page = _name(words.page_name)
    if isinstance(words, SubscriptionWords):
        return f"Confirm that {page} may tell you of its status"
    return f"[{page}] {said(words.status)}: {one_line(words.title)}"[:SUBJECT_LENGTH].rstrip()


def said(status: ReportStatus) -> str:
    """A status as people say it."""
    return status.value.replace("_", " ").capitalize()


def _asked(words: SubscriptionWords, links: Links) -> tuple[str, str]:
    page = _name(words.page_name)
    kinds = " and ".join({"incident": "incidents", "maintenance": "maintenance"}[kind] for kind in words.kinds)
    named = "all components" if words.components is None else _named(words.components)
    lines = [
        f"Somebody, you most likely, asked that {page} tell this address of {kinds}, for {named}.",
        f"Nothing is sent before you confirm it, until {words.expires_at:%Y-%m-%d %H:%M} UTC.",
    ]
    closing = "If it was not you, do nothing: then nothing of your address is kept."
    text = "\n\n".join([*lines, f"Confirm: {links.confirm}", closing]) + "\n"
    html = [*map(_paragraph, lines), f'<p><a href="{escape(links.confirm)}" style="{BUTTON}">Confirm</a></p>']
    return text, "".join([*html, _paragraph(closing)])


def _told(words: ReportWords, links: Links) -> tuple[str, str]:
    facts = _facts(words)
    closing = f"You get this since this address was confirmed at {_name(words.page_name)}."
    text = [
        one_line(words.title),
        "",
        *(f"{name}: {value}" for name, value in facts),
        "",
        *words.body.splitlines(),
        "",
        f"The report: {words.report_url}",
        f"The page: {words.page_url}",
        "",
        closing,
        f"Choose what you are told: {links.manage}",
        f"Be told no more: {links.unsubscribe}",
    ]
    rows = "".join(
        f'<tr><td style="padding:2px 12px 2px 0;color:#5f6368;vertical-align:top">{escape(name)}</td>'
        f"<td>{escape(value)}</td></tr>"
        for name, value in facts
    )
    body = "".join(_paragraph(part) for part in words.body.split("\n\n") if part.strip())
    html = (
        f'<h1 style="margin:0 0 12px;font-size:20px">{escape(one_line(words.title))}</h1>'
        f'<table style="border-collapse:collapse">{rows}</table>{body}'
        f'<p><a href="{escape(words.report_url)}" style="{BUTTON}">Read the report</a></p>'
        f'<p style="color:#5f6368;font-size:14px">{escape(closing)} '
        f'<a href="{escape(words.page_url)}" style="{LINK}">The status page</a> · '
        f'<a href="{escape(links.manage)}" style="{LINK}">Choose what you are told</a> · '
        f'<a href="{escape(links.unsubscribe)}" style="{LINK}">Be told no more</a></p>'
    )
    return "\n".join(text) + "\n", html


def _facts(words: ReportWords) -> list[tuple[str, str]]:
    facts = [("Status", said(words.status))]
    if words.kind is ReportKind.MAINTENANCE and words.scheduled_for and words.scheduled_until:
        facts.append(("From", _at(words.scheduled_for, words.time_zone)))
        facts.append(("Until", _at(words.scheduled_until, words.time_zone)))
    elif words.kind is ReportKind.INCIDENT:
        facts.append(("Impact", words.impact.value.capitalize()))
    facts.append(("Posted", _at(words.display_at, words.time_zone)))
    if words.components:
        facts.append(("Affected", _named([f"{c.name} ({said_of(c.status)})" for c in words.components])))
    return facts


def said_of(status: str) -> str:
    """A component's status as people say it."""
    return status.replace("_", " ")


def _named(names: Sequence[str]) -> str:
    listed = ", ".join(_name(name) for name in names[:MOST_NAMED])
    return f"{listed} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else listed


def _at(at: datetime, time_zone: str) -> str:
    """An instant in the page's zone, which the machine may not know."""
    try:
        local = at.astimezone(ZoneInfo(time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return f"{at:%Y-%m-%d %H:%M} UTC"
    return f"{local:%Y-%m-%d %H:%M} {local:%Z}"


def _name(text: str) -> str:
    return one_line(text)[:SIZE].rstrip()


def _paragraph(text: str) -> str:
    return f"<p>{'<br>'.join(escape(line) for line in text.splitlines())}</p>"


def _document(title: str, html: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>'
        '<body style="margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;color:#202124;background:#fff">'
        f"{html}</body></html>"
    )
