"""Between a private probe and Tocsin: enrolment, renewal, and what the API behind mutual TLS takes and answers. Regions
that send by mutual TLS ask for their certificates here, too.
"""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from tocsin.contracts.checks import CONFIG_PREFIX, CheckResult, Command, ShardReport
from tocsin.contracts.message import Instant, Message

ENROL_PATH: Final = "/v1/probes/enroll"
RENEW_PATH: Final = "/v1/probes/renew"
CONFIG_PATH: Final = "/v1/probes/config"
COMMANDS_PATH: Final = "/v1/probes/commands"
RESULTS_PATH: Final = "/v1/probes/results"
REGION_RESULTS_PATH: Final = "/v1/regions/results"
COMMANDS_PREFIX: Final = "probes/commands/"
TRUSTSTORE_KEY: Final = "probes/truststore.pem"
"""Where in the home bucket the certificates of the authorities are, of which one has signed every probe's."""
MAX_RESULTS: Final = 1_000
MAX_REPORTS: Final = 100
MAX_BATCH_BYTES: Final = 4_000_000
"""Of a batch of results, unpacked."""


def _of_a_location(report: ShardReport) -> ShardReport:
    if report.shard != 0:
        raise ValueError("must be of shard 0: a location has no other")
    return report


type LocationReport = Annotated[ShardReport, AfterValidator(_of_a_location)]
type Software = Annotated[str | None, Field(max_length=200, pattern=r"^[ -~]*$")]
type Request = Annotated[str, Field(min_length=1, max_length=5_000)]


class _Sent(Message):
    """A field we don't know is an error: it would do nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Enrolment(_Sent):
    """A probe's first word: its token, and its PKCS #10 request in PEM."""

    token: str = Field(min_length=1, max_length=200)
    csr: Request
    software: Software = None


class Renewal(_Sent):
    """A probe that is known by its certificate asks for the next one."""

    csr: Request
    software: Software = None


class Enrolled(Message):
    """Who the probe is, and its certificate in PEM. It is to be renewed from `renew_at` on, at `probes_url`."""

    probe_id: UUID
    org_id: UUID
    private_location_id: UUID
    name: str
    certificate: str
    serial: str
    expires_at: Instant
    renew_at: Instant
    probes_url: str


class ProbeBatch(_Sent):
    """Results and reports of one probe, in the order of its own `sequence`. Region and probe are its certificate's."""

    batch_id: UUID
    sequence: int = Field(ge=1, le=2**53)
    sent_at: Instant
    results: list[CheckResult] = Field(default_factory=list[CheckResult], max_length=MAX_RESULTS)
    reports: list[LocationReport] = Field(default_factory=list[ShardReport], max_length=MAX_REPORTS)


class RegionRequest(Message):
    """check → enroll, invoked by the alias that is named like the region: that name, and nothing said here, is what
    the certificate will be for. `csr` is a PKCS #10 request in PEM.
    """

    kind: Literal["region"] = "region"
    csr: Request


class RegionCertificate(Message):
    """enroll → check: a certificate in PEM, to be followed by another from `renew_at` on."""

    region: str
    certificate: str
    serial: str
    expires_at: Instant
    renew_at: Instant


class RegionBatch(Message):
    """A batch as a region posts it, packed. Which region it is of, its certificate says: a field of it is not read."""

    batch_id: UUID
    sent_at: Instant
    results: list[CheckResult] = Field(default_factory=list[CheckResult])
    reports: list[ShardReport] = Field(default_factory=list[ShardReport])


class ProbeCommands(Message):
    """Checks that were asked for, the oldest first; `next_after` is what to ask from the next time."""

    commands: list[Command] = Field(default_factory=list[Command])
    next_after: UUID | None = None


def private_config_key(location_id: UUID) -> str:
    """Where the configuration of a private location is, in the home bucket."""
    return f"{CONFIG_PREFIX}private/{location_id}/0000.json"


def private_command_key(location_id: UUID, command_id: UUID) -> str:
    """Where a command for a private location waits to be fetched, in the home bucket; ids are ordered by time."""
    return f"{COMMANDS_PREFIX}{location_id}/{command_id}.json"
