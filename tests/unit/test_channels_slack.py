"""Slack messages: within Block Kit's limits whatever is reported, and without control sequences of others."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.notify.channels import slack
from functions.notify.channels.base import Attempt
from tests.support.providers import OPENED_AT, delivery, incident
from tocsin.domain.incident import Severity

LINK = "https://tocsin.example/l/" + "t" * 64
TEXT_LIMIT = 3000
URL_LIMIT = 3000
ELEMENTS_LIMIT = 10
ACTIONS_LIMIT = 25
BLOCKS_LIMIT = 50
LABEL_LIMIT = 75
anything = st.text(min_size=1, max_size=1024)


def message(title: str = "Disk full", service: str = "checkout", *, link: str | None = LINK, **fields: object) -> dict:
    page = delivery("slack", incident=incident(title=title, service_name=service, **fields))
    return slack.message(Attempt(page, 1, link, OPENED_AT, {}))


def texts(found: dict) -> list[str]:
    """Every text that Slack reads as mrkdwn."""
    blocks = found["blocks"]
    return [
        found["text"],
        *[b["text"]["text"] for b in blocks if b["type"] == "section"],
        *[e["text"] for b in blocks if b["type"] == "context" for e in b["elements"]],
    ]


@given(anything, anything)
@example("&" * 1024, "<" * 1024)
@example("\N{PILE OF POO}" * 1024, ">" * 1024)
@example("\n" * 1024, "\x00" * 1024)
def test_a_message_keeps_to_the_limits_of_block_kit(title: str, service: str) -> None:
    found = message(title, service)
    assert len(found["blocks"]) <= BLOCKS_LIMIT
    assert all(1 <= len(text) <= TEXT_LIMIT for text in texts(found))
    for block in found["blocks"]:
        assert block["type"] in {"section", "context", "actions"}
        if block["type"] == "context":
            assert 1 <= len(block["elements"]) <= ELEMENTS_LIMIT
        if block["type"] == "actions":
            assert 1 <= len(block["elements"]) <= ACTIONS_LIMIT
            for button in block["elements"]:
                assert len(button["url"]) <= URL_LIMIT
                assert len(button["text"]["text"]) <= LABEL_LIMIT
                assert button["text"]["type"] == "plain_text"
    json.dumps(found, ensure_ascii=False).encode()


@given(anything, anything)
@example("<!channel> <@U123> <https://evil.example|click>", "<!here>")
@example("&lt;!channel&gt;", "&amp;")
def test_no_text_becomes_a_mention_or_a_link(title: str, service: str) -> None:
    found = message(title, service)
    for text in texts(found):
        assert re.sub(r"<!date\^\d+\^\{date_short_pretty\} \{time\}\|[-0-9: ]+ UTC>", "", text).count("<") == 0
        assert not re.search(r"&(?!amp;|lt;|gt;)", text)


@given(st.text())
def test_escaping_can_be_taken_back(text: str) -> None:
    escaped = slack.escape(text)
    assert not set("<>") & set(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_an_entity_is_never_cut_in_two() -> None:
    assert "*#42 " + "&amp;" * slack.TITLE_LENGTH + "*" in message("&" * 1024)["blocks"][0]["text"]["text"]


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_a_mark(severity: Severity) -> None:
    found = message(severity=severity)
    assert found["blocks"][0]["text"]["text"] == f"{slack.MARKS[severity]} *#42 Disk full*"
    assert f"*Severity:* {severity}" in texts(found)


def test_buttons_lead_to_the_page_that_asks() -> None:
    (actions,) = [b for b in message()["blocks"] if b["type"] == "actions"]
    assert [(b["text"]["text"], b["url"], b.get("style")) for b in actions["elements"]] == [
        ("Acknowledge", f"{LINK}?action=acknowledge", "primary"),
        ("Resolve", f"{LINK}?action=resolve", None),
    ]
    assert len({b["action_id"] for b in actions["elements"]}) == 2


def test_the_runbook_is_one_press_away() -> None:
    url = f"https://wiki.acme.example/?{'&' * 2_000}"
    for link, labels in ((LINK, ["Acknowledge", "Resolve", "Runbook"]), (None, ["Runbook"])):
        (actions,) = [b for b in message(link=link, runbook_url=url)["blocks"] if b["type"] == "actions"]
        assert [e["text"]["text"] for e in actions["elements"]] == labels
        assert actions["elements"][-1]["url"] == url


def test_an_unclaimed_page_has_no_buttons() -> None:
    assert "actions" not in [b["type"] for b in message(link=None)["blocks"]]


def test_a_late_incident_says_so() -> None:
    assert "(late)" in message(late=True)["blocks"][0]["text"]["text"]
