"""What an access token says of its person: the address, whether it has been verified, and the name.

Cognito's trigger before tokens are made, in its second version: only that can change access tokens.
"""

from typing import Any, Final

from tocsin.platform import settings

FROM_PROVIDER: Final = "EXTERNAL_PROVIDER"
"""The status of people who come from the operator's own identity provider."""


class ClaimsSettings(settings.Settings):
    """What the trigger needs to know."""

    provider_verifies_addresses: bool = False


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """PreTokenGeneration event, V2 → the same with the claims of the access token in its response."""
    known = settings.load(ClaimsSettings)
    attributes: dict[str, str] = event["request"]["userAttributes"]
    is_vouched_for = known.provider_verifies_addresses and attributes.get("cognito:user_status") == FROM_PROVIDER
    is_verified = is_vouched_for or attributes.get("email_verified", "").lower() == "true"
    claims: dict[str, Any] = {"email_verified": is_verified}
    for name in ("email", "name"):
        if value := attributes.get(name):
            claims[name] = value
    details = {"accessTokenGeneration": {"claimsToAddOrOverride": claims}}
    event["response"] = {**(event.get("response") or {}), "claimsAndScopeOverrideDetails": details}
    return event
