"""Who may make an account, and what access tokens say of them."""

from typing import Any

import pytest

from functions.auth import claims
from tocsin.domain.admission import Admission


@pytest.mark.parametrize(
    ("setting", "email", "is_let_in"),
    [
        ("open", "a@anywhere.example", True),
        ("invitation", "a@anywhere.example", False),
        ("domains:a.example,b.example", "a@b.example", True),
        ("domains:a.example", "a@sub.a.example", False),
        ("domains:a.example", "a.example@evil.example", False),
        ("domains:a.example", "a@evila.example", False),
    ],
)
def test_who_is_let_in_without_an_invitation(setting: str, email: str, is_let_in: bool) -> None:
    assert Admission.read(setting).lets_in(email) is is_let_in


def test_a_setting_that_says_nothing_lets_nobody_in() -> None:
    with pytest.raises(ValueError, match="says nothing of who may sign up"):
        Admission.read("opn")


@pytest.mark.parametrize(
    ("attributes", "vouched", "is_verified"),
    [
        ({"email_verified": "true"}, False, True),
        ({"email_verified": "false"}, True, False),
        ({"cognito:user_status": "EXTERNAL_PROVIDER"}, False, False),
        ({"cognito:user_status": "EXTERNAL_PROVIDER"}, True, True),
        ({"cognito:user_status": "CONFIRMED"}, True, False),
    ],
)
def test_an_address_counts_as_verified_only_where_somebody_vouches(
    attributes: dict[str, str], vouched: bool, is_verified: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVIDER_VERIFIES_ADDRESSES", str(vouched).lower())
    event: dict[str, Any] = {"request": {"userAttributes": {"email": "a@b.example", **attributes}}, "response": None}
    details = claims.handler(event, None)["response"]["claimsAndScopeOverrideDetails"]
    told = details["accessTokenGeneration"]["claimsToAddOrOverride"]
    assert told == {"email": "a@b.example", "email_verified": is_verified}
