"""The settings of each stage. Nothing else knows a stage's name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from typing import Final

from infra.checking import Checking, checking
from infra.dashboard import Dashboard, dashboard
from infra.inputs import Inputs
from infra.pages import Pages, pages
from infra.single_sign_on import SingleSignOn, single_sign_on


@dataclass(frozen=True, slots=True)
class LocalServer:
    """PostgreSQL on this machine, entered over its socket without a password."""

    host: str
    port: int = 5432
    name: str = "tocsin"


@dataclass(frozen=True, slots=True)
class ExistingServer:
    """The operator's own PostgreSQL: the same schema and roles, entered with passwords from Secrets Manager."""

    host: str
    port: int
    name: str
    cidr: str
    """Where its address lies: all that inside functions may reach there."""
    is_rds: bool
    """Whether RDS's authorities signed its certificate; otherwise public ones did."""


@dataclass(frozen=True, slots=True)
class BackupCopies:
    """Where backups are copied to as well, and the KMS key there that the copies are encrypted with."""

    region: str
    key_arn: str


@dataclass(frozen=True, slots=True)
class ManagedServer:
    """RDS for PostgreSQL, entered with IAM's tokens; no role of ours has a password."""

    instance_class: str
    connections: int
    """How many RDS allows an instance of this class, by its memory: about so many."""
    storage_gb: int
    backup_days: int
    multi_az: bool = False
    proxy: bool = False
    copies: BackupCopies | None = None
    name: str = "tocsin"


type Server = LocalServer | ExistingServer | ManagedServer


@dataclass(frozen=True, slots=True)
class OwnNetwork:
    """A VPC of the stage's own. Inside functions and endpoints are in its first `zones` availability zones."""

    zones: int
    isolated: bool
    """No route out at all, and interface endpoints; otherwise IPv6 out to tcp/443 and neither NAT nor endpoints."""


@dataclass(frozen=True, slots=True)
class ExistingSubnet:
    """A subnet that is there, with no route to the internet."""

    subnet_id: str
    zone: str
    route_table_id: str | None
    """What the way to S3 is added to, where the network lacks it."""


@dataclass(frozen=True, slots=True)
class ExistingNetwork:
    """A VPC that is there, from which the operator's PostgreSQL can be reached. Endpoints it lacks are added."""

    vpc_id: str
    subnets: tuple[ExistingSubnet, ...]
    has_endpoints: bool


type Network = OwnNetwork | ExistingNetwork


@dataclass(frozen=True, slots=True)
class Domain:
    """A name that an API answers to, with its certificate in ACM. The API's own address is switched off."""

    name: str
    certificate_arn: str
    is_mutual: bool = False
    """Whether who connects must show a certificate of the deployment's own authority."""


@dataclass(frozen=True, slots=True)
class Firewall:
    """WAF before the APIs: the rules, which the stack `firewall` made, and CloudFront's certificate for both names."""

    acl_arn: str
    certificate_arn: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One deployment. `max_concurrency` bounds the batches of each queue that run at once (AWS: 2 or more)."""

    name: str
    region: str
    is_local: bool
    server: Server
    mail_from: str
    mail_identity: str
    """The verified SES identity that mail is sent as."""
    checking: Checking
    pages: Pages = field(default_factory=Pages)
    """Where status pages are found, and in which region their replica is."""
    sign_up: str = "open"
    """Who may make an account: `open`, `invitation`, or `domains:` and a list of them."""
    sso: SingleSignOn | None = None
    gateway_url: str | None = None
    """Where the emulated AWS answers, on one's own machine."""
    network: Network | None = None
    """None where functions need none to reach the database."""
    link_base_url: str | None = None
    events_url: str | None = None
    """What acknowledge links begin with, before the slash and the token; by default `/l` of the app API's address."""
    seal_private_key_file: str | None = None
    """The PEM file that `notify` opens channel secrets with; without one the key is KMS's."""
    alarm_emails: tuple[str, ...] = ()
    sms_monthly_usd: int = 1
    """What SMS may cost in a month; at four fifths of it an alarm rings. 1 is what a new account may spend."""
    dashboard: Dashboard = field(default_factory=Dashboard)
    """Where the dashboard is found."""
    people_per_minute: int = 600
    """Requests to the app API of each person in a minute; beside it those of each API key and visitor of the demo."""
    keys_per_minute: int = 600
    visitors_per_minute: int = 300
    probes_url: str | None = None
    """Where private probes report, by mutual TLS; without it none is let in."""
    probe_authority: int = 1
    """Which authority signs the certificates of private probes; raised, the next is made and the last still trusted."""
    log_days: int = 30
    memory_mb: int = 512
    outbound_allowed_networks: str = ""
    """Private networks that webhooks may reach, as comma-separated CIDRs."""
    key_budget_per_minute: int = 3_000
    api_rate_per_second: int = 1_000
    api_burst: int = 2_000
    app_rate_per_second: int = 1_000
    """Of the API of people and scripts, whose every request needs a connection to the database."""
    app_burst: int = 2_000
    socket_burst: int = 100
    """Of what comes over WebSockets, each of which needs a connection to the database as well."""
    max_concurrency: Mapping[str, int] = field(default_factory=dict[str, int])
    reserved_concurrency: Mapping[str, int] = field(default_factory=dict[str, int])
    """Concurrency kept for functions by name; an account with the limit of new ones refuses any."""
    domains: Mapping[str, Domain] = field(default_factory=dict[str, Domain])
    """The domains of the APIs `ingest` and `app`, and `probes` for mutual TLS."""
    hosted_zone: tuple[str, str] | None = None
    """Id and name of the Route 53 zone that the domains are written to."""
    has_firewall: bool = False
    """CloudFront with WAF before the APIs."""
    firewall: Firewall | None = None
    """None until its rules have been deployed: nothing else is deployed before them."""
    demo: bool = False
    """A made-up organization that anybody may read, and nobody change."""
    api_ids: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fixed ids of the HTTP APIs, where the stage can choose them."""
    watch_region: str | None = None
    """Where the watcher is, in another region than what it watches."""
    asset_bucket: str | None = None
    """Where packages are put when the environment is not bootstrapped for CDK; the deployer's own rights are used."""

    @property
    def mail_sender(self) -> tuple[str, str]:
        """The name and the address that mail comes from."""
        return parseaddr(self.mail_from)

    @property
    def metrics_namespace(self) -> str:
        """Where the stage's functions write metrics; two stages of one account don't share theirs."""
        return f"Tocsin/{self.name}"


class UnknownStage(ValueError):
    """No stage has this name."""


OWN_SERVER: Final = (
    "db_port", "db_name", "db_cidr", "db_is_rds",
    "vpc_id", "subnet_ids", "zones", "route_table_ids", "vpc_has_endpoints",
)  # fmt: skip
"""What is given with `db_host`, and means nothing without it."""
SETTLED: Final = {"sweeps": 2, "publications": 2, "hints": 2, "mails": 2}
"""How many batches run at once of what has little to do in any stage."""
LOCAL_REGIONS: Final = ("us-east-1", "eu-west-1", "ap-southeast-1")
"""The first is home."""
LOCAL_API_IDS: Final = {"ingest": "e7e17001", "app": "a9900001", "live": "11fe0001"}


def _local(inputs: Inputs) -> Stage:
    """Everything on one machine: addresses come from `make run`; the defaults are for reading the template."""
    gateway = inputs.text("gateway_url", "http://127.0.0.1:8400")
    app_url = f"{gateway}/_aws/execute-api/{LOCAL_API_IDS['app']}"
    return Stage(
        name="local",
        region=LOCAL_REGIONS[0],
        is_local=True,
        server=LocalServer(inputs.text("db_socket", "/run/postgresql")),
        mail_from="Tocsin <tocsin@demo.example>",
        mail_identity="demo.example",
        checking=Checking(LOCAL_REGIONS, controls=inputs.controls("control_targets", ("tcp://127.0.0.1:8400",))),
        pages=Pages(inputs.text("pages_url", "http://127.0.0.1:8405"), replica_region=LOCAL_REGIONS[1]),
        link_base_url=f"{app_url}/l",
        events_url=f"{gateway}/_aws/execute-api/{LOCAL_API_IDS['ingest']}",
        seal_private_key_file=inputs.text("seal_private_key_file", "/run/tocsin/seal.pem"),
        probes_url=inputs.text("probes_url", "https://127.0.0.1:8404"),
        sign_up=inputs.sign_up("sign_up"),
        gateway_url=gateway,
        dashboard=Dashboard(inputs.text("web_url", "http://127.0.0.1:8406"), api_url=app_url),
        outbound_allowed_networks="127.0.0.0/8",
        max_concurrency={"events": 2, "deliveries": 3},
        demo=True,
        api_ids=LOCAL_API_IDS,
        asset_bucket="tocsin-local-assets-${AWS::Region}",
    )


def _small(inputs: Inputs) -> Stage:
    """One zone, the smallest instance, no proxy: of its 80 connections queues take 21, the API 40, sockets 6."""
    server = ManagedServer(instance_class="t4g.micro", connections=80, storage_gb=20, backup_days=7)
    concurrency = {"events": 3, "results": 2, "escalations": 2, "deliveries": 4, "outcomes": 2, **SETTLED}
    made = _in_aws("small", inputs, server, OwnNetwork(zones=1, isolated=False), concurrency, app_rate=20, alone=True)
    return replace(made, socket_burst=6)


def _standard(inputs: Inputs) -> Stage:
    """A proxy that shares the connections, and no route to the internet."""
    server = ManagedServer(instance_class="t4g.micro", connections=80, storage_gb=20, backup_days=14, proxy=True)
    concurrency = {"events": 8, "results": 4, "escalations": 4, "deliveries": 8, "outcomes": 4, **SETTLED}
    return _in_aws("standard", inputs, server, OwnNetwork(zones=1, isolated=True), concurrency, app_rate=100)


def _ha(inputs: Inputs) -> Stage:
    """Two zones, backups and a watcher in a second region, a firewall before the APIs."""
    own = not inputs.given("db_host")
    server = ManagedServer(
        instance_class="t4g.small",
        connections=180,
        storage_gb=50,
        backup_days=35,
        multi_az=True,
        proxy=True,
        copies=_copies(inputs) if own else None,
    )
    concurrency = {"events": 16, "results": 8, "escalations": 8, "deliveries": 16, "outcomes": 8, **SETTLED}
    made = _in_aws(
        "ha", inputs, server, OwnNetwork(zones=2, isolated=True), concurrency, app_rate=200, has_firewall=True
    )
    return replace(made, watch_region=inputs.region("second_region"))


def _in_aws(
    name: str,
    inputs: Inputs,
    server: ManagedServer,
    network: OwnNetwork,
    max_concurrency: Mapping[str, int],
    *,
    app_rate: int,
    has_firewall: bool = False,
    alone: bool = False,
) -> Stage:
    """What the stages in AWS have in common: what the operator gives for each of them."""
    sender, identity = inputs.sender("mail_from")
    domains = _domains(inputs, required=has_firewall)
    region = inputs.region("region")
    checks = checking(inputs, region, alone=alone)
    shown = dashboard(inputs)
    return Stage(
        name=name,
        region=region,
        is_local=False,
        server=_existing_server(inputs) or server,
        network=_existing_network(inputs) or network,
        mail_from=sender,
        mail_identity=inputs.text("mail_identity", identity),
        checking=checks,
        pages=pages(inputs, region, checks.regions),
        sign_up=inputs.sign_up("sign_up"),
        sso=single_sign_on(inputs, shown.url),
        link_base_url=f"https://{domains['app'].name}/l" if "app" in domains else None,
        probes_url=f"https://{domains['probes'].name}" if "probes" in domains else None,
        probe_authority=inputs.whole("probe_authority", 1, least=1),
        alarm_emails=inputs.addresses("alarm_emails"),
        sms_monthly_usd=inputs.whole("sms_monthly_usd", 1, least=1),
        dashboard=shown,
        people_per_minute=inputs.whole("people_per_minute", 600, least=1),
        keys_per_minute=inputs.whole("keys_per_minute", 600, least=1),
        visitors_per_minute=inputs.whole("visitors_per_minute", 300, least=1),
        log_days=inputs.log_days("log_days", 30),
        demo=inputs.yes("demo"),
        outbound_allowed_networks=inputs.networks("outbound_allowed_networks"),
        app_rate_per_second=app_rate,
        app_burst=2 * app_rate,
        max_concurrency=max_concurrency,
        reserved_concurrency=inputs.numbers("reserved_concurrency"),
        domains=domains,
        hosted_zone=inputs.together("hosted_zone_id", "hosted_zone_name"),
        has_firewall=has_firewall,
        firewall=_firewall(inputs) if has_firewall else None,
    )


def _firewall(inputs: Inputs) -> Firewall | None:
    if not inputs.given("firewall_arn"):
        return None
    return Firewall(
        acl_arn=inputs.web_acl("firewall_arn"),
        certificate_arn=inputs.certificate("edge_certificate_arn", region="us-east-1"),
    )


def _copies(inputs: Inputs) -> BackupCopies:
    region = inputs.region("second_region")
    return BackupCopies(region, inputs.key("backup_key_arn", region))


def _existing_server(inputs: Inputs) -> ExistingServer | None:
    """Bring your own PostgreSQL: with `db_host` the stage makes no instance."""
    if not inputs.given("db_host"):
        inputs.refuse_without("db_host", *OWN_SERVER)
        return None
    return ExistingServer(
        host=inputs.host("db_host"),
        port=inputs.whole("db_port", 5432, least=1, most=65_535),
        name=inputs.text("db_name", "tocsin"),
        cidr=inputs.network("db_cidr"),
        is_rds=inputs.yes("db_is_rds"),
    )


def _existing_network(inputs: Inputs) -> ExistingNetwork | None:
    if not inputs.given("db_host"):
        return None
    subnet_ids, zones = inputs.ids("subnet_ids", "subnet-"), inputs.words("zones")
    inputs.demand_equal_length("subnet_ids", subnet_ids, "zones", zones)
    has_endpoints = inputs.yes("vpc_has_endpoints")
    tables: Sequence[str | None] = [None] * len(zones)
    if not has_endpoints:
        tables = inputs.ids("route_table_ids", "rtb-")
        inputs.demand_equal_length("subnet_ids", subnet_ids, "route_table_ids", tables)
    (vpc_id,) = inputs.ids("vpc_id", "vpc-", most=1)
    subnets = tuple(map(ExistingSubnet, subnet_ids, zones, tables))
    return ExistingNetwork(vpc_id, subnets, has_endpoints)


def _domains(inputs: Inputs, *, required: bool) -> dict[str, Domain]:
    """The domains that are given; a firewall needs both of the APIs', since it switches their own addresses off."""
    domains: dict[str, Domain] = {}
    for api in ("ingest", "app"):
        name, certificate = f"{api}_domain", f"{api}_certificate_arn"
        if required or inputs.given(name) or inputs.given(certificate):
            domains[api] = Domain(inputs.host(name), inputs.certificate(certificate))
    if not inputs.given("probes_domain"):
        inputs.refuse_without("probes_domain", "probes_certificate_arn")
    else:
        certificate = inputs.certificate("probes_certificate_arn")
        domains["probes"] = Domain(inputs.host("probes_domain"), certificate, is_mutual=True)
    return domains


STAGES: Final[Mapping[str, Callable[[Inputs], Stage]]] = {
    "local": _local,
    "small": _small,
    "standard": _standard,
    "ha": _ha,
}


def stage(name: str, context: Mapping[str, str]) -> Stage:
    """The settings of a stage; raises UnknownStage and BadInput. `context` holds what was passed with `-c`."""
    make = STAGES.get(name)
    if make is None:
        raise UnknownStage(f"stage: there is no stage {name!r}; give one of {', '.join(STAGES)}, like -c stage=small")
    inputs = Inputs(context)
    made = make(inputs)
    inputs.demand_nothing_else()
    return made
