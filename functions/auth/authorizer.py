"""Who is calling: tells API keys that were issued here from all else, without a database.

HTTP API Lambda authorizer, payload 2.0, simple response. What a key may do, and whether it has been revoked, `api`
decides; it gets no more than the key's hash.
"""

from typing import Any, Final

from tocsin.errors import MalformedKey
from tocsin.platform import logs, settings
from tocsin.platform.secret_store import mac_keys
from tocsin.platform.tokens import Purpose, digest, verify

SERVICE: Final = "authorizer"
TOKEN: Final = "token="  # noqa: S105 - the word before a key, not a key


class AuthorizerSettings(settings.Settings):
    """What the authorizer needs to know."""

    mac_keys_secret_arn: str


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """HTTP API authorizer event → whether the request may go on, with the hash of its key."""
    known = settings.load(AuthorizerSettings)
    try:
        key = verify(Purpose.API, _key(event), mac_keys(known.mac_keys_secret_arn))
    except MalformedKey as error:
        logs.logger(SERVICE).info("refused", extra={"detail": str(error)})
        return {"isAuthorized": False}
    logs.logger(SERVICE).info("let through")
    return {"isAuthorized": True, "context": {"key_hash": digest(key).hex()}}


def _key(event: dict[str, Any]) -> str:
    """The key of `Authorization: Bearer <key>`, or `Token token=<key>` as PagerDuty's clients write it."""
    headers: dict[str, str] = event.get("headers") or {}
    header = next((value for name, value in headers.items() if name.lower() == "authorization"), "")
    scheme, _, rest = header.strip().partition(" ")
    value = rest.strip()
    match scheme.lower():
        case "bearer":
            return value
        case "token" if value.lower().startswith(TOKEN):
            return value[len(TOKEN) :].strip('"')
        case _:
            raise MalformedKey("there is no API key in the Authorization header")
