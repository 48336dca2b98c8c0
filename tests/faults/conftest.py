"""Real processes to be killed: MiniStack's queues, PostgreSQL, one process a handler."""

from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.emulator import emulator
from tests.support.mesh import QUEUES, REGION, Mesh, claiming, receiving
from tests.support.world import World
from tocsin.platform.sealing import seal
from tocsin_data import db

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the receiver's, in a test


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The emulator's endpoint."""
    with emulator(tmp_path_factory.mktemp("ministack")) as endpoint:
        yield endpoint


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
def mesh(world: World, aws: str, key_pair: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Generator[Mesh]:
    """The path of one world, whose people are paged by webhook."""
    base = {
        **world.database.environment("worker"),
        "AWS_ENDPOINT_URL": aws,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "KEY_BUDGET_PER_MINUTE": "100000",
        "CLAIM_FUNCTION": "claim",
        "MAIL_FROM": "page@tocsin.example",
        "LINK_BASE_URL": "https://tocsin.example/l",
        "SEAL_PRIVATE_KEY_FILE": str(key_pair[0]),
        "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    with receiving() as receiver, claiming(base, monkeypatch) as claim_url:
        found = Mesh(world, aws, {}, {}, receiver)
        run = uuid4().hex[:8]
        sqs = found.client("sqs")
        found.urls = {name: sqs.create_queue(QueueName=f"{name}-{run}")["QueueUrl"] for name in QUEUES}
        found.environment = {
            **base,
            **{f"{name.upper()}_QUEUE_URL": url for name, url in found.urls.items()},
            "AWS_ENDPOINT_URL_LAMBDA": claim_url,
        }
        for person in (world.alice, world.bob):
            world.webhook(person, seal({"url": f"{receiver.url}/{person.name}", "secret": SECRET}, key_pair[1]))
        yield found
        db.database(world.database.settings("worker")).close()
