"""Real processes to be killed: MiniStack's queues, a durable PostgreSQL, one process a handler."""

import base64
import json
from collections.abc import Callable, Generator, Mapping
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support import postgres
from tests.support.doomed import Point
from tests.support.emulator import Emulator, emulator
from tests.support.faults import Evidence, demand
from tests.support.mesh import QUEUES, REGION, Mesh, claiming
from tests.support.postgres import TestDatabase, TestServer
from tests.support.receiver import receiving
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.platform.sealing import seal

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the receiver's, in a test

type Sealed = Callable[[Mapping[str, str]], str]
"""Seals a channel's secrets."""
type Fated = Callable[..., None]


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Generator[TestServer]:
    """A server with durable commits, as in production; tests crash it and start it again."""
    with postgres.serving(pytestconfig) as server:
        yield server


@pytest.fixture
def database(postgres_server: TestServer) -> Generator[TestDatabase]:
    """A fresh database; the server runs again when the test is over."""
    found = postgres.clone(postgres_server)
    yield found
    postgres_server.start()
    found.close()


@pytest.fixture
def world(database: TestDatabase) -> World:
    """One organization without a fallback contact, whose policy has a single step."""
    found = World(database, fallback=None)
    found.policy([StepSpec([found.alice.target])], round_delay=timedelta(hours=1))
    return found


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Generator[Emulator]:
    """The emulator."""
    with emulator(tmp_path_factory.mktemp("ministack")) as found:
        yield found


@pytest.fixture(scope="session")
def key_pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The file of a private sealing key, and its public half."""
    private = rsa.generate_private_key(65537, 2048)
    path = tmp_path_factory.mktemp("keys") / "seal.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(private.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    public = private.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    return path, public.decode()


@pytest.fixture
def sealed(key_pair: tuple[Path, str]) -> Sealed:
    """Seals to the key that notify opens with."""
    return lambda secrets: seal(secrets, key_pair[1])


@pytest.fixture
def mesh(world: World, aws: Emulator, key_pair: tuple[Path, str], sealed: Sealed) -> Generator[Mesh]:
    """The path of one world, whose people are paged by webhook."""
    run = uuid4().hex[:8]
    with receiving() as receiver:
        found = Mesh(world, aws, {}, {name: f"{name}-{run}" for name in QUEUES}, receiver)
        found.make_queues()
        found.client("sesv2").create_email_identity(EmailIdentity="tocsin.example")
        with claiming(found) as claim_url:
            found.environment = {
                **world.database.environment("worker"),
                **{f"{name.upper()}_QUEUE_URL": url for name, url in found.urls.items()},
                "AWS_ENDPOINT_URL": aws.endpoint,
                "AWS_ENDPOINT_URL_LAMBDA": claim_url,
                "AWS_DEFAULT_REGION": REGION,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "MAC_KEYS_SECRET_ARN": _mac_keys(found),
                "EDGE_BUCKET": "edge",
                "KEY_BUDGET_PER_MINUTE": "100000",
                "CLAIM_FUNCTION": "claim",
                "MAIL_FROM": "page@tocsin.example",
                "LINK_BASE_URL": "https://tocsin.example/l",
                "EVENTS_URL": "https://events.tocsin.example",
                "SIGN_IN_ISSUER": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
                "SIGN_IN_CLIENT_ID": "client",
                "SEAL_PRIVATE_KEY_FILE": str(key_pair[0]),
                "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
                "POWERTOOLS_METRICS_DISABLED": "true",
            }
            for person in (world.alice, world.bob):
                world.webhook(person, sealed({"url": f"{receiver.url}/{person.name}", "secret": SECRET}))
            yield found


@pytest.fixture
def fate(mesh: Mesh, request: pytest.FixtureRequest) -> Fated:
    """Judge what became of everything under the test's fault at a point, demand these counts, and record it."""

    def judged(point: Point | str, **counts: int) -> None:
        assert not isinstance(point, Point) or str(point) in mesh.reached, f"{point} was not reached"
        demand(request, Evidence(mesh.world.database.rows, mesh.pages(), mesh.accepted), point, **counts)

    return judged


def _mac_keys(mesh: Mesh) -> str:
    keys = {name: base64.b64encode(key).decode() for name, key in MAC_KEYS.keys.items()}
    document = json.dumps({"current": MAC_KEYS.current, "keys": keys})
    return mesh.client("secretsmanager").create_secret(Name=uuid4().hex, SecretString=document)["ARN"]
