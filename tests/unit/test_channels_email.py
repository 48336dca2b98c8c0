"""Mails, whatever people and tools put into them: no header of their own, no markup of their own, nothing lost."""

import email
import email.policy
import re
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from functions.notify.channels import email as channel
from functions.notify.channels.base import Attempt, DeliveryFailed, Means
from tests.support.providers import OPENED_AT, delivery, incident
from tests.support.ses import Ses
from tocsin.domain.address import is_email
from tocsin.domain.incident import Severity
from tocsin.platform.outbound import Outbound

MAIL_FROM = "Tocsin <page@tocsin.example>"
LINK = "https://tocsin.example/l/token"
HEADERS = {
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "x-auto-response-suppress",
    "mime-version",
    "content-type",
}
NASTY = "Disk\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>\x00\x85\u2028=?utf-8?q?x?="
anything = st.text(max_size=1024)
names = st.text(max_size=200)
lines = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120)


def attempt(title: str = "Disk full", name: str | None = "Alice", link: str | None = LINK, **fields: str) -> Attempt:
    page = delivery(recipient_name=name, incident=incident(title=title, **fields))
    return Attempt(page, 1, link, OPENED_AT, {})


def received(sent: Attempt, address: str = "alice@acme.example") -> EmailMessage:
    """The mail as its reader's program takes it apart."""
    raw = channel.compose(sent, MAIL_FROM, address).as_bytes(policy=SMTP)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def squeezed(text: str) -> str:
    """Without the spaces, which folding a header may move."""
    return re.sub(r"\s+", "", channel.one_line(text))


class Tags(HTMLParser):
    """What markup a page holds, and what text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def tags(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    found.close()
    return found


@settings(deadline=None, max_examples=40)
@given(anything, names)
@example(NASTY, NASTY)
@example("\N{PILE OF POO}" * 1024, '"Alice" <mallory@evil.example>, ')
@example("x" * 1024, "Ä" * 200)
@example("=?utf-8?b?QmNj?=", "=?utf-8?q?Bcc?=")
@example(" " * 1024, "\t")
def test_no_title_and_no_name_makes_a_header_or_another_recipient(title: str, name: str) -> None:
    message = received(attempt(title, name))
    assert {header.lower() for header in message} == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert [str(a.addr_spec) for a in message["to"].addresses] == ["alice@acme.example"]
    assert not message.defects
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@settings(deadline=None, max_examples=40)
@given(lines)
@example("Disk full on db-1")
@example("Größe ☎ überschritten: 99 % von 日本語" * 3)
def test_a_title_comes_through(title: str) -> None:
    message = received(attempt(title))
    assert squeezed(str(message["subject"])) == squeezed(f"[#42] {title}")
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").split("\n")[0] == channel.one_line(title)
    assert channel.one_line(title) in tags(html.get_content()).text


@settings(deadline=None, max_examples=40)
@given(names)
@example('Alice "the Ace" O\'Neill, Jr. <ceo@acme.example>')
@example("Zoë (on call)")
@example("back\\slash")
def test_a_name_comes_through(name: str) -> None:
    (to,) = received(attempt(name=name))["to"].addresses
    assert squeezed(to.display_name) == squeezed(name)


def test_a_page_to_nobody_by_name() -> None:
    assert str(received(attempt(name=None))["to"]) == "alice@acme.example"


@settings(deadline=None, max_examples=40)
@given(anything, anything, names)
@example(NASTY, "<img src=x onerror=alert(1)>", "</body>")
@example("&lt;b&gt;", '"><a href="https://evil.example">', "'")
def test_no_text_becomes_markup(title: str, source: str, service: str) -> None:
    plain = tags(channel.html(attempt("x", source="x", service_name="x")))
    found = tags(channel.html(attempt(title, source=source or None, service_name=service)))
    without_rows = [t for t in found.tags if t not in ("tr", "td")]
    assert without_rows == [t for t in plain.tags if t not in ("tr", "td")]
    assert channel.one_line(title) in found.text


def test_a_mail_is_threaded_by_incident_and_named_by_attempt() -> None:
    page = delivery()
    first, second, unclaimed = (received(Attempt(page, number, LINK, OPENED_AT, {})) for number in (1, 2, None))
    assert first["references"] == second["references"] == first["in-reply-to"]
    assert first["references"] == f"<incident-{page.incident.incident_id}@tocsin.example>"
    assert len({str(m["message-id"]) for m in (first, second, unclaimed)}) == 3
    assert first["auto-submitted"] == "auto-generated"


def test_the_subject_is_one_short_line_and_the_text_holds_the_whole_title() -> None:
    title = "x" * 1024
    assert len(channel.subject(42, title)) == 200
    assert title in channel.text(attempt(title))


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_a_colour(severity: Severity) -> None:
    assert f">{severity}</p>" in channel.html(attempt(severity=severity))


def test_links_act_only_where_there_is_one() -> None:
    linked, bare = channel.html(attempt()), channel.html(attempt(link=None))
    assert re.findall(r'href="([^"]*)"', linked) == [f"{LINK}?action=acknowledge", f"{LINK}?action=resolve"]
    assert "href" not in bare
    assert f"Acknowledge: {LINK}?action=acknowledge" in channel.text(attempt())
    assert "may come twice" in channel.text(attempt(link=None))


def test_the_runbook_is_in_both_parts() -> None:
    page = attempt(runbook_url="https://wiki.acme.example/disk?a=1&b=2")
    assert "Runbook: https://wiki.acme.example/disk?a=1&b=2" in channel.text(page)
    assert "https://wiki.acme.example/disk?a=1&amp;b=2" in channel.html(page)


def test_a_late_incident_says_so() -> None:
    late = Attempt(delivery(incident=incident(late=True)), 1, LINK, OPENED_AT, {})
    assert "late" in channel.text(late)
    assert "late" in channel.html(late)


BAD = [
    " ",
    "alice",
    "@",
    "@acme.example",
    "alice@",
    "alice@localhost",
    "alice@acme.example\r\nBcc: evil@example.com",
    "alice@acme.example\n",
    "alice@acme.example, bob@acme.example",
    "Alice <alice@acme.example>",
    "alice bob@acme.example",
    "alice@acme..example",
    "alice@-acme.example",
    "älice@acme.example",
    "alice@bücher.example",
    "alice@[127.0.0.1]",
    '"alice"@acme.example',
    "a" * 65 + "@acme.example",
    "alice@" + "a" * 64 + ".example",
    "alice@" + "a." * 130 + "example",
    "\x00@acme.example",
]


async def sent_to(address: str) -> list[str]:
    """Page this address; answers whom SES was given."""
    ses = Ses()
    async with Outbound((), timeout_seconds=1) as http:
        await channel.deliver(
            Attempt(delivery(address=address), 1, LINK, OPENED_AT, {}), Means(http, lambda: ses, MAIL_FROM)
        )
    return [mail.to for mail in ses.sent]


@pytest.mark.parametrize("address", BAD)
async def test_an_address_that_no_mail_can_go_to_is_a_permanent_failure(address: str) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        await sent_to(address)
    assert (failure.value.reason, failure.value.permanent) == ("bad_address", True)


@settings(deadline=None, max_examples=40)
@given(st.emails() | st.text(max_size=300) | st.from_regex(r"[^@\s]{1,70}@[a-z.-]{1,70}", fullmatch=True))
@example("a..b@acme.example")
@example(".a.@acme.example")
@example("alice+pager@xn--bcher-kva.example")
@example("a" * 64 + "@" + "a" * 63 + ".example")
@example("!#$%&'*+/=?^_`{|}~-@acme.example")
async def test_an_address_is_either_mailed_or_refused(address: str) -> None:
    if is_email(address):
        assert await sent_to(address) == [address]
    else:
        with pytest.raises(DeliveryFailed) as failure:
            await sent_to(address)
        assert failure.value.permanent
