"""What the public sees of subscribing: one answer for everybody, pages that change nothing, and nothing in clear."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.ingest import subscribing
from tests.support.api_host import seal_key
from tests.support.ingest_host import MAC_KEYS, Answered, Aws, IngestHost, aws_in_process
from tocsin.contracts.subscribers import SubscriberWish
from tocsin.platform import secret_store
from tocsin.platform.tokens import Purpose, digest, issue

FORM = {"content-type": "application/x-www-form-urlencoded"}
PAGE = "https://status.tocsin.example/acme/"
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with aws_in_process() as found:
        yield found


@pytest.fixture
def host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> IngestHost:
    found = IngestHost(aws, monkeypatch)
    pem = seal_key().as_pem(private=False).decode()
    arn = aws.secrets.create_secret(Name=f"seal-{uuid4().hex}", SecretString=pem)["ARN"]
    monkeypatch.setenv("SEAL_PUBLIC_KEY_SECRET_ARN", arn)
    monkeypatch.setenv("PAGE_ORIGINS", "https://status.tocsin.example, https://status.acme.example")
    secret_store.text.cache_clear()
    subscribing.budgets.cache_clear()
    return found


def ask(host: IngestHost, *, page: str = PAGE, headers: dict[str, str] = FORM, **form: Any) -> Answered:
    path = f"/s/{issue(Purpose.PAGE, MAC_KEYS)}/subscribe"
    body = urlencode({"address": "ops@customer.example", **form}, doseq=True)
    return host.send(path, body, headers=headers, query=urlencode({"page": page}))


def wishes(host: IngestHost) -> list[SubscriberWish]:
    return [wish for message in host.told() for wish in message.wishes]


def test_a_form_leads_back_to_its_page_and_its_wish_holds_no_address(host: IngestHost) -> None:
    component = uuid4()
    answer = ask(host, channel="email", kinds=["maintenance"], components=[str(component)])
    assert (answer.status, answer.headers["Location"], answer.text) == (303, f"{PAGE}subscribe/done/", "")
    ((raw,),) = [[message.to_json()] for message in host.told()]
    assert "ops@" not in raw
    (wish,) = [SubscriberWish.model_validate(one) for one in json.loads(raw)["wishes"]]
    assert (wish.action, wish.choice.kinds, wish.choice.component_ids) == ("ask", ["maintenance"], [component])
    assert wish.newcomer is not None
    assert wish.newcomer.shown == "o…@customer.example"


def test_a_program_is_answered_json(host: IngestHost) -> None:
    key = issue(Purpose.PAGE, MAC_KEYS)
    answer = host.send(f"/s/{key}/subscribe", {"channel": "webhook", "address": "https://x.example/a"})
    assert (answer.status, answer.json) == (202, {"status": "accepted"})
    wrong = host.send(f"/s/{key}/subscribe", {"channel": "pigeon", "address": "x"})
    problem = {"field": "channel", "reason": "must be one of email, webhook, slack"}
    assert (wrong.status, wrong.json["errors"]) == (422, [problem])
    assert len(wishes(host)) == 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("https://evil.example/acme/", id="another-site"),
        pytest.param("https://status.tocsin.example.evil.example/", id="suffix"),
        pytest.param("https://status.tocsin.example@evil.example/", id="user"),
        pytest.param("https://status.tocsin.example\\@evil.example/", id="backslash"),
        pytest.param("//status.tocsin.example/", id="no-scheme"),
        pytest.param("https://status.tocsin.example/a\r\nX-Y: z/", id="header"),
        pytest.param("https://status.tocsin.example/?a=/", id="query"),
        pytest.param("javascript:alert(1)/", id="script"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_form_leads_nowhere_but_to_our_pages(host: IngestHost, page: str) -> None:
    answer = ask(host, page=page)
    assert (answer.status, "Location" in answer.headers) == (202, False)
    assert "<h1>Thank you</h1>" in answer.text
    assert len(wishes(host)) == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"address": ""}, "address", id="nothing"),
        pytest.param({"address": "a" * 10_000 + "@x.example"}, "address", id="10000-characters"),
        pytest.param({"address": "a@x.example\r\nBcc: b@x.example"}, "address", id="header"),
        pytest.param({"address": ["a@x.example", "b@x.example"]}, "address", id="two"),
        pytest.param({"kinds": "all"}, "kinds", id="kind"),
        pytest.param({"components": "x"}, "components", id="component"),
        pytest.param({"components": [str(uuid4()) for _ in range(101)]}, "components", id="components"),
        pytest.param({"channel": "webhook", "address": "ftp://x.example"}, "address", id="scheme"),
        pytest.param({"channel": "slack", "address": "https://x.example/a"}, "address", id="slack"),
        pytest.param({"channel": "webhook", "address": "https://x.example/", "secret": "x"}, "secret", id="secret"),
        pytest.param({"x": ["y"] * 300}, "body", id="fields"),
        pytest.param({"x": "y" * 40_000}, "body", id="size"),
    ],
)
def test_what_can_not_be_used_is_said_and_nothing_is_sent(host: IngestHost, form: dict[str, Any], field: str) -> None:
    answer = ask(host, **form)
    assert answer.status == 422
    assert f"<li>{field} must " in answer.text
    assert "Bcc" not in answer.text
    assert wishes(host) == []


def test_bots_and_those_who_ask_again_get_the_same_answer(host: IngestHost) -> None:
    path = f"/s/{issue(Purpose.PAGE, MAC_KEYS)}/subscribe"
    answers: list[Answered] = []
    for form in ({}, {}, {"website": "https://spam.example"}):
        body = urlencode({"address": "ops@customer.example", **form})
        answers.append(host.send(path, body, headers=FORM, query=urlencode({"page": PAGE})))
    assert answers[0] == answers[1] == answers[2]
    assert len(wishes(host)) == 1


def test_a_source_that_asks_too_often_is_told_to_wait(host: IngestHost) -> None:
    limit = subscribing.PER_MINUTE["source"]
    statuses = [ask(host, address=f"u{n}@x.example").status for n in range(limit + 2)]
    assert statuses == [303] * limit + [429] * 2
    assert int(ask(host).headers["Retry-After"]) >= 1
    assert len(wishes(host)) == limit


@pytest.mark.parametrize("what", ["confirm", "manage", "unsubscribe"])
def test_a_link_shows_a_page_and_a_button_does_it(host: IngestHost, what: str) -> None:
    token = issue(Purpose.SUBSCRIBER, MAC_KEYS)
    for method in ("GET", "HEAD"):
        shown = host.send(f"/s/{what}/{token}", method=method, headers={})
        assert shown.status == 200
        assert '<form method="post" action="">' in shown.text
        policy = shown.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "<script" not in shown.text
        assert " checked" not in shown.text, "what was chosen before is not known here, and stays unless it is changed"
    assert wishes(host) == []
    done = host.send(f"/s/{what}/{token}", "kinds=incident&List-Unsubscribe=One-Click", headers=FORM)
    assert (done.status, "Location" in done.headers) == (200, False)
    (wish,) = wishes(host)
    assert (wish.action, wish.token_hash) == (
        {"confirm": "confirm", "manage": "change", "unsubscribe": "end"}[what],
        digest(token).hex(),
    )


def test_one_click_takes_any_body(host: IngestHost) -> None:
    token = issue(Purpose.SUBSCRIBER, MAC_KEYS)
    bodies: list[tuple[str | bytes, dict[str, str]]] = [
        ("List-Unsubscribe=One-Click", FORM),
        (b"", {}),
        (b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--', {}),
    ]
    for body, headers in bodies:
        assert host.send(f"/s/unsubscribe/{token}", body, headers=headers).status == 200
    assert [wish.action for wish in wishes(host)] == ["end"] * 3


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        pytest.param("/s/x/subscribe", "POST", 404, id="no-key"),
        pytest.param(f"/s/{issue(Purpose.SUBSCRIBER, MAC_KEYS)}/subscribe", "POST", 404, id="a-token"),
        pytest.param(f"/s/{issue(Purpose.PAGE, MAC_KEYS)}/subscribe", "GET", 405, id="get"),
        pytest.param(f"/s/confirm/{issue(Purpose.PAGE, MAC_KEYS)}", "GET", 404, id="a-page-key"),
        pytest.param(f"/s/confirm/{issue(Purpose.SUBSCRIBER, MAC_KEYS)}", "DELETE", 405, id="delete"),
        pytest.param("/s/confirm/" + "A" * 32, "POST", 404, id="forged"),
        pytest.param("/s/a/b/c", "POST", 404, id="elsewhere"),
    ],
)
def test_what_was_not_issued_here_is_not_known(host: IngestHost, path: str, method: str, status: int) -> None:
    answer = host.send(path, "address=a@x.example", method=method, headers=FORM)
    assert answer.status == status
    assert re.fullmatch(r"<!doctype html><html lang=\"en\">.*</html>", answer.text)
    assert wishes(host) == []


def test_without_the_queue_nothing_is_said_to_be_done(host: IngestHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESULTS_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/gone")
    answer = ask(host)
    assert (answer.status, "Nothing was changed" in answer.text) == (503, True)
    assert answer.headers["Retry-After"] == "5"


@given(body=st.binary(max_size=300), kind=st.sampled_from([*FORM.values(), "application/json", "", "text/plain"]))
@MANY
def test_no_body_breaks_it(host: IngestHost, body: bytes, kind: str) -> None:
    subscribing.budgets.cache_clear()
    key = issue(Purpose.PAGE, MAC_KEYS)
    answer = host.send(f"/s/{key}/subscribe", body, headers={"content-type": kind})
    assert answer.status == 422
