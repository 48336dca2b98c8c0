"""Where people can be reached: which e-mail addresses and URLs we take."""

import re
from typing import Final
from urllib.parse import urlsplit

from tocsin.errors import FieldProblem, Invalid

EMAIL_LENGTH: Final = 254
URL_LENGTH: Final = 2048
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
"""The address of HTML's e-mail input, with at least two labels in its domain: what providers take."""
_PRINTABLE: Final = re.compile(r"[!-~]+")


def is_email(text: str) -> bool:
    """Whether a text is one bare e-mail address."""
    return len(text) <= EMAIL_LENGTH and _EMAIL.fullmatch(text) is not None


def canonical_email(text: str) -> str:
    """The one form an address is kept and compared in: lower case, its domain as IDNA (RFC 3490); raises Invalid.

    Providers treat local parts as case-insensitive, and SES takes them in ASCII only.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        found = f"{local}{at}{domain.encode('idna').decode()}".lower()
    except UnicodeError:
        found = ""
    if not is_email(found):
        problem = FieldProblem("email", "must be an e-mail address, like ops@example.com, in ASCII before the @")
        raise Invalid("This is no e-mail address that mail could be sent to.", [problem])
    return found


def is_http_url(text: str) -> bool:
    """Whether a text is an absolute http or https URL; whether it may be called is decided when it is."""
    if len(text) > URL_LENGTH or _PRINTABLE.fullmatch(text) is None:
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
