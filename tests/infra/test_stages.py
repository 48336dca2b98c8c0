"""What an operator may get wrong is refused in one message: which input, why, and what would be right."""

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from infra.inputs import MEANINGS, BadInput
from infra.single_sign_on import OidcProvider, SamlProvider
from infra.stacks.queues import CONSUMER_SECONDS
from infra.stages import STAGES, ExistingServer, ManagedServer, OwnNetwork, UnknownStage, stage
from tests.infra.conftest import BY_MUTUAL_TLS, CERTIFICATE, INPUTS, OIDC, OWN_SERVER, REQUIRED, ROOT, SAML, SEAL_KEY


def refused(name: str, context: Mapping[str, str]) -> str:
    """The message of a refusal."""
    with pytest.raises(BadInput) as caught:
        stage(name, context)
    return str(caught.value)


@pytest.mark.parametrize("name", STAGES)
def test_every_stage_can_be_had(name: str) -> None:
    made = stage(name, INPUTS[name])
    assert made.name == name
    assert made.is_local == (name == "local")
    assert all(least >= 2 for least in made.max_concurrency.values())


def test_stages_grow() -> None:
    small, standard, ha = (stage(name, INPUTS[name]) for name in ("small", "standard", "ha"))
    assert (small.network, standard.network, ha.network) == (
        OwnNetwork(zones=1, isolated=False),
        OwnNetwork(zones=1, isolated=True),
        OwnNetwork(zones=2, isolated=True),
    )
    servers = [one.server for one in (small, standard, ha) if isinstance(one.server, ManagedServer)]
    assert [server.proxy for server in servers] == [False, True, True]
    assert [server.multi_az for server in servers] == [False, False, True]
    assert [server.copies is not None for server in servers] == [False, False, True]
    assert sum(small.max_concurrency.values()) < sum(standard.max_concurrency.values())
    assert sum(standard.max_concurrency.values()) < sum(ha.max_concurrency.values())


def test_other_regions_wait_until_it_is_said_which_key_they_have_copies_of() -> None:
    waiting, given = (stage("standard", {**REQUIRED, **more}).checking for more in ({}, {"seal_key_arn": SEAL_KEY}))
    assert (waiting.regions, waiting.waiting) == (("eu-central-1",), ("eu-west-1", "us-east-1"))
    assert (given.regions, given.waiting) == (("eu-central-1", "eu-west-1", "us-east-1"), ())
    assert stage("small", REQUIRED).checking.regions == ("eu-central-1",)
    at_home = stage("standard", {**REQUIRED, "region": "us-east-1"}).checking
    assert at_home.regions + at_home.waiting == ("us-east-1", "eu-west-1", "ap-southeast-1")


def test_regions_send_to_the_queue_unless_mutual_tls_is_wished_for_and_possible() -> None:
    assert not stage("small", REQUIRED).checking.by_mutual_tls
    assert not stage("small", {**REQUIRED, "check_transport": "queue"}).checking.by_mutual_tls
    wished = {**REQUIRED, **BY_MUTUAL_TLS}
    made = stage("small", wished)
    assert (made.checking.by_mutual_tls, made.checking.revoked) == (True, ("1a2b", "3c4d"))
    for wrong in ("1A2B", "0x1a", "1a:2b", "0", "a" * 41):
        assert "is not a serial in lower-case hex" in refused("small", {**wished, "revoked_certificates": wrong})


def test_without_a_proxy_all_that_enters_at_once_fits_the_smallest_instance() -> None:
    small = stage("small", INPUTS["small"])
    assert isinstance(small.server, ManagedServer)
    queues = sum(small.max_concurrency.values())
    alone = len({"sweep", "health", "triggers", "enroll"})
    administrators = 5
    assert queues + alone + small.app_burst + small.socket_burst <= small.server.connections - administrators


def test_each_queue_that_needs_the_database_is_in_the_sum() -> None:
    settled = stage("small", INPUTS["small"]).max_concurrency
    assert set(settled) == set(CONSUMER_SECONDS) - {"copies", "pushes"}


def test_a_stage_that_does_not_exist() -> None:
    with pytest.raises(UnknownStage, match="no stage 'huge'; give one of local, small, standard, ha"):
        stage("huge", {})


@pytest.mark.parametrize("name", ["region", "mail_from", "alarm_emails"])
def test_an_input_that_is_missing(name: str) -> None:
    context = {key: value for key, value in REQUIRED.items() if key != name}
    assert refused("small", context) == f"{name}: it is missing. It is {MEANINGS[name]}, given as -c {name}=…"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("mail_from", "Tocsin", "is not an e-mail address"),
        ("alarm_emails", "ops@example.com,boss", "'boss' is not an e-mail address"),
        ("log_days", "31", "CloudWatch knows no retention of 31 days"),
        ("log_days", "-1", "is not a whole number from 0"),
        ("sms_monthly_usd", "0", "is not a whole number from 1"),
        ("sms_monthly_usd", "٢", "is not a whole number"),
        ("reserved_concurrency", "ingest:4", "'ingest:4' is not a name, an equals sign and a whole number"),
        ("outbound_allowed_networks", "10.0.0.1/8", "has host bits set"),
        ("sign_up", "closed", "'closed' is none of open, invitation and domains: with domains after it"),
        ("sign_up", "domains:", "'domains:' is none of"),
        ("sign_up", "domains:example.com,,", "is none of"),
        ("sign_up", "domains:@example.com", "is none of"),
        ("sign_up", "example.com", "is none of"),
        ("demo", "perhaps", "'perhaps' is neither yes nor no"),
        ("web_origin", "https://tocsin.example.com/", "is not https:// and a host, without a path or a slash"),
        ("web_origin", "http://tocsin.example.com", "is not https:// and a host"),
        ("web_origin", "*", "is not https:// and a host"),
        ("web_domain", "https://tocsin.example.com", "is not a host name"),
        ("web_domain", "tocsin.example.com", "web_certificate_arn: a domain needs a certificate"),
        ("web_certificate_arn", CERTIFICATE, "it means nothing without web_domain"),
        ("people_per_minute", "0", "is not a whole number from 1"),
        ("keys_per_minute", "1e3", "is not a whole number from 1"),
        ("visitors_per_minute", "-5", "is not a whole number from 1"),
        ("sso_client_id", "tocsin", "it means nothing without sso_issuer or sso_metadata_url"),
        ("sso_verified_addresses", "yes", "it means nothing without sso_issuer or sso_metadata_url"),
        ("app_domain", "https://a.example.com/", "is not a host name"),
        ("app_domain", "a.example.com", "a domain needs a certificate, and none was given"),
        ("probes_certificate_arn", CERTIFICATE, "it means nothing without probes_domain"),
        ("probe_authority", "0", "is not a whole number from 1"),
        ("region", "Frankfurt", "'Frankfurt' is not an AWS region"),
        ("check_regions", "eu-central-1,Ireland", "'Ireland' is not an AWS region"),
        ("check_regions", "eu-west-1,eu-west-1", "a region is named twice"),
        ("check_regions", ",", "0 were given, there can be 1 to 12"),
        ("check_regions", "eu-west-1", "seal_key_arn: eu-west-1 can't open the secrets of monitors without it"),
        ("seal_key_arn", SEAL_KEY.replace("mrk-", ""), "is not a multi-Region key, whose id begins with mrk-"),
        ("seal_key_arn", SEAL_KEY.replace("central", "west"), "the key must be in eu-central-1"),
        ("check_shards", "65", "is not a whole number from 1 to 64"),
        ("check_ipv6", "6", "'6' is neither yes nor no"),
        ("check_memory_mb", "64", "is not a whole number from 128 to 10240"),
        ("control_targets", "example.com", "is neither https:// and a host nor tcp://, a host and a port"),
        ("control_targets", "tcp://1.1.1.1", "is neither https:// and a host nor tcp://, a host and a port"),
        ("check_transport", "carrier pigeon", "'carrier pigeon' is none of queue, mtls"),
        ("check_transport", "mtls", "mtls needs a name that demands certificates, probes_domain"),
        ("revoked_certificates", "1a2b", "it means nothing without check_transport=mtls"),
        ("result_days", "1", "is not a whole number from 2 to 400"),
        ("pages_domain", "https://status.example.com", "is not a host name"),
        ("pages_domain", "status.example.com", "pages_certificate_arn: a domain needs a certificate"),
        ("pages_domains", "status.example.com", "is not a host name, an equals sign and the slug of a page"),
        ("pages_domains", "-status=acme", "is not a host name, an equals sign and the slug of a page"),
        ("pages_domains", "status.example.com=Acme Inc", "the slug 'Acme Inc' must be 3 to 63 of a-z"),
        ("pages_domains", "status.example.com=assets", "the slug 'assets' is a reserved word"),
        ("pages_domains", "a.example.com=acme,A.example.com=other", "'a.example.com' is named twice"),
        ("pages_domains", "a.example.com=acme,b.example.com=acme", "the page 'acme' has two domains"),
        ("pages_domains", ",".join(f"a{n}.example.com=acme{n}" for n in range(61)), "there can be 60"),
        ("pages_certificate_arn", CERTIFICATE, "it means nothing without pages_domain or pages_domains"),
        ("pages_replica_region", "Ireland", "'Ireland' is not an AWS region"),
        ("pages_replica_region", "eu-central-1", "is the deployment's own, which a replica is to outlive"),
        ("db_port", "5432", "it means nothing without db_host"),
        ("hosted_zone_id", "Z1", "it is missing"),
        ("mail_form", "a@b.example", "this stage has no such input; it has alarm_emails,"),
        ("second_region", "eu-west-1", "this stage has no such input"),
    ],
)
def test_an_input_that_is_wrong(name: str, value: str, reason: str) -> None:
    told = refused("small", {**REQUIRED, name: value})
    assert reason in told
    assert "given as -c " in told


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("second_region", "Ireland", "'Ireland' is not an AWS region"),
        ("second_region", "", "it is missing"),
        ("backup_key_arn", "alias/backups", "is not the ARN of a key in KMS"),
        ("second_region", "eu-north-1", "backup_key_arn: the key must be in eu-north-1"),
        ("app_certificate_arn", "", "a domain needs a certificate"),
        ("app_certificate_arn", "mine", "'mine' is not the ARN of a certificate in ACM"),
        ("edge_certificate_arn", CERTIFICATE, "the certificate must be in us-east-1"),
        ("firewall_arn", "rules", "'rules' is not the ARN of a global web ACL"),
    ],
)
def test_an_input_of_ha_that_is_wrong(name: str, value: str, reason: str) -> None:
    assert reason in refused("ha", {**INPUTS["ha"], name: value})


@pytest.mark.parametrize("name", ["small", "standard"])
def test_ones_own_server_in_place_of_rds(name: str) -> None:
    made = stage(name, {**REQUIRED, **OWN_SERVER})
    assert made.server == ExistingServer("db.example.com", 5433, "pager", "10.1.2.0/24", is_rds=False)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("db_host", "postgres://db", "is not a host name"),
        ("db_port", "65536", "is not a whole number from 1 to 65535"),
        ("db_cidr", "", "it is missing"),
        ("db_cidr", "10.1.2.3.4", "does not appear to be an IPv4 or IPv6 network"),
        ("vpc_id", "vpc-1,vpc-2", "2 were given, there can be 1"),
        ("subnet_ids", "sn-1", "does not begin with 'subnet-'"),
        ("zones", "eu-central-1a", "1 were given for the 2 of subnet_ids"),
        ("route_table_ids", "", "it is missing"),
        ("vpc_has_endpoints", "maybe", "'maybe' is neither yes nor no"),
    ],
)
def test_an_input_of_ones_own_server_that_is_wrong(name: str, value: str, reason: str) -> None:
    assert reason in refused("standard", {**REQUIRED, **OWN_SERVER, name: value})


@pytest.mark.parametrize(
    ("given", "name", "value", "reason"),
    [
        (OIDC, "sso_issuer", "http://login.example.com", "sso_issuer: 'http://login.example.com' is not an https URL"),
        (OIDC, "sso_client_id", "", "sso_client_id: it is missing"),
        (OIDC, "sso_client_secret_arn", "hunter2", "'hunter2' is not the ARN of a secret in Secrets Manager"),
        (OIDC, "sso_metadata_url", SAML["sso_metadata_url"], "sso_metadata_url: it can't be given with sso_issuer"),
        (OIDC, "sso_domain_prefix", "my-cognito", "is not a label in lower case without aws, amazon and cognito"),
        (OIDC, "sso_domain_prefix", "Tocsin", "is not a label in lower case"),
        (OIDC, "sso_domain_prefix", "", "sso_domain_prefix: it is missing"),
        (OIDC, "sso_callback_urls", "http://tocsin.example.com/", "neither an https URL nor http://localhost:<port>"),
        (OIDC, "sso_callback_urls", "https://a@b.example/", "neither an https URL nor http://localhost:<port>"),
        (OIDC, "sso_callback_urls", "", "sso_callback_urls: it is missing"),
        (OIDC, "sso_verified_addresses", "some", "'some' is neither yes nor no"),
        (SAML, "sso_metadata_url", "metadata.xml", "'metadata.xml' is not an https URL"),
        (SAML, "sso_client_id", "tocsin", "sso_client_id: it means nothing without sso_issuer"),
    ],
)
def test_an_input_of_ones_own_identity_provider_that_is_wrong(
    given: Mapping[str, str], name: str, value: str, reason: str
) -> None:
    assert reason in refused("small", {**REQUIRED, **given, name: value})


def test_ones_own_identity_provider_by_either_protocol() -> None:
    by_oidc = stage("small", {**REQUIRED, **OIDC}).sso
    by_saml = stage("small", {**REQUIRED, **SAML, "sso_verified_addresses": "yes"}).sso
    assert by_oidc is not None
    assert by_saml is not None
    assert by_oidc.provider == OidcProvider(OIDC["sso_issuer"], "tocsin", OIDC["sso_client_secret_arn"])
    assert by_saml.provider == SamlProvider(SAML["sso_metadata_url"])
    assert by_oidc.callback_urls == ("https://tocsin.example.com/", "http://localhost:8765/callback")
    assert (by_oidc.has_verified_addresses, by_saml.has_verified_addresses) == (False, True)
    assert by_oidc.url("eu-central-1") == "https://tocsin-example.auth.eu-central-1.amazoncognito.com"


def test_people_of_a_provider_are_sent_back_to_a_dashboard_whose_name_is_known() -> None:
    def sent_to(callback_urls: str) -> tuple[str, ...]:
        found = stage("small", {**REQUIRED, **OIDC, **named, "sso_callback_urls": callback_urls}).sso
        assert found is not None
        return found.callback_urls

    certificate = CERTIFICATE.replace("eu-central-1", "us-east-1")
    named = {"web_domain": "tocsin.example.com", "web_certificate_arn": certificate}
    own = "https://tocsin.example.com/sign-in"
    assert sent_to("") == sent_to(own) == (own,)
    assert sent_to("http://localhost:8765/callback") == (own, "http://localhost:8765/callback")


def test_what_is_said_of_callers() -> None:
    said = {"sign_up": "Domains: Example.com, example.org", "web_origin": "https://Tools.Example.com", "demo": "yes"}
    made, plain = stage("small", {**REQUIRED, **said, "people_per_minute": "1200"}), stage("small", REQUIRED)
    assert (made.sign_up, made.dashboard.other_origin) == (
        "domains:example.com,example.org",
        "https://tools.example.com",
    )
    assert (made.demo, made.people_per_minute) == (True, 1200)
    assert (plain.sign_up, plain.dashboard.other_origin, plain.demo, plain.sso) == ("open", None, False, None)
    assert (plain.people_per_minute, plain.keys_per_minute, plain.visitors_per_minute) == (600, 600, 300)


def test_every_input_that_a_stage_asks_for_has_its_meaning() -> None:
    for name, context in INPUTS.items():
        told = refused(name, {**context, "nothing": "x"})
        assert "nothing: this stage has no such input" in told
    for given in (*INPUTS.values(), OWN_SERVER, OIDC, SAML, BY_MUTUAL_TLS):
        assert set(given) <= set(MEANINGS)


def test_the_app_answers_a_bad_input_with_a_line_and_an_exit_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={**os.environ, "CDK_CONTEXT_JSON": '{"stage": "huge"}', "JSII_NODE": str(ROOT / ".venv/bin/node")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "tocsin: stage: there is no stage 'huge'; give one of local, small, standard, ha, like -c stage=small\n"
    )
