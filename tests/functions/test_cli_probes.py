"""`tocsin probes` against the real API, and what `tocsin probe` makes of its folder before it speaks to anybody."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.failures import Failure, NotSignedIn
from cli.probe.agent import _id_at, _window_end
from cli.probe.home import HEALTH, IDENTITY, SECRETS, Home, Place
from tests.support.api_host import ApiHost, api_host
from tests.support.certificates import ShownProbe, odd_certificate
from tests.support.cli_host import Terminal, terminal
from tests.support.world import World
from tocsin.platform import certificates
from tocsin.platform.ids import new_id

NOW = datetime.now(UTC)


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "probe")


@pytest.fixture
def probe(home: Home) -> ShownProbe:
    made = ShownProbe()
    home.settle(made.key, made.issued.pem, Place("rack-3", "https://probes.example.com"))
    return made


def test_a_location_is_made_renamed_and_taken_out_of_use(shell: Terminal) -> None:
    made = shell.run("probes", "create-location", "Berlin office", "--json").one
    assert made["region"] == f"private:{made['id']}"
    renamed = shell.run("probes", "rename-location", "berlin OFFICE", "Berlin")
    assert (renamed.code, renamed.out) == (0, "Berlin office is called Berlin now.\n")
    assert [one["name"] for one in shell.run("probes", "locations", "--json").lines] == ["Berlin"]
    assert shell.run("probes", "delete-location", "Berlin", given="n\n").code == 1
    assert shell.run("probes", "delete-location", made["id"], "--yes").out == "Deleted Berlin.\n"
    assert shell.run("probes", "locations").err == "No private locations.\n"
    assert shell.run("probes", "list", "Berlin").code == 5


def test_a_probe_is_let_in_given_another_token_and_shut_out(shell: Terminal) -> None:
    shell.run("probes", "create-location", "Berlin")
    said = shell.run("probes", "add", "Berlin", "rack-3")
    assert said.code == 0, said.err
    token = said.out.removesuffix("\n")
    assert (len(token) > 40, token.split()) == (True, [token])
    assert "tocsin probe enroll --url http" in said.err
    (listed,) = shell.run("probes", "list", "Berlin", "--json").lines
    assert (listed["name"], listed["status"]) == ("rack-3", "waiting")
    assert shell.run("probes", "rotate", "Berlin", "Rack-3", "--json").one["token"] != token
    assert shell.run("probes", "revoke", "Berlin", "rack-3", given="n\n").code == 1
    assert "shut out" in shell.run("probes", "revoke", "Berlin", "rack-3", "--yes").out
    assert shell.run("probes", "rotate", "Berlin", "rack-3").code == 6
    assert shell.run("probes", "revoke", "Berlin", "nobody", "--yes").code == 5


def test_a_probe_that_is_not_enrolled_says_what_to_do(shell: Terminal, tmp_path: Path) -> None:
    for verb in ("run", "status"):
        ended = shell.run("probe", verb, "--folder", str(tmp_path / "empty"))
        assert (ended.code, "tocsin probe enroll" in ended.err) == (3, True)


def test_a_folder_with_a_probe_in_it_is_not_given_to_another(shell: Terminal, home: Home, probe: ShownProbe) -> None:
    del probe
    before = home.read(IDENTITY)
    ended = shell.run("probe", "enroll", "--url", "http://127.0.0.1:9", "--folder", str(home.folder), given="token\n")
    assert (ended.code, "--replace" in ended.err) == (2, True)
    again = ("probe", "enroll", "--replace", "--url", "http://127.0.0.1:9", "--folder", str(home.folder))
    with home.only_one():
        ended = shell.run(*again, given="token\n")
    assert (ended.code, "Another probe runs" in ended.err) == (1, True)
    assert home.read(IDENTITY) == before


def test_a_token_is_asked_for_where_it_is_not_given(shell: Terminal, tmp_path: Path) -> None:
    folder = str(tmp_path / "new")
    ended = shell.run("probe", "enroll", "--url", "http://127.0.0.1:9", "--folder", folder, given="token\n")
    assert ended.code == 7
    assert "Token" in ended.err
    assert not Home(Path(folder)).is_enrolled()


@pytest.mark.parametrize("wrong", ["10.0.0.1/8", "everything", "300.0.0.0/8"])
def test_networks_to_allow_are_networks(shell: Terminal, home: Home, probe: ShownProbe, wrong: str) -> None:
    del probe
    ended = shell.run("probe", "run", "--folder", str(home.folder), "--allow", wrong)
    assert (ended.code, "--allow" in ended.err) == (2, True)


def test_status_tells_how_a_probe_does(shell: Terminal, home: Home, probe: ShownProbe) -> None:
    folder = str(home.folder)
    assert "not run yet" in shell.run("probe", "status", "--folder", folder).err
    health = {"state": "running", "at": datetime.now(UTC).isoformat(), "monitors": 3, "problem": None}
    home.write(HEALTH, json.dumps(health))
    told = shell.run("probe", "status", "--folder", folder, "--json").one
    assert (told["monitors"], told["certificate_serial"]) == (3, probe.issued.serial)
    for change, said in (
        ({"at": (NOW - timedelta(minutes=2)).isoformat()}, "does not run"),
        ({"state": "stopped"}, "does not run"),
        ({"problem": "home can't be reached"}, "home can't be reached"),
    ):
        home.write(HEALTH, json.dumps(health | change))
        ended = shell.run("probe", "status", "--folder", folder)
        assert (ended.code, said in ended.err) == (1, True), ended.err
    old = ShownProbe(at=NOW - certificates.LIFETIME - timedelta(days=1))
    home.settle(old.key, old.issued.pem)
    assert "expired" in shell.run("probe", "status", "--folder", folder).err


def test_a_folder_is_for_one_process_and_its_owner(shell: Terminal, home: Home, probe: ShownProbe) -> None:
    del probe
    with home.only_one(), pytest.raises(Failure, match="Another probe"), Home(home.folder).only_one():
        raise AssertionError("held twice")
    assert {path.stat().st_mode & 0o777 for path in home.folder.iterdir()} == {0o600}
    home.path(IDENTITY).chmod(0o640)
    with pytest.raises(NotSignedIn, match="chmod 600"):
        home.identity()
    assert shell.run("probe", "run", "--folder", str(home.folder)).code == 3


def test_what_is_no_probes_identity_is_refused(home: Home, probe: ShownProbe) -> None:
    assert home.identity().identity == probe.identity
    home.settle(probe.key, odd_certificate({}, usage=None))
    with pytest.raises(NotSignedIn, match="no certificate of a probe"):
        home.identity()


@pytest.mark.parametrize("text", ["[]", "{", '{"password": 1}', '{"a": {}}'])
def test_secrets_are_texts_by_name(home: Home, text: str) -> None:
    assert home.secrets() == {}
    home.write(SECRETS, text)
    with pytest.raises(Failure):
        home.secrets()
    home.write(SECRETS, '{"password": "x"}')
    assert home.secrets() == {"password": "x"}


def test_windows_end_on_the_grid_and_ids_are_of_their_instant() -> None:
    at = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)
    assert _window_end(at) == datetime(2026, 11, 21, 12, 0, 20, tzinfo=UTC)
    assert _window_end(_window_end(at)) == datetime(2026, 11, 21, 12, 0, 40, tzinfo=UTC)
    assert (
        _id_at(datetime.now(UTC) - timedelta(seconds=1)) < new_id() < _id_at(datetime.now(UTC) + timedelta(seconds=1))
    )
    assert _id_at(at).version == 7
