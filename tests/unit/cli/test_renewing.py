"""Tokens that end are renewed: before they end, once, by one of several commands, and sent to one address only."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cli.vault import Credential
from tests.support.cli_host import Terminal
from tests.support.http_api import serve

POOL = {"TOCSIN_POOL_ID": "eu-west-1_Test00000", "TOCSIN_CLIENT_ID": "client"}


@dataclass
class Issuer:
    """Cognito's GetTokensFromRefreshToken with rotation and without grace, which MiniStack does not model, and an API
    that takes the newest access token alone.
    """

    refresh_token: str = "refresh-0"  # noqa: S105 - a token of this test
    access_token: str = "access-0"  # noqa: S105 - likewise
    renewals: int = 0
    refused: list[str] = field(default_factory=list)
    ends: bool = False

    def answer(self, event: dict[str, Any], _: object) -> dict[str, Any]:
        """One request of either."""
        headers = event["headers"]
        if "GetTokensFromRefreshToken" in headers.get("x-amz-target", ""):
            return self._renew(json.loads(base64.b64decode(event["body"])))
        if headers.get("authorization") != f"Bearer {self.access_token}":
            self.refused.append(headers.get("authorization", ""))
            return _answer(401, {"status": 401, "code": "unauthenticated", "detail": "This token is over."})
        return _answer(200, {"items": [], "next_cursor": None})

    def _renew(self, asked: dict[str, str]) -> dict[str, Any]:
        if self.ends or asked["RefreshToken"] != self.refresh_token:
            return _answer(400, {"__type": "RefreshTokenReuseException", "message": "Refresh token has been used."})
        self.renewals += 1
        self.refresh_token, self.access_token = f"refresh-{self.renewals}", f"access-{self.renewals}"
        found = {"AccessToken": self.access_token, "RefreshToken": self.refresh_token, "ExpiresIn": 300}
        return _answer(200, {"AuthenticationResult": found})


def _answer(status: int, body: dict[str, Any]) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": json.dumps(body)}


@dataclass
class Signed:
    """A terminal where somebody is signed in, for so many seconds yet."""

    issuer: Issuer
    shell: Terminal
    url: str

    def sign_in(self, seconds: float, **changes: Any) -> None:
        """Keep a sign-in in the file."""
        made = Credential(
            "user", self.url, self.issuer.access_token, int(time.time() + seconds), self.issuer.refresh_token
        )
        self.file.parent.mkdir(mode=0o700, exist_ok=True)
        self.file.touch(0o600)
        self.file.write_text(json.dumps(asdict(made) | changes))

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return self.shell.folder / "credential-default.json"

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept."""
        return json.loads(self.file.read_text())


@pytest.fixture
def signed(tmp_path: Path) -> Iterator[Signed]:
    with _signed(tmp_path) as found:
        yield found


@contextmanager
def _signed(folder: Path) -> Iterator[Signed]:
    issuer = Issuer()
    with serve(issuer.answer) as server:
        environment = {**POOL, "TOCSIN_URL": server.url, "TOCSIN_ENDPOINT": server.url}
        yield Signed(issuer, Terminal(folder / "config", environment), server.url)


def test_a_token_that_is_good_is_sent_as_it_is(signed: Signed) -> None:
    signed.sign_in(seconds=300)
    assert signed.shell.run("incidents", "list").code == 0
    assert signed.issuer.renewals == 0


def test_a_token_that_is_about_to_end_is_renewed_and_rotated(signed: Signed) -> None:
    signed.sign_in(seconds=30)
    assert signed.shell.run("incidents", "list").code == 0
    assert (signed.issuer.renewals, signed.issuer.refused) == (1, [])
    assert (signed.kept["token"], signed.kept["refresh_token"]) == ("access-1", "refresh-1")
    assert signed.kept["expires_at"] > time.time() + 200
    assert signed.file.stat().st_mode & 0o777 == 0o600
    assert signed.shell.run("incidents", "list").code == 0
    assert signed.issuer.renewals == 1


def test_several_commands_at_once_renew_once_and_lose_no_rotation(signed: Signed) -> None:
    signed.sign_in(seconds=-5)
    started = [signed.shell.start("incidents", "list", "--json") for _ in range(4)]
    ended = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, ended
    assert (signed.issuer.renewals, signed.issuer.refused) == (1, [])
    assert signed.kept["refresh_token"] == signed.issuer.refresh_token


def test_several_threads_at_once_renew_once(signed: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.output import Output
    from cli.session import Session

    for name, value in {**signed.shell.environment, "TOCSIN_CONFIG_DIR": str(signed.shell.folder)}.items():
        monkeypatch.setenv(name, value)
    signed.sign_in(seconds=-5)
    tokens: list[str] = []
    threads = [threading.Thread(target=lambda: tokens.append(Session(Output(as_json=True)).token())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tokens == ["access-1"] * 4
    assert signed.issuer.renewals == 1


def test_a_sign_in_that_is_over_ends_with_3(signed: Signed) -> None:
    signed.issuer.ends = True
    signed.sign_in(seconds=-5)
    ended = signed.shell.run("incidents", "list", "--json")
    assert (ended.code, ended.error["detail"]) == (3, "Your sign-in is over: sign in again with `tocsin login`.")
    # what was kept is kept: the next command may be luckier
    assert signed.kept["refresh_token"] == "refresh-0"  # noqa: S105 - a token of this test


def test_a_visit_of_the_demo_that_is_over_ends_with_3(signed: Signed) -> None:
    signed.sign_in(seconds=-5, kind="demo", refresh_token=None)
    assert signed.shell.run("incidents", "list").code == 3
    assert signed.issuer.refused == []


def test_a_sign_in_is_sent_to_its_own_address_only(signed: Signed, tmp_path: Path) -> None:
    signed.sign_in(seconds=300)
    with _signed(tmp_path / "other") as other:
        ended = signed.shell.run("incidents", "list", "--url", other.url)
        assert ended.code == 3
        assert "is signed in to" in ended.err
        assert other.issuer.refused == []
    # not even where it is sent on to
    with serve(lambda *_: {"statusCode": 302, "headers": {"Location": f"{signed.url}/v1/incidents"}}) as elsewhere:
        signed.sign_in(seconds=300, url=elsewhere.url)
        assert signed.shell.run("incidents", "list", "--url", elsewhere.url).code == 1
    assert signed.issuer.refused == []


def test_where_the_sign_in_can_not_be_reached_it_ends_with_7(signed: Signed) -> None:
    signed.sign_in(seconds=-5)
    ended = signed.shell.run("incidents", "list", TOCSIN_ENDPOINT="http://127.0.0.1:1")
    assert ended.code == 7
    assert "can't be reached" in ended.err
