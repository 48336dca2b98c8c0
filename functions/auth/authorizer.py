"""Who is calling: tells people's access tokens, API keys and visits to the demo from all else, without a database.

HTTP API Lambda authorizer, payload 2.0, simple response; its context holds texts alone. What somebody may do, and
whether that has ended, `api` decides, also since the gateway keeps an answer for minutes.
"""

from typing import Any, Final

from tocsin.errors import MalformedKey
from tocsin.platform import access_tokens, logs, settings
from tocsin.platform.access_tokens import BadToken, Pool
from tocsin.platform.secret_store import mac_keys
from tocsin.platform.tokens import MacKeys, Purpose, digest, verify

SERVICE: Final = "authorizer"
TOKEN: Final = "token="  # noqa: S105 - the word before a key, not a key
KINDS: Final = {Purpose.API: "api_key", Purpose.DEMO: "demo"}


class AuthorizerSettings(settings.Settings):
    """What the authorizer needs to know; without an issuer nobody has signed in, and no access token is taken."""

    mac_keys_secret_arn: str
    user_pool_issuer: str = ""
    user_pool_client_ids: str = ""
    jwks_url: str = ""

    def pool(self) -> Pool:
        """Whose access tokens are taken."""
        client_ids = frozenset(name.strip() for name in self.user_pool_client_ids.split(",") if name.strip())
        url = self.jwks_url or f"{self.user_pool_issuer}/.well-known/jwks.json"
        return Pool(self.user_pool_issuer, client_ids, url)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """HTTP API authorizer event → whether the request may go on, with who asks: {"kind": "user", …} with the claims of
    their token, {"kind": "api_key" or "demo", "key_hash": hex}.

    Raises KeysUnavailable when a token can't be judged: the gateway answers 500 and, unlike a refusal, keeps nothing.
    """
    known = settings.load(AuthorizerSettings)
    try:
        context = _who(_credential(event), known)
    except (BadToken, MalformedKey) as error:
        logs.logger(SERVICE).info("refused", extra={"detail": str(error)})
        return {"isAuthorized": False}
    logs.logger(SERVICE).info("let through", extra={"kind": context["kind"]})
    return {"isAuthorized": True, "context": context}


def _who(credential: str, known: AuthorizerSettings) -> dict[str, str]:
    if access_tokens.looks_like_one(credential):
        if not known.user_pool_issuer:
            raise BadToken("nobody signs in to this deployment")
        return {"kind": "user", **access_tokens.verify(credential, known.pool())}
    keys = mac_keys(known.mac_keys_secret_arn)
    try:
        return _key(Purpose.API, credential, keys)
    except MalformedKey:
        return _key(Purpose.DEMO, credential, keys)


def _key(purpose: Purpose, credential: str, keys: MacKeys) -> dict[str, str]:
    return {"kind": KINDS[purpose], "key_hash": digest(verify(purpose, credential, keys)).hex()}


def _credential(event: dict[str, Any]) -> str:
    """The credential of `Authorization: Bearer <it>`, or `Token token=<key>` as PagerDuty's clients write it."""
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
            raise MalformedKey("there is no credential in the Authorization header")
