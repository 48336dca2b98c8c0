"""Where monitors are checked from, and how much of it at once: what an operator may say of the checks."""

from dataclasses import dataclass
from typing import Final

from infra.inputs import BadInput, Inputs

FAR_APART: Final = ("eu-west-1", "us-east-1", "ap-southeast-1")
"""Where monitors are checked from beside the region of the deployment, of these the first two."""
MOST_REGIONS: Final = 12
CONTROLS: Final = ("https://aws.amazon.com", "https://www.google.com", "https://www.cloudflare.com")
"""Three that answer if anything does, each on a network of its own."""
MOST_SHARDS: Final = 64
RESULT_DAYS: Final = 14
MEMORY_MB: Final = 512
QUEUE: Final = "queue"
MUTUAL_TLS: Final = "mtls"
SPREAD_SECONDS: Final = 10
"""Over so much of each minute starts are spread. A function is paid for until its last check has ended."""


@dataclass(frozen=True, slots=True)
class Checking:
    """Where checks run. `regions` are deployed; `waiting` will be once `seal_key_arn` says which key to copy there.

    A region checks all its monitors in `shards` functions a minute, with `ipv6` by that too. `controls` are the
    addresses that tell a region whether it is cut off; `result_days` is how long single results are kept. With
    `by_mutual_tls` regions post what they find as private probes do, with certificates of which `revoked` are the
    serials that were revoked by hand.
    """

    regions: tuple[str, ...]
    waiting: tuple[str, ...] = ()
    seal_key_arn: str | None = None
    shards: int = 1
    spread_seconds: int = SPREAD_SECONDS
    memory_mb: int = MEMORY_MB
    controls: tuple[str, ...] = CONTROLS
    result_days: int = RESULT_DAYS
    by_mutual_tls: bool = False
    revoked: tuple[str, ...] = ()
    ipv6: bool = False


def checking(inputs: Inputs, home: str, *, alone: bool) -> Checking:
    """What was said of checks; `alone` has them in the region of the deployment unless others are named.

    Another region opens the secrets of monitors with a copy of the deployment's key, whose name nobody knows before
    it was made: until it is given, monitors are checked from home.
    """
    default = (home,) if alone else (home, *[region for region in FAR_APART if region != home][:2])
    wanted = inputs.regions("check_regions", default, most=MOST_REGIONS)
    key = inputs.shared_key("seal_key_arn", home) if inputs.given("seal_key_arn") else None
    abroad = tuple(region for region in wanted if region != home)
    if key is None and home not in wanted:
        raise BadInput("seal_key_arn", f"{', '.join(abroad)} can't open the secrets of monitors without it")
    waiting = abroad if key is None else ()
    return Checking(
        regions=tuple(region for region in wanted if region not in waiting),
        waiting=waiting,
        seal_key_arn=key,
        shards=inputs.whole("check_shards", 1, least=1, most=MOST_SHARDS),
        memory_mb=inputs.whole("check_memory_mb", MEMORY_MB, least=128, most=10_240),
        controls=inputs.controls("control_targets", CONTROLS),
        result_days=inputs.whole("result_days", RESULT_DAYS, least=2, most=400),
        by_mutual_tls=_by_mutual_tls(inputs),
        revoked=inputs.serials("revoked_certificates"),
        ipv6=inputs.yes("check_ipv6"),
    )


def _by_mutual_tls(inputs: Inputs) -> bool:
    transport = inputs.one_of("check_transport", (QUEUE, MUTUAL_TLS))
    if transport == MUTUAL_TLS and not inputs.given("probes_domain"):
        raise BadInput("check_transport", f"{MUTUAL_TLS} needs a name that demands certificates, probes_domain")
    if transport != MUTUAL_TLS:
        inputs.refuse_without(f"check_transport={MUTUAL_TLS}", "revoked_certificates")
    return transport == MUTUAL_TLS
