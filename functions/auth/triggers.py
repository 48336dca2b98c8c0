"""What happens around a sign-up: who is let in, what the mail with the code says, and the account that follows it.

Cognito's triggers PreSignUp, CustomMessage and PostConfirmation. Cognito waits 5 s and calls again up to twice.
"""

from typing import Any, Final
from uuid import UUID

from tocsin.domain.address import canonical_email
from tocsin.domain.admission import Admission
from tocsin.errors import Forbidden, Invalid, TocsinError, Unavailable
from tocsin.platform import clock, logs, settings
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import admitting, registering
from tocsin_data.services.calling import Token

SERVICE: Final = "triggers"
KNOWN_SUBJECT: Final = "You already have an account with Tocsin"
KNOWN_TEXT: Final = (
    "<p>Somebody, most likely you, has just signed up for Tocsin with this e-mail address. It has an account already, "
    "so there is no need to: sign in, and if you no longer know the password, ask for a new one there.</p>"
    "<p>If it was not you, you need not do anything; nothing has been changed.</p>"
    "<p><small>Reference: {code}</small></p>"
)
"""Cognito may send its own words in place of a mail that lacks the code, which confirms nothing here."""
NEW_SUBJECT: Final = "Your code for Tocsin: verify your e-mail address"
NEW_TEXT: Final = (
    "<p>Your code for Tocsin is <strong>{code}</strong>.</p>"
    "<p>If you have not asked for one, you need not do anything.</p>"
)


class TriggerSettings(DatabaseSettings):
    """What the triggers need to know."""

    sign_up: str


class Refused(TocsinError):
    """A sign-up that is not let in; Cognito shows the message to who signs up."""

    code = "sign_up_refused"


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A trigger's event → the same event with its response; raises Refused for who may not sign up."""
    known = settings.load(TriggerSettings)
    match event["triggerSource"]:
        case "PreSignUp_SignUp" | "PreSignUp_ExternalProvider":
            _admit(known, event)
        case "CustomMessage_SignUp" | "CustomMessage_ResendCode":
            _word(known, event)
        case "PostConfirmation_ConfirmSignUp":
            _register(known, event)
        case _:
            pass
    return event


def _admit(known: TriggerSettings, event: dict[str, Any]) -> None:
    if event["triggerSource"] == "PreSignUp_SignUp" and not _is_random(event.get("userName", "")):
        raise Refused("The user name must be a random UUID; people sign in by their e-mail address.")
    try:
        email = canonical_email(_attributes(event).get("email", ""))
    except Invalid as error:
        raise Refused("That is no e-mail address that mail could be sent to.") from error
    admission = Admission.read(known.sign_up)
    if admission.lets_in(email):
        return
    if not admission.by_invitation:
        raise Refused("Accounts here are for people with an e-mail address of certain organizations.")
    try:
        is_invited = admitting.is_invited(database(known), email)
    except Unavailable as error:
        raise Refused("Signing up is not possible at the moment; try again in a minute.") from error
    if not is_invited:
        raise Refused("Accounts here are by invitation only: ask to be invited, and use the address that was invited.")


def _word(known: TriggerSettings, event: dict[str, Any]) -> None:
    """Write the mail; a sign-up with an address that has an account can't be confirmed, and its owner is told so."""
    subject, text = NEW_SUBJECT, NEW_TEXT
    try:
        email = canonical_email(_attributes(event).get("email", ""))
        if admitting.is_known(database(known), email):
            subject, text = KNOWN_SUBJECT, KNOWN_TEXT
    except (Invalid, Unavailable) as error:
        logs.logger(SERVICE).error("address not looked up", extra={"code": error.code})
    message = {"emailSubject": subject, "emailMessage": text.replace("{code}", event["request"]["codeParameter"])}
    event["response"] = {**(event.get("response") or {}), **message}


def _register(known: TriggerSettings, event: dict[str, Any]) -> None:
    """Make the account; the first call does so, too, so nothing that goes wrong here keeps anybody out."""
    attributes, now = _attributes(event), clock.now()
    token = Token(
        subject=attributes["sub"],
        email=attributes.get("email"),
        is_email_verified=attributes.get("email_verified", "").lower() == "true",
        name=attributes.get("name"),
        issued_at=now,
        expires_at=now,
    )
    try:
        registering.register(database(known), token)
    except (Forbidden, Invalid, Unavailable) as error:
        logs.logger(SERVICE).error("left to the first call", extra={"code": error.code})
    except Exception:  # noqa: BLE001 - the edge of the process: who has confirmed their address must not be stopped
        logs.logger(SERVICE).exception("left to the first call")


def _attributes(event: dict[str, Any]) -> dict[str, str]:
    return event["request"]["userAttributes"]


def _is_random(name: str) -> bool:
    try:
        return UUID(name).version == 4 and str(UUID(name)) == name.lower()
    except ValueError:
        return False
