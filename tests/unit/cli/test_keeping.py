"""Where sign-ins and settings are kept: the keyring or a file of one person, whole, and for one address."""

import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError, PasswordSetError

from cli import private_files, profiles, vault
from cli.failures import Failure, NotSignedIn, Usage
from cli.profiles import Profile
from cli.vault import Credential

SIGN_IN = Credential("user", "https://tocsin.example", "token", 1_800_000_000, "refresh")
FILE = "credential-default.json"


class InMemory(KeyringBackend):
    """A keyring of the system's kind, in memory."""

    priority = 5  # pyright: ignore[reportAssignmentType] - the library's way of saying how good it is

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise PasswordSetError("locked")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.is_locked:
            raise PasswordDeleteError("locked")
        del self.kept[service, username]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCSIN_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture
def chosen() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def system(chosen: None) -> InMemory:
    del chosen
    found = InMemory()
    keyring.set_keyring(found)
    return found


@pytest.fixture
def no_keyring(chosen: None) -> None:
    del chosen
    keyring.set_keyring(NoKeyring())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_with_a_keyring_nothing_is_in_a_file(folder: Path, system: InMemory) -> None:
    assert vault.save("default", SIGN_IN) == "keyring"
    assert vault.load("default") == SIGN_IN
    assert vault.load("other") is None
    assert not (folder / FILE).exists()
    vault.forget("default")
    assert system.kept == {}
    assert vault.load("default") is None


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_it_is_in_a_file_that_only_its_owner_reads(folder: Path) -> None:
    before = os.umask(0)
    try:
        assert vault.save("default", SIGN_IN) == str(folder / FILE)
    finally:
        os.umask(before)
    assert (mode(folder / FILE), mode(folder)) == (0o600, 0o700)
    assert vault.load("default") == SIGN_IN
    # nothing is left behind of what was replaced
    vault.save("default", SIGN_IN)
    assert [path.name for path in folder.iterdir()] == [FILE]
    vault.forget("default")
    assert vault.load("default") is None


@pytest.mark.usefixtures("no_keyring")
def test_a_file_that_others_can_read_is_not_trusted(folder: Path) -> None:
    vault.save("default", SIGN_IN)
    (folder / FILE).chmod(0o640)
    with pytest.raises(NotSignedIn, match="can be read by others"):
        vault.load("default")
    # a new sign-in replaces it
    vault.save("default", SIGN_IN)
    assert mode(folder / FILE) == 0o600


def test_a_keyring_that_is_locked_by_now_leaves_the_newer_one_in_a_file(folder: Path, system: InMemory) -> None:
    vault.save("default", SIGN_IN)
    system.is_locked = True
    newer = Credential("user", SIGN_IN.url, "newer", None, "rotated")
    assert vault.save("default", newer) == str(folder / FILE)
    assert vault.load("default") == newer
    with pytest.raises(Failure, match="can't be changed"):
        vault.forget("default")
    system.is_locked = False
    assert vault.save("default", newer) == "keyring"
    assert not (folder / FILE).exists()
    assert vault.load("default") == newer


@pytest.mark.usefixtures("no_keyring")
def test_what_can_not_be_understood_is_said(folder: Path) -> None:
    vault.save("default", SIGN_IN)
    for text in ("{", "[]", '{"kind": "user"}', "\udc00".encode("utf-8", "surrogatepass").decode("latin-1")):
        private_files.write(FILE, text)
        with pytest.raises(Failure, match="sign in again"):
            vault.load("default")
    (folder / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(Failure, match="can't be read"):
        vault.load("default")
    private_files.write("profiles.json", "[1]")
    with pytest.raises(Failure, match="no list of profiles"):
        profiles.load("default")


@pytest.mark.usefixtures("folder")
def test_a_reader_sees_the_old_text_or_the_new() -> None:
    texts = ["a" * 50_000, "b" * 50_000]
    private_files.write("x", texts[0])
    done = threading.Event()

    def write() -> None:
        for turn in range(100):
            private_files.write("x", texts[turn % 2])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert private_files.read("x") in texts
    writer.join()


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOCSIN_CONFIG_DIR", str(tmp_path / "file"))
    with pytest.raises(Failure, match="can't be written"):
        private_files.write("profiles.json", "{}")


@pytest.mark.usefixtures("folder")
def test_a_profile_remembers_and_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    profiles.update("default", url="https://tocsin.example", organization="a")
    profiles.update("work", url="https://work.example")
    profiles.update("default", organization=None)
    assert profiles.load("default") == Profile(url="https://tocsin.example")
    monkeypatch.setenv("TOCSIN_URL", "https://other.example")
    assert profiles.load("work").url == "https://other.example"


@pytest.mark.usefixtures("folder")
def test_a_profile_of_a_newer_version_is_understood() -> None:
    kept = {"default": {"url": "https://tocsin.example", "colour": "red"}}
    private_files.write("profiles.json", json.dumps(kept))
    assert profiles.load("default").url == "https://tocsin.example"
    profiles.update("default", organization="a")
    assert profiles.load("default").organization == "a"


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "x" * 65, ".hidden", "a b"])
def test_a_name_that_is_none_of_a_profile(name: str) -> None:
    with pytest.raises(Usage, match="no name of a profile"):
        profiles.load(name)


@pytest.mark.parametrize(
    "address",
    [
        "tocsin.example",
        "ftp://tocsin.example",
        "http://tocsin.example",
        "http://127.0.0.1.tocsin.example",
        "https://me:secret@tocsin.example",
        "https://tocsin.example?x=1",
        "https://",
        "",
    ],
)
def test_an_address_that_is_none_or_would_show_what_is_sent(address: str) -> None:
    with pytest.raises(Usage):
        profiles.base_url(address)


def test_an_address_is_kept_without_its_version() -> None:
    assert profiles.base_url("https://tocsin.example/v1/") == "https://tocsin.example"
    local = "http://127.0.0.1:4566/_aws/execute-api/abc"
    assert profiles.base_url(f"{local}/v1") == local
    assert profiles.base_url("http://localhost:1") == "http://localhost:1"
