"""What is deployed on the bench host, as in a stage: functions with their workers, queues with their consumers."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

KEPT: Final = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ")
KEY_BUDGET: Final = 10_000_000
"""Out of the way: a benchmark has one sender, whose budget would be what is measured."""
DATABASE: Final = "tocsin"
REGION: Final = "eu-central-1"
ACCOUNT: Final = "123456789012"
MAC_KEYS_ARN: Final = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:mac-keys"
SEAL_PUBLIC_ARN: Final = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:seal-public"
EDGE_BUCKET: Final = "bench-edge"
OUTSIDE: Final = ("ingest", "notify", "push")


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """One function. `workers` is the most that run at once."""

    workers: int
    timeout_seconds: int = 20
    memory_mb: int = 512
    handler: str = ""


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """One queue and its consumer, as infra/stacks feed them."""

    consumer: str
    hidden: float
    max_receives: int
    max_concurrency: int


FUNCTIONS: Final = {
    "ingest": FunctionPlan(3, 10),
    "process": FunctionPlan(2),
    "notify": FunctionPlan(3, 45),
    "claim": FunctionPlan(3, 10),
    "record": FunctionPlan(2),
    "escalate": FunctionPlan(2),
    "sweep": FunctionPlan(1, 55),
    "publish": FunctionPlan(1),
    "verdict": FunctionPlan(2),
    "api": FunctionPlan(2),
    "live": FunctionPlan(1),
    "push": FunctionPlan(1, 30),
}
"""As many workers as keep two cores busy while some wait; each inside one holds a connection."""
QUEUES: Final = {
    "events": QueuePlan("process", 30, 30, 2),
    "deliveries": QueuePlan("notify", 55, 25, 3),
    "outcomes": QueuePlan("record", 30, 30, 2),
    "escalations": QueuePlan("escalate", 30, 30, 2),
    "results": QueuePlan("verdict", 30, 30, 2),
    "sweeps": QueuePlan("sweep", 65, 14, 2),
    "publications": QueuePlan("publish", 30, 30, 2),
    "pushes": QueuePlan("push", 40, 23, 2),
    "hints": QueuePlan("live", 30, 30, 2),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One run's deployment. Without `sweeps` the minute's rule is off."""

    folder: Path
    db_host: str
    mac_keys: str
    seal_private_pem: str
    seal_public_pem: str
    sweeps: bool = True
    profile: bool = False
    sockets: int = 0
    """The port of the sockets' gateway, if there is one."""
    region: str = REGION
    account: str = ACCOUNT

    @property
    def functions(self) -> dict[str, FunctionPlan]:
        """Every function, with its handler."""
        return {
            name: FunctionPlan(each.workers, each.timeout_seconds, each.memory_mb, f"functions.{name}.handler.handler")
            for name, each in FUNCTIONS.items()
        }

    @property
    def queues(self) -> Mapping[str, QueuePlan]:
        """Every queue."""
        return QUEUES

    @property
    def secrets(self) -> dict[str, str]:
        """What Secrets Manager holds."""
        return {MAC_KEYS_ARN: self.mac_keys, SEAL_PUBLIC_ARN: self.seal_public_pem}

    def environment(self, url: str) -> dict[str, str]:
        """What every function gets of its surroundings."""
        services = ("SQS", "LAMBDA", "SECRETS_MANAGER", "S3", "KMS")
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            **{f"AWS_ENDPOINT_URL_{service}": url for service in services},
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "*",
        }

    def function_environment(self, name: str, url: str) -> dict[str, str]:
        """What infra/stacks/application.py sets for this function."""
        queues = {f"{queue.upper()}_QUEUE_URL": f"{url}/{ACCOUNT}/{queue}" for queue in QUEUES}
        shared = {
            **queues,
            "MAC_KEYS_SECRET_ARN": MAC_KEYS_ARN,
            "SEAL_PUBLIC_KEY_SECRET_ARN": SEAL_PUBLIC_ARN,
            "EDGE_BUCKET": EDGE_BUCKET,
            "KEY_BUDGET_PER_MINUTE": str(KEY_BUDGET),
            "KEYS_PER_MINUTE": str(KEY_BUDGET),
            "LINK_BASE_URL": "https://bench.example/l",
            "EVENTS_URL": "https://events.tocsin.example",
            "LIVE_URL": f"ws://127.0.0.1:{self.sockets}/live",
            "SIGN_IN_ISSUER": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
            "SIGN_IN_CLIENT_ID": "client",
        }
        if name in OUTSIDE:
            return {
                **shared,
                "CLAIM_FUNCTION": "claim",
                "MAIL_FROM": "Tocsin <tocsin@bench.example>",
                "SEAL_KMS_KEY_ID": "bench",
                "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
                "WS_ENDPOINT": f"http://127.0.0.1:{self.sockets}/live",
            }
        return {**shared, "DB_HOST": self.db_host, "DB_NAME": DATABASE, "DB_USER": "app" if name == "api" else "worker"}

    def write(self, path: Path) -> None:
        """Keep it for the cloud's process, for its owner's eyes only."""
        path.touch(mode=0o600)
        path.write_text(json.dumps({**asdict(self), "folder": str(self.folder)}))

    @classmethod
    def read(cls, path: Path) -> Self:
        """What `write` kept."""
        told: dict[str, Any] = json.loads(path.read_text())
        told["folder"] = Path(told["folder"])
        return cls(**told)
