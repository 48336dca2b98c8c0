"""Where a run keeps its things, which loopback ports it takes, and the environment its programs get."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
LOOPBACK: Final = "127.0.0.1"
FIRST_PORT: Final = 8400
ACCOUNT: Final = "000000000000"
REGIONS: Final = ("us-east-1", "eu-west-1", "ap-southeast-1")
"""Where monitors are checked from, as infra/stages.py has it."""
REGION: Final = REGIONS[0]
"""Home, where everything else is."""
KEPT: Final = ("HOME", "LANG", "LC_ALL", "TERM", "TMPDIR", "TZ", "USER")
"""What programs are told of the developer's own environment: nothing of AWS, of proxies or of Python."""


class RunError(RuntimeError):
    """The run can't go on; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One checkout's run. Everything it keeps is under `home`."""

    home: Path = ROOT / ".local"
    first_port: int = FIRST_PORT

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Machine":
        """The default one; TOCSIN_PORT is the first of its seven ports, TOCSIN_HOME where it keeps its things."""
        text = environment.get("TOCSIN_PORT", str(FIRST_PORT))
        if not text.isdecimal() or not 1024 <= int(text) <= 65_000:
            raise RunError(f"TOCSIN_PORT={text} is not a port: give a number from 1024 to 65000")
        return cls(home=Path(environment.get("TOCSIN_HOME", ROOT / ".local")).resolve(), first_port=int(text))

    @property
    def gateway_port(self) -> int:
        """MiniStack: AWS and the HTTP APIs."""
        return self.first_port

    @property
    def viewer_port(self) -> int:
        """The page that shows what arrived."""
        return self.first_port + 1

    @property
    def host_port(self) -> int:
        """The warm host of the functions."""
        return self.first_port + 2

    @property
    def gateway_url(self) -> str:
        """Where MiniStack answers."""
        return f"http://{LOOPBACK}:{self.gateway_port}"

    @property
    def viewer_url(self) -> str:
        """Where mails and webhooks are read."""
        return f"http://{LOOPBACK}:{self.viewer_port}"

    @property
    def host_url(self) -> str:
        """Where MiniStack posts events."""
        return f"http://{LOOPBACK}:{self.host_port}"

    @property
    def target_port(self) -> int:
        """The site to break, which the seed's monitors watch."""
        return self.first_port + 3

    @property
    def front_port(self) -> int:
        """The API of private probes, by mutual TLS."""
        return self.first_port + 4

    @property
    def pages_port(self) -> int:
        """Status pages, as CloudFront serves them."""
        return self.first_port + 5

    @property
    def pages_url(self) -> str:
        """What status pages are below, by their slugs."""
        return f"http://{LOOPBACK}:{self.pages_port}"

    @property
    def dashboard_port(self) -> int:
        """The dashboard, as CloudFront serves it."""
        return self.first_port + 6

    @property
    def dashboard_url(self) -> str:
        """Where the dashboard is opened."""
        return f"http://{LOOPBACK}:{self.dashboard_port}"

    @property
    def target_url(self) -> str:
        """Where the site to break answers."""
        return f"http://{LOOPBACK}:{self.target_port}"

    @property
    def front_url(self) -> str:
        """Where private probes report, by mutual TLS."""
        return f"https://{LOOPBACK}:{self.front_port}"

    def path(self, *parts: str) -> Path:
        """A path under home, its folder made."""
        path = self.home.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def environment(self) -> dict[str, str]:
        """What every program of the run gets: the tools of .venv, and nothing that could reach a real account."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        tools = Path(sys.executable).parent
        return {
            **kept,
            "PATH": f"{tools}:{os.environ.get('PATH', os.defpath)}",
            "PYTHONUNBUFFERED": "1",
            "NO_PROXY": "*",
            "TOCSIN_HOME": str(self.home),
            "TOCSIN_PORT": str(self.first_port),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": self.gateway_url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
        }

    def root_environment(self) -> dict[str, str]:
        """The same with the emulated account's root credentials."""
        return {**self.environment(), "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}

    def demand_ports(self) -> None:
        """Raise RunError when a port that the run needs is taken."""
        for port, use in (
            (self.gateway_port, "MiniStack"),
            (self.viewer_port, "the page of mails and webhooks"),
            (self.host_port, "the functions"),
            (self.target_port, "the site to break"),
            (self.front_port, "private probes"),
            (self.pages_port, "status pages"),
            (self.dashboard_port, "the dashboard"),
        ):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((LOOPBACK, port))
                except OSError as error:
                    raise RunError(
                        f"port {port}, needed for {use}, is taken by another program. Stop that one, or choose seven "
                        f"free ports in a row: TOCSIN_PORT=9400 make run"
                    ) from error
