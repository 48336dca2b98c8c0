"""Results of a region on their way home by mutual TLS, with a key that this process makes and keeps to itself."""

import base64
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from tocsin import __version__
from tocsin.checks.sending import SERVICE, bodies
from tocsin.contracts.checks import ResultBatch, ResultsMessage
from tocsin.contracts.probes import REGION_RESULTS_PATH, RegionCertificate, RegionRequest
from tocsin.errors import Unavailable
from tocsin.platform import certificates, logs, threads
from tocsin.platform.invoking import Client
from tocsin.platform.mutual_tls import ShutOut, Unreachable, Unusable, Wire, from_memory

ASK_AGAIN: Final = timedelta(minutes=1)
"""After a renewal that failed, while the certificate is still good."""
GZIP: Final = {"Content-Type": "application/gzip"}

type Ask = Callable[[str], RegionCertificate]
"""Have a PKCS #10 request signed; raises Unavailable."""


def by_alias(function: str, region: str, home_region: str) -> Ask:
    """Ask a function at home, by the alias that is named like this region and no other region may invoke."""

    def ask(csr: str) -> RegionCertificate:
        try:
            client = Client(home_region)
            went_well, answer = client.invoke(function, RegionRequest(csr=csr).to_json().encode(), alias=region)
            if not went_well:
                raise Unavailable(f"{function} signed no certificate: {_error(answer)}")
            return RegionCertificate.model_validate_json(answer)
        except (BotoCoreError, ClientError, ValidationError) as error:
            raise Unavailable(f"No certificate can be had from {function}: {error}") from error

    return ask


class HomeSink:
    """The API behind mutual TLS at `url`, whose server `authorities` (PEM, a file) vouch for, or else the system's."""

    def __init__(self, url: str, ask: Ask, now: Callable[[], datetime], authorities: str | None = None) -> None:
        self._url = url
        self._ask = ask
        self._now = now
        self._authorities = authorities
        self._lock = threading.Lock()
        self._wire: Wire | None = None
        self._shown: RegionCertificate | None = None
        self._renew_at: datetime | None = None

    async def send(self, batch: ResultBatch) -> None:
        """Post a batch; raises Unavailable."""
        await self.send_bodies(bodies(batch), batch.region)

    async def send_bodies(self, texts: list[str], region: str) -> None:
        """Post messages that `bodies` has made; raises Unavailable unless home has them all for good."""
        for text in texts:
            message = ResultsMessage.model_validate_json(text)
            await threads.run(self._post, base64.b64decode(message.packed or ""), region)

    def _post(self, body: bytes, region: str) -> None:
        wire = self._current()
        try:
            self._sent(wire, body)
        except ShutOut as error:
            self._forget(wire)  # the next try is with another certificate
            raise Unavailable(f"Home refuses the certificate of {region}: {error}") from error
        except Unreachable as error:
            raise Unavailable(f"Home can't be reached: {error}") from error
        except Unusable as error:
            # it would be refused for ever, and hold up what waits behind it
            logs.logger(SERVICE).error("batch rejected by home, and lost", extra={"detail": str(error)})
            logs.count(SERVICE, "BatchesRejected")

    def _sent(self, wire: Wire, body: bytes) -> None:
        """Send, and once more where a connection broke: one that is kept from one minute to the next may have ended."""
        try:
            wire.send("POST", REGION_RESULTS_PATH, body, GZIP)
        except Unreachable as error:
            if error.answered:
                raise
            wire.send("POST", REGION_RESULTS_PATH, body, GZIP)

    def _current(self) -> Wire:
        """Connections with a certificate that is good now, made anew once it is time; raises Unavailable."""
        with self._lock:
            now = self._now()
            if self._wire is None or self._renew_at is None or now >= self._renew_at:
                try:
                    self._renew()
                except Unavailable as error:
                    if self._wire is None or self._shown is None or now >= self._shown.expires_at:
                        raise
                    logs.logger(SERVICE).warning("certificate not renewed", extra={"detail": str(error)})
                    self._renew_at = now + ASK_AGAIN
            if self._wire is None:
                raise Unavailable("There is no certificate to show.")
            return self._wire

    def _renew(self) -> None:
        key, csr = certificates.make_request()
        shown = self._ask(csr)
        context = from_memory(key, shown.certificate, self._authorities)
        # whoever still sends over what was before keeps it until it is done
        self._wire = Wire(self._url, context, f"tocsin-check/{__version__}")
        self._shown, self._renew_at = shown, shown.renew_at
        logs.logger(SERVICE).info("certificate had", extra={"serial": shown.serial})

    def _forget(self, wire: Wire) -> None:
        with self._lock:
            if self._wire is wire:
                self._wire = self._shown = self._renew_at = None


def _error(answer: bytes) -> str:
    try:
        found = json.loads(answer)
        return f"{found.get('errorType', 'unknown')}: {found.get('errorMessage', '')}"
    except (ValueError, AttributeError):
        return "unknown"
