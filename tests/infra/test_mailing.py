"""Mail to subscribers that comes back: what SES tells, which of it is heard, and what of it reaches `record`."""

import json
from typing import Any
from uuid import UUID

import pytest

from tests.infra.conftest import Assembly
from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.domain.subscriber import RETURNED

MAIL, ORGANIZATION = UUID(int=1), UUID(int=2)
KINDS = {"bounced": "Email Bounced", "complained": "Email Complaint Received"}


def event(word: str, name: str, bounce_type: str = "Permanent", tag: str = "mail", **tags: list[str]) -> dict[str, Any]:
    """What SES puts on the bus, as far as its reference shows it."""
    kind = word if word == "reject" else "bounce" if word == "bounced" else "complaint"
    about = {"bounceType": bounce_type, "bounceSubType": "General"} if kind == "bounce" else {}
    address = {f"{word}Recipients": [{"emailAddress": "gone@customer.example"}]}
    known = {"ses:configuration-set": [name], tag: [str(MAIL)], "organization": [str(ORGANIZATION)]}
    return {
        "version": "0",
        "detail-type": "Email Rejected" if word == "reject" else KINDS[word],
        "source": "aws.ses",
        "time": "2026-11-21T09:30:00Z",
        "resources": [],
        "detail": {
            "eventType": kind.capitalize(),
            "mail": {"messageId": "1", "destination": ["gone@customer.example"], "tags": {**known, **tags}},
            kind: {**about, **address, "timestamp": "2026-11-21T09:30:00.000Z"},
        },
    }


def matches(pattern: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether an event is one of a pattern, of which every leaf is one of its values, or is to be there."""
    for name, wanted in pattern.items():
        if isinstance(wanted, dict):
            if not matches(wanted, found.get(name, {})):
                return False
        elif wanted == [{"exists": True}]:
            if name not in found:
                return False
        elif not set(wanted) & set(found[name] if isinstance(found.get(name), list) else [found.get(name)]):
            return False
    return True


def transformed(transformer: dict[str, Any], found: dict[str, Any]) -> str:
    """What the target is given of an event."""
    text = transformer["InputTemplate"]
    for name, path in transformer["InputPathsMap"].items():
        value: Any = found
        for part in path.removeprefix("$.").split("."):
            key, _, index = part.partition("[")
            value = value[key][int(index[:-1])] if index else value[key]
        text = text.replace(f"<{name}>", json.dumps(value))
    return text


def rules(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """Of each word of an outcome, the rule that says it."""
    found = assembly.of_type("AWS::Events::Rule").values()
    return {word: one for one in found if (word := one["Name"].partition("-mail-")[2])}


def test_ses_tells_of_nothing_but_what_comes_back(assembly: Assembly) -> None:
    (told,) = assembly.of_type("AWS::SES::ConfigurationSet").values()
    (destination,) = assembly.of_type("AWS::SES::ConfigurationSetEventDestination").values()
    assert destination["ConfigurationSetName"] == told["Name"] == f"tocsin-{assembly.stage}-mail"
    assert destination["EventDestination"]["MatchingEventTypes"] == ["bounce", "complaint", "reject"]
    assert assembly.environment("notify")["MAIL_CONFIGURATION_SET"] == told["Name"]


@pytest.mark.parametrize("word", sorted(KINDS))
def test_what_comes_back_is_the_outcome_of_its_mail_without_its_address(assembly: Assembly, word: str) -> None:
    rule, found = rules(assembly)[word], event(word, f"tocsin-{assembly.stage}-mail")
    assert matches(rule["EventPattern"], found)
    (target,) = rule["Targets"]
    assert assembly.resources[target["Arn"]["Fn::GetAtt"][0]]["Properties"]["QueueName"].endswith("-outcomes")
    text = transformed(target["InputTransformer"], found)
    assert "@" not in text
    outcome = OutcomeMessage.model_validate_json(text)
    assert (outcome.kind, outcome.result, outcome.reason) == ("mail", Result.PERMANENT, word)
    assert (outcome.notification_id, outcome.org_id) == (MAIL, ORGANIZATION)


@pytest.mark.parametrize(
    ("word", "bounce_type"),
    [("bounced", "Permanent"), ("bounced", "Transient"), ("bounced", "Undetermined"), ("reject", "")],
)
def test_a_page_that_comes_back_is_its_outcome_for_whatever_reason(
    assembly: Assembly, word: str, bounce_type: str
) -> None:
    found = event(word, f"tocsin-{assembly.stage}-mail", bounce_type, tag="notification")
    (rule,) = [one for one in rules(assembly).values() if matches(one["EventPattern"], found)]
    text = transformed(rule["Targets"][0]["InputTransformer"], found)
    assert "@" not in text
    outcome = OutcomeMessage.model_validate_json(text)
    assert (outcome.kind, outcome.result, outcome.reason) == ("returned", Result.PERMANENT, "bounced")
    assert (outcome.notification_id, outcome.org_id) == (MAIL, ORGANIZATION)


def test_all_that_comes_back_of_mail_for_good_is_heard_and_nothing_else(assembly: Assembly) -> None:
    found, name = rules(assembly), f"tocsin-{assembly.stage}-mail"
    assert set(found) - {"page-returned"} == RETURNED == set(KINDS)
    for kind in ("Transient", "Undetermined"):
        assert not any(matches(rule["EventPattern"], event("bounced", name, kind)) for rule in found.values())
    page = event("complained", name, tag="notification")
    other = event("bounced", "tocsin-other-mail", tag="notification")
    for rule in found.values():
        assert not matches(rule["EventPattern"], event("bounced", "tocsin-other-mail"))
        assert not matches(rule["EventPattern"], page)
        assert not matches(rule["EventPattern"], other)
