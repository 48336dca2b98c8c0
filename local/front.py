"""The TLS front of private probes: demands and verifies client certificates, which MiniStack's gateway can't.

It answers as API Gateway's HTTP API behind a custom domain with mutual TLS does: a connection without a certificate of
the truststore's authorities is refused in the handshake; what comes through one is given to the functions by Lambda's
own API, as an event with the certificate in `requestContext.authentication.clientCert`.
"""

import asyncio
import base64
import json
import signal
import ssl
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import uuid4

import boto3
from aiohttp import web
from cryptography import x509

from local.machine import LOOPBACK, REGION, Machine
from local.probe_files import ProbeFiles, keep_probe_files
from tocsin.contracts.probes import RENEW_PATH

MAX_BODY: Final = 10 * 2**20
"""What API Gateway takes."""
TEXT: Final = ("text/", "application/json")
INGEST: Final = "tocsin-local-ingest"
ENROLL: Final = "tocsin-local-enroll"

type Invoke = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Call a function, by its name, with an event; answers its response."""


def context(files: ProbeFiles) -> ssl.SSLContext:
    """TLS that lets in whoever shows a certificate of an authority in the truststore, and nobody else."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=files.truststore)
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain(files.server_certificate, files.server_key)
    return made


class Front:
    """The routes of the probes' API: renewals go to `enroll`, all else to `ingest`."""

    def __init__(self, invoke: Invoke) -> None:
        self._invoke = invoke

    def application(self) -> web.Application:
        """What aiohttp serves."""
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/{path:.*}", self.answer)
        return app

    async def answer(self, request: web.Request) -> web.Response:
        """One request through a function; what that raises is answered as the gateway does."""
        event = event_of(request, await request.read())
        name = ENROLL if (request.method, request.path) == ("POST", RENEW_PATH) else INGEST
        try:
            response = await self._invoke(name, event)
            body = response.get("body") or ""
            payload = base64.b64decode(body) if response.get("isBase64Encoded") else body.encode()
            return web.Response(status=response["statusCode"], headers=response.get("headers") or {}, body=payload)
        except Exception as error:  # noqa: BLE001 - the gateway says no more of what a function fails with
            sys.stderr.write(f"{name} failed: {error}\n")
            return web.json_response({"message": "Internal Server Error"}, status=500)


def event_of(request: web.Request, body: bytes) -> dict[str, Any]:
    """A request as the gateway's event, payload format 2.0."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    is_text = headers.get("content-type", "").startswith(TEXT)
    now = datetime.now(UTC)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.path,
        "rawQueryString": request.query_string,
        "headers": headers,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "probes",
            "authentication": {"clientCert": client_certificate(request)},
            "domainName": headers.get("host", ""),
            "domainPrefix": "probes",
            "http": {
                "method": request.method,
                "path": request.path,
                "protocol": "HTTP/1.1",
                "sourceIp": request.remote or "",
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": uuid4().hex,
            "routeKey": "$default",
            "stage": "$default",
            "time": f"{now:%d/%b/%Y:%H:%M:%S +0000}",
            "timeEpoch": int(time.time() * 1_000),
        },
        "isBase64Encoded": bool(body) and not is_text,
    }
    if body:
        event["body"] = body.decode(errors="replace") if is_text else base64.b64encode(body).decode()
    return event


def client_certificate(request: web.Request) -> dict[str, Any]:
    """The certificate of a connection in the fields of the gateway's reference: working with AWS Lambda authorizers."""
    transport = request.transport
    connection = None if transport is None else transport.get_extra_info("ssl_object")
    der = cast("ssl.SSLObject", connection).getpeercert(binary_form=True)
    found = x509.load_der_x509_certificate(der or b"")
    serial = found.serial_number.to_bytes((found.serial_number.bit_length() + 7) // 8)
    return {
        "clientCertPem": ssl.DER_cert_to_PEM_cert(der or b""),
        "subjectDN": found.subject.rfc4514_string(),
        "issuerDN": found.issuer.rfc4514_string(),
        "serialNumber": serial.hex(":"),
        "validity": {
            "notBefore": f"{found.not_valid_before_utc:%b %d %H:%M:%S %Y GMT}",
            "notAfter": f"{found.not_valid_after_utc:%b %d %H:%M:%S %Y GMT}",
        },
    }


def by_lambda(machine: Machine) -> Invoke:
    """Call functions of the local deployment."""
    client = boto3.client(
        "lambda",
        REGION,
        endpoint_url=machine.gateway_url,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - MiniStack's own, on loopback
    )

    def call(name: str, event: dict[str, Any]) -> dict[str, Any]:
        answer = client.invoke(FunctionName=name, Payload=json.dumps(event).encode())
        found = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise RuntimeError(str(found)[:500])
        return found

    async def invoke(name: str, event: dict[str, Any]) -> dict[str, Any]:
        return await asyncio.to_thread(call, name, event)

    return invoke


async def serve(machine: Machine) -> None:
    """Answer until SIGTERM."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    files = keep_probe_files(machine.path("secrets", "probes"), datetime.now(UTC))
    runner = web.AppRunner(Front(by_lambda(machine)).application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, machine.front_port, ssl_context=context(files)).start()
    try:
        await stopped.wait()
    finally:
        await runner.cleanup()


def main() -> int:
    """Serve the front of this checkout's run."""
    asyncio.run(serve(Machine.from_environment()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
