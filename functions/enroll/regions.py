"""Certificates for the regions that send by mutual TLS; who asks, the alias says that was invoked (ADR 0023).

The database is not asked: while it is away regions go on checking, and home goes on taking what they find.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from functions.enroll.authority import Authorities
from tocsin.contracts.probes import RegionCertificate, RegionRequest
from tocsin.errors import Unauthenticated
from tocsin.platform import certificates, clock, logs
from tocsin.platform.certificates import RegionIdentity

SERVICE: Final = "enroll"
QUALIFIED: Final = 8
"""Parts of a function's ARN with an alias, which is the last."""


class Invocation(Protocol):
    """What Lambda says of an invocation."""

    @property
    def invoked_function_arn(self) -> str:
        """The ARN that it was invoked by, with the alias if there was one: no caller has another than was granted."""
        ...


def alias(context: Invocation) -> str:
    """The alias, or the version, that was invoked; nothing when it was the function itself."""
    parts = context.invoked_function_arn.split(":")
    return parts[-1] if len(parts) == QUALIFIED else ""


def certify(
    event: dict[str, Any], context: Invocation, authorities: Authorities, regions: Sequence[str]
) -> dict[str, Any]:
    """Sign a region's certificate. Raises Unauthenticated for an alias that is none of these regions', Invalid for what
    can't be signed, Unavailable while nobody can sign.
    """
    try:
        region = alias(context)
        if region not in regions:
            raise Unauthenticated(f"Nothing is sent from {region or 'here'} by mutual TLS.")
        requested = certificates.read_request(RegionRequest.model_validate(event).csr)
        now = clock.now()
        issued = certificates.sign(authorities.signing(now), requested, RegionIdentity(region), now)
        logs.logger(SERVICE).info(
            "region let in", extra={"region": region, "serial": issued.serial, "expires_at": f"{issued.not_after}"}
        )
        logs.count(SERVICE, "RegionsLetIn")
    finally:
        logs.flush(SERVICE)
    return RegionCertificate(
        region=region,
        certificate=issued.pem,
        serial=issued.serial,
        expires_at=issued.not_after,
        renew_at=now + (issued.not_after - now) / 2,
    ).model_dump(mode="json")
