"""What a monitor may ask for, told before it is saved."""

import pytest
from pydantic import TypeAdapter

from tocsin.checks.review import problems
from tocsin.checks.review_targets import Rules
from tocsin.contracts.monitor_spec import MonitorSpec

SPEC: TypeAdapter[MonitorSpec] = TypeAdapter(MonitorSpec)


def wrong(rules: Rules, **spec: object) -> dict[str, str]:
    """What is wrong with a specification, by field."""
    found = problems(SPEC.validate_python(spec), rules, timeout_seconds=10)
    return {problem.field: problem.reason for problem in found}


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "http", "url": "https://shop.example/"},
        {"kind": "tls", "host": "shop.example"},
        {"kind": "tcp", "host": "shop.example", "port": 25},
    ],
)
def test_ipv6_alone_can_be_asked_for_only_where_there_is_some(spec: dict[str, object]) -> None:
    told = "must not be 6: the regions of this deployment have no IPv6; private locations of yours may"
    assert wrong(Rules(), **spec, ip_version="6") == {"spec.ip_version": told}
    assert wrong(Rules(has_ipv6=True), **spec, ip_version="6") == {}
    assert wrong(Rules(private_only=True), **spec, ip_version="6") == {}
    assert wrong(Rules(), **spec, ip_version="4") == wrong(Rules(), **spec) == {}


@pytest.mark.parametrize(
    ("name", "is_secret"),
    [
        ("Authorization", True),
        ("proxy-authorization", True),
        ("Cookie", True),
        ("X-Api-Key", True),
        ("X-API-KEY-ID", False),
        ("apikey", True),
        ("PRIVATE-TOKEN", True),
        ("X-Auth-Token", True),
        ("Ocp-Apim-Subscription-Key", True),
        ("X-Vault-Token", True),
        ("Idempotency-Key", False),
        ("X-Keyword", False),
        ("Author", False),
        ("Accept", False),
    ],
)
def test_headers_that_let_somebody_in_name_a_secret(name: str, is_secret: bool) -> None:
    def told(value: str) -> dict[str, str]:
        return wrong(Rules(), kind="http", url="https://shop.example/", headers=[{"name": name, "value": value}])

    assert (told("plain") != {}) is is_secret
    assert told("Bearer {{token}}") == told("") == {}
    assert "plain" not in str(told("plain"))
