"""The authority that signs: its key is in a secret that nobody but this function may read."""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from tocsin.errors import Unavailable
from tocsin.platform import certificates, logs, secret_store
from tocsin.platform.certificates import Authority

SERVICE: Final = "enroll"
KEPT: Final = timedelta(minutes=5)
NOT_YET: Final = "This deployment has no authority for probes yet: deploy it with a domain for them."

NOT_TRUSTED: Final = "No authority for probes is trusted yet: deploy the application, or wait until an hour has passed."


class Authorities:
    """The secret's JSON {"certificate", "key", "signs_from"}, read again when it is five minutes old.

    A new authority signs from its `signs_from` on, once the truststore that is deployed has it; until then the one
    before it does, which Secrets Manager keeps as the secret's previous version. `newest` is the number of the newest
    one that is trusted; without it there is no saying.
    """

    def __init__(self, secret_arn: str, newest: int | None = None) -> None:
        self._secret_arn = secret_arn
        self._newest = newest
        self._found: Authority | None = None
        self._read_at: datetime | None = None

    def signing(self, now: datetime) -> Authority:
        """Who signs now; raises Unavailable while there is nobody, or the secret can't be read."""
        if self._found is None or self._read_at is None or now - self._read_at >= KEPT:
            self._found, self._read_at = self._read(now), now
        return self._found

    def _read(self, now: datetime) -> Authority:
        try:
            for read in (secret_store.current_text, secret_store.previous_text):
                document = _document(read(self._secret_arn))
                if self._may_sign(document, now):
                    return Authority(document["certificate"], document["key"])
        except (BotoCoreError, ClientError) as error:
            logs.logger(SERVICE).error("authority not read", extra={"reason": str(error)[:300]})
            raise Unavailable("The authority's key can't be read now.") from error
        raise Unavailable(NOT_TRUSTED)

    def _may_sign(self, document: dict[str, Any], now: datetime) -> bool:
        if datetime.fromisoformat(document["signs_from"]) > now:
            return False
        return self._newest is None or certificates.authority_number(document["certificate"]) <= self._newest


def _document(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    if "certificate" not in document:
        raise Unavailable(NOT_YET)
    return document
