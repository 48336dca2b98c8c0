"""What an operator gives a stage with `-c name=value`: read, checked, and refused in words that say what is right."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final

REGION: Final = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
HOST: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
CERTIFICATE: Final = re.compile(r"arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]{36}")
WEB_ACL: Final = re.compile(r"arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global/webacl/[\w-]+/[0-9a-f-]{36}")
SECRET: Final = re.compile(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+")
DOMAIN_PREFIX: Final = re.compile(r"(?!.*(?:aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
HTTPS_URL: Final = re.compile(r"https://[^\s/?#@]+(/[^\s?#]*)?(\?[^\s#]*)?")
ORIGIN: Final = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?")
LOOPBACK_URL: Final = re.compile(r"http://localhost:\d{1,5}(/[^\s?#]*)?")
DOMAINS: Final = "domains:"
SERIAL: Final = re.compile(r"[1-9a-f][0-9a-f]{0,39}")
CONTROL: Final = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|tcp://[a-z0-9.-]+:\d{1,5}")
KEY: Final = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/(mrk-)?[0-9a-f-]{32,36}")
LOG_DAYS: Final = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip
MEANINGS: Final[Mapping[str, str]] = {
    "stage": "small, standard, ha or local",
    "region": "the region of AWS that the deployment is in: eu-central-1",
    "mail_from": "who mail comes from, at a domain verified in SES: Tocsin <tocsin@example.com>",
    "mail_identity": "the identity verified in SES, when it is not the domain of mail_from: tocsin@example.com",
    "sign_up": "who may make an account: open, invitation, or domains:example.com,example.org",
    "sso_issuer": "your identity provider by OpenID Connect: https://login.example.com",
    "sso_client_id": "the id of the client that was made for Tocsin there",
    "sso_client_secret_arn": "the ARN of the secret in Secrets Manager that holds that client's secret as text",
    "sso_metadata_url": "your identity provider by SAML, its metadata: https://login.example.com/metadata.xml",
    "sso_domain_prefix": "a free prefix in amazoncognito.com that it sends people back to: tocsin-example",
    "sso_callback_urls": "where people go on from there, but for web_domain: https://d111111abcdef8.cloudfront.net/sign-in",
    "sso_verified_addresses": "yes, if every e-mail address that it tells is verified to be its owner's: no",
    "alarm_emails": "who hears the deployment's own alarms: ops@example.com,boss@example.com",
    "sms_monthly_usd": "what SMS may cost in a month, in dollars; an alarm rings at four fifths of it: 20",
    "demo": "yes, if anybody may look around in a made-up organization that can't be changed: no",
    "web_domain": "the name of the dashboard: tocsin.example.com",
    "web_certificate_arn": "its certificate in us-east-1, shown by CloudFront",
    "web_origin": "another site whose pages may call the API, beside the dashboard: https://tools.example.com",
    "people_per_minute": "requests of each person to the API in a minute: 600",
    "keys_per_minute": "requests of each API key in a minute: 600",
    "visitors_per_minute": "requests of each visitor of the demo in a minute: 300",
    "log_days": "how many days logs are kept: 30",
    "outbound_allowed_networks": "private networks that webhooks may reach: 10.1.0.0/16",
    "check_regions": "where monitors are checked from: eu-central-1,eu-west-1,us-east-1",
    "seal_key_arn": "the output SealKeyArn of the stack foundation, whose key other regions are given a copy of",
    "check_shards": "how many functions share the monitors of a region: 1",
    "check_memory_mb": "the memory, and with it the share of a CPU, of each of them in MB: 512",
    "control_targets": "what answers if anything does, to tell a region that is cut off: https://example.com,tcp://1.1.1.1:53",
    "check_ipv6": "yes, if the functions that check have a way out by IPv6, which Lambda's own network has not: no",
    "check_transport": "how regions send what they find: queue, or mtls as private probes do, with a probes_domain",
    "revoked_certificates": "serials of certificates of regions that are refused, with check_transport=mtls: 1a2b,3c4d",
    "result_days": "how many days the result of every check is kept; figures by hour and day stay: 14",
    "reserved_concurrency": "concurrency kept for functions: ingest=20,notify=10",
    "ingest_domain": "the name that tools send events to: events.example.com",
    "ingest_certificate_arn": "its certificate in ACM, in the region of the deployment",
    "app_domain": "the name of the REST API and of links in pages: tocsin.example.com",
    "app_certificate_arn": "its certificate in ACM, in the region of the deployment",
    "probes_domain": "the name that private probes post to by mutual TLS: probes.example.com",
    "probes_certificate_arn": "its certificate in ACM, in the region of the deployment",
    "pages_domain": "the name that all status pages are below, by their slugs: status.example.com",
    "pages_domains": "names that status pages have of their own, with their slugs: status.acme.example=acme",
    "pages_certificate_arn": "a certificate in us-east-1 for all of these names, shown by CloudFront",
    "pages_replica_region": "where status pages are kept as well, or none: eu-west-1",
    "probe_authority": "which authority signs the certificates of private probes, one more to have another made: 1",
    "hosted_zone_id": "the Route 53 zone to write the domains to: Z0123456789ABCDEFGHIJ",
    "hosted_zone_name": "the name of that zone: example.com",
    "firewall_arn": "the output FirewallArn of the stack tocsin-ha-firewall, which is deployed first",
    "edge_certificate_arn": "a certificate in us-east-1 for both domains, shown by CloudFront",
    "second_region": "where ha keeps copies of the backups, and is watched from: eu-west-1",
    "backup_key_arn": "the ARN of a KMS key in second_region that these copies are encrypted with",
    "db_host": "the address of your own PostgreSQL, instead of an RDS instance: db.example.com",
    "db_port": "its port: 5432",
    "db_name": "the database on it, made if it is missing: tocsin",
    "db_cidr": "the network its address lies in, which functions may reach: 10.1.2.0/24",
    "db_is_rds": "yes, if RDS's authorities signed its certificate, and not public ones: no",
    "vpc_id": "the VPC that your PostgreSQL can be reached from: vpc-0123456789abcdef0",
    "subnet_ids": "subnets of it for the functions, without a route to the internet: subnet-0aaa,subnet-0bbb",
    "zones": "the availability zone of each of these subnets: eu-central-1a,eu-central-1b",
    "route_table_ids": "the route table of each of these subnets, unless vpc_has_endpoints: rtb-0aaa,rtb-0bbb",
    "vpc_has_endpoints": "yes, if that VPC already has endpoints for SQS, Secrets Manager and S3: no",
    "gateway_url": "(local) where MiniStack answers",
    "db_socket": "(local) the folder of PostgreSQL's socket",
    "pages_url": "(local) what all status pages are below",
    "web_url": "(local) where the dashboard is found",
    "probes_url": "(local) where private probes report by mutual TLS",
    "seal_private_key_file": "(local) the PEM file that channel secrets are opened with",
}
"""Every input, and what is right for it."""


class BadInput(ValueError):
    """An input is missing or malformed; the message names it, says why, and what would be right."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}. It is {MEANINGS.get(name, 'not an input')}, given as -c {name}=…")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The context that was given, and which of it a stage has asked for."""

    context: Mapping[str, str]
    _asked: set[str] = field(default_factory=set[str])

    def given(self, name: str) -> bool:
        """Whether it was given, and not empty."""
        self._asked.add(name)
        return bool(self.context.get(name, "").strip())

    def text(self, name: str, default: str | None = None) -> str:
        """Any text; required without a default."""
        if not self.given(name):
            if default is None:
                raise BadInput(name, "it is missing")
            return default
        return self.context[name].strip()

    def words(self, name: str, default: str | None = None) -> tuple[str, ...]:
        """Texts with commas between them."""
        return tuple(word for part in self.text(name, default).split(",") if (word := part.strip()))

    def yes(self, name: str) -> bool:
        """Yes or no; no if it is not given."""
        value = self.text(name, "no").lower()
        if value not in ("yes", "no"):
            raise BadInput(name, f"{value!r} is neither yes nor no")
        return value == "yes"

    def whole(self, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        """A whole number within bounds."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
            raise BadInput(name, f"{value!r} is not a whole number from {least} to {most}")
        return int(value)

    def log_days(self, name: str, default: int) -> int:
        """A retention that CloudWatch knows."""
        days = self.whole(name, default)
        if days not in LOG_DAYS:
            raise BadInput(name, f"CloudWatch knows no retention of {days} days, only {', '.join(map(str, LOG_DAYS))}")
        return days

    def numbers(self, name: str) -> dict[str, int]:
        """name=number pairs."""
        found: dict[str, int] = {}
        for word in self.words(name, ""):
            key, _, value = word.partition("=")
            if not key or not value.isascii() or not value.isdecimal():
                raise BadInput(name, f"{word!r} is not a name, an equals sign and a whole number")
            found[key] = int(value)
        return found

    def addresses(self, name: str) -> tuple[str, ...]:
        """One or more e-mail addresses."""
        found = self.words(name)
        for address in found:
            _demand_address(name, address)
        return found

    def sender(self, name: str) -> tuple[str, str]:
        """A sender as mail shows it, and the domain of its address."""
        value = self.text(name)
        _, address = parseaddr(value)
        _demand_address(name, address)
        return value, address.rpartition("@")[2]

    def sign_up(self, name: str) -> str:
        """Who may make an account, its domains in lower case."""
        value = self.text(name, "open").lower().replace(" ", "")
        if value in ("open", "invitation"):
            return value
        domains = value.removeprefix(DOMAINS).split(",")
        if not value.startswith(DOMAINS) or not all(HOST.fullmatch(domain) for domain in domains):
            raise BadInput(name, f"{value!r} is none of open, invitation and {DOMAINS} with domains after it")
        return value

    def https_url(self, name: str) -> str:
        """An https URL."""
        value = self.text(name)
        if not HTTPS_URL.fullmatch(value):
            raise BadInput(name, f"{value!r} is not an https URL")
        return value

    def origin(self, name: str) -> str | None:
        """An https origin: scheme and host, no path; None if it is not given."""
        if not self.given(name):
            return None
        value = self.text(name).lower()
        if not ORIGIN.fullmatch(value):
            raise BadInput(name, f"{value!r} is not https:// and a host, without a path or a slash at its end")
        return value

    def callback_urls(self, name: str) -> tuple[str, ...]:
        """One or more https URLs, or http ones of the loopback."""
        found = self.words(name)
        for url in found:
            if not HTTPS_URL.fullmatch(url) and not LOOPBACK_URL.fullmatch(url):
                raise BadInput(name, f"{url!r} is neither an https URL nor http://localhost:<port>")
        return found

    def domain_prefix(self, name: str) -> str:
        """A label that Cognito takes for a domain of its own."""
        value = self.text(name)
        if not DOMAIN_PREFIX.fullmatch(value):
            raise BadInput(name, f"{value!r} is not a label in lower case without aws, amazon and cognito in it")
        return value

    def secret(self, name: str) -> str:
        """The ARN of a secret."""
        value = self.text(name)
        if not SECRET.fullmatch(value):
            raise BadInput(name, f"{value!r} is not the ARN of a secret in Secrets Manager")
        return value

    def host(self, name: str) -> str:
        """A host name in lower case."""
        value = self.text(name).lower()
        if not HOST.fullmatch(value):
            raise BadInput(name, f"{value!r} is not a host name")
        return value

    def web_acl(self, name: str) -> str:
        """The ARN of rules of WAF for CloudFront."""
        value = self.text(name)
        if not WEB_ACL.fullmatch(value):
            raise BadInput(name, f"{value!r} is not the ARN of a global web ACL")
        return value

    def certificate(self, name: str, region: str | None = None) -> str:
        """The ARN of a certificate in ACM, in a certain region if one is given."""
        if not self.given(name):
            raise BadInput(name, "a domain needs a certificate, and none was given")
        value = self.text(name)
        if not CERTIFICATE.fullmatch(value):
            raise BadInput(name, f"{value!r} is not the ARN of a certificate in ACM")
        if region is not None and f":{region}:" not in value:
            raise BadInput(name, f"the certificate must be in {region}, and {value!r} is not")
        return value

    def region(self, name: str) -> str:
        """An AWS region."""
        value = self.text(name)
        if not REGION.fullmatch(value):
            raise BadInput(name, f"{value!r} is not an AWS region")
        return value

    def regions(self, name: str, default: Sequence[str], *, most: int) -> tuple[str, ...]:
        """Different AWS regions."""
        found = self.words(name, ",".join(default))
        for region in found:
            if not REGION.fullmatch(region):
                raise BadInput(name, f"{region!r} is not an AWS region")
        if len(set(found)) != len(found):
            raise BadInput(name, "a region is named twice")
        if not 1 <= len(found) <= most:
            raise BadInput(name, f"{len(found)} were given, there can be 1 to {most}")
        return found

    def controls(self, name: str, default: Sequence[str]) -> tuple[str, ...]:
        """Addresses that anybody may connect to."""
        found = self.words(name, ",".join(default))
        for address in found:
            if not CONTROL.fullmatch(address):
                raise BadInput(name, f"{address!r} is neither https:// and a host nor tcp://, a host and a port")
        return found

    def one_of(self, name: str, choices: Sequence[str]) -> str:
        """One of several words, the first if it is not given."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise BadInput(name, f"{value!r} is none of {', '.join(choices)}")
        return value

    def serials(self, name: str) -> tuple[str, ...]:
        """Serials of certificates as the log tells them, in lower-case hex."""
        found = self.words(name, "")
        for serial in found:
            if not SERIAL.fullmatch(serial):
                raise BadInput(name, f"{serial!r} is not a serial in lower-case hex, without colons")
        return found

    def shared_key(self, name: str, region: str) -> str:
        """The ARN of a KMS key that other regions can have copies of."""
        value = self.key(name, region)
        if ":key/mrk-" not in value:
            raise BadInput(name, f"{value!r} is not a multi-Region key, whose id begins with mrk-")
        return value

    def key(self, name: str, region: str) -> str:
        """The ARN of a KMS key in a region."""
        value = self.text(name)
        if not KEY.fullmatch(value):
            raise BadInput(name, f"{value!r} is not the ARN of a key in KMS")
        if f":{region}:" not in value:
            raise BadInput(name, f"the key must be in {region}, and {value!r} is not")
        return value

    def network(self, name: str) -> str:
        """A network as CIDR."""
        value = self.text(name)
        try:
            return str(ipaddress.ip_network(value))
        except ValueError as error:
            raise BadInput(name, f"{error}") from error

    def networks(self, name: str) -> str:
        """Networks as CIDRs, with commas between them."""
        for word in self.words(name, ""):
            try:
                ipaddress.ip_network(word)
            except ValueError as error:
                raise BadInput(name, f"{error}") from error
        return ",".join(self.words(name, ""))

    def ids(self, name: str, prefix: str, *, most: int = 16) -> tuple[str, ...]:
        """Ids of AWS that begin in one way."""
        found = self.words(name)
        for one in found:
            if not re.fullmatch(f"{prefix}[0-9a-f]+", one):
                raise BadInput(name, f"{one!r} does not begin with {prefix!r}, followed by hexadecimal digits")
        if len(found) > most:
            raise BadInput(name, f"{len(found)} were given, there can be {most}")
        return found

    def together(self, first: str, second: str) -> tuple[str, str] | None:
        """Two that are given together or not at all."""
        if not self.given(first) and not self.given(second):
            return None
        return self.text(first), self.text(second)

    def refuse_without(self, name: str, *others: str) -> None:
        """Refuse what means nothing without another."""
        for other in others:
            if self.given(other):
                raise BadInput(other, f"it means nothing without {name}")

    def refuse_beside(self, name: str, other: str) -> None:
        """Refuse one of two that exclude each other."""
        if self.given(other):
            raise BadInput(other, f"it can't be given with {name}")

    def demand_equal_length(self, first: str, some: Sequence[str], second: str, others: Sequence[str]) -> None:
        """Refuse lists that must match and don't."""
        if len(some) != len(others):
            raise BadInput(second, f"{len(others)} were given for the {len(some)} of {first}")

    def demand_nothing_else(self) -> None:
        """Refuse what the stage has no use for, lest a misspelt name pass in silence."""
        for name in self.context:
            if name not in self._asked:
                known = ", ".join(sorted(self._asked & set(MEANINGS)))
                raise BadInput(name, f"this stage has no such input; it has {known}")


def _demand_address(name: str, address: str) -> None:
    local_part, at, domain = address.rpartition("@")
    if not at or not local_part or not HOST.fullmatch(domain.lower()):
        raise BadInput(name, f"{address!r} is not an e-mail address")
