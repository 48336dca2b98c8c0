"""MiniStack, which stands for AWS on this machine: a plain process on loopback, its state kept under .local."""

import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from typing import Final

from local.machine import LOOPBACK, Machine, RunError
from local.processes import Program

SERVICES: Final = (
    "apigateway,cloudformation,cloudfront,cognito-idp,events,iam,lambda,logs,monitoring,s3,secretsmanager,"
    "ses,sns,sqs,ssm,sts"
)
START_SECONDS: Final = 60
PROXY: Final = "MINISTACK_LAMBDA_PROXY_"


class Emulator:
    """One MiniStack process."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.program: Final = Program(
            "MiniStack", machine.path("log", "ministack.log"), machine.path("run", "ministack"), patience_seconds=20
        )

    def start(self, functions: Iterable[str]) -> None:
        """Start it and wait until it answers. The events of these functions are posted to the warm host."""
        machine = self._machine
        temporary = machine.path("ministack", "tmp", ".")
        temporary.mkdir(parents=True, exist_ok=True)
        environment = {
            **machine.root_environment(),
            "GATEWAY_PORT": str(machine.gateway_port),
            "BIND_HOST": LOOPBACK,
            "MINISTACK_HOST": LOOPBACK,
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(machine.path("ministack", "state")),
            "S3_DATA_DIR": str(machine.path("ministack", "s3")),
            "TMPDIR": str(temporary),
            "SERVICES": SERVICES,
            # a trigger that fails lets no token out, as in AWS
            "MINISTACK_COGNITO_PRETOKEN_STRICT": "1",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            **{f"{PROXY}{name}": f"{machine.host_url}/invoke/{name}" for name in functions},
        }
        self.program.start([sys.executable, "-m", "local.ministack"], environment)
        wait_for(f"{machine.gateway_url}/_ministack/health", self.program)


def wait_for(url: str, program: Program, seconds: float = START_SECONDS) -> None:
    """Wait until a program answers at its address; raises RunError when it ends or takes too long."""
    _until(lambda: _answers(url), program, seconds)


def wait_for_port(port: int, program: Program, seconds: float = START_SECONDS) -> None:
    """Wait until a program takes connections, where it answers nobody without a certificate; raises RunError."""
    _until(lambda: _connects(port), program, seconds)


def _until(done: Callable[[], bool], program: Program, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        program.demand()
        if time.monotonic() > deadline:
            raise RunError(f"{program.name} does not answer after {seconds:.0f} s.\n{program.tail()}")
        time.sleep(0.05)


def _connects(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
