"""A person at the command line: signs in to a real user pool by SRP, and is let in by the real authorizer and API."""

import json
from collections.abc import Generator, Iterator
from pathlib import Path

import jwt
import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, served
from tests.support.emulator import emulator
from tests.support.user_pool import PASSWORD, UserPool, totp, user_pool
from tests.support.world import Person, World

pytestmark = pytest.mark.xdist_group("user pool")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Generator[UserPool]:
    with emulator(tmp_path_factory.mktemp("ministack")) as running:
        yield user_pool(running.endpoint)


@pytest.fixture
def api(world: World, pool: UserPool, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    """The emulator's pool calls no trigger, so its tokens hold no address: people are known here by their subject."""
    probe = "probe@acme.example"
    pool.person(probe)
    token = pool.access_token(probe)
    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
    monkeypatch.setenv("USER_POOL_ISSUER", issuer)
    monkeypatch.setenv("USER_POOL_CLIENT_IDS", pool.client_id)
    monkeypatch.setenv("JWKS_URL", f"{pool.endpoint}/{pool.pool_id}/.well-known/jwks.json")
    with api_host(world, monkeypatch) as host:
        monkeypatch.setenv("SIGN_IN_ISSUER", f"https://cognito-idp.eu-west-1.amazonaws.com/{pool.pool_id}")
        monkeypatch.setenv("SIGN_IN_CLIENT_ID", pool.client_id)
        monkeypatch.setenv("SIGN_IN_ENDPOINT", pool.endpoint)
        yield host
    pool.client.admin_delete_user(UserPoolId=pool.pool_id, Username=probe)


@pytest.fixture
def url(api: ApiHost) -> Iterator[str]:
    with served(api) as server:
        yield server.url


@pytest.fixture
def shell(tmp_path: Path, url: str) -> Terminal:
    return Terminal(tmp_path / "config", {"TOCSIN_URL": url})


def account(world: World, pool: UserPool, person: Person) -> None:
    """Let a member have an account at the sign-in."""
    subject = pool.person(person.email)
    world.database.rows("update user_account set subject = %s where id = %s returning id", subject, person.user_id)


def test_a_member_signs_in_and_responds(shell: Terminal, world: World, pool: UserPool) -> None:
    account(world, pool, world.alice)
    ended = shell.run("login", "--email", world.alice.email, given=f"{PASSWORD}\n")
    assert ended.code == 0, ended.err
    assert ended.out.startswith(f"Signed in as {world.alice.email}; kept in ")
    assert PASSWORD not in "".join(path.read_text() for path in shell.folder.iterdir())
    who = shell.run("whoami", "--json").one
    assert (who["kind"], who["email"], who["organization"], who["role"]) == (
        "user",
        world.alice.email,
        "Acme",
        "responder",
    )
    kept = json.loads((shell.folder / "profiles.json").read_text())["default"]
    assert (kept["pool_id"], kept["endpoint"]) == (pool.pool_id, pool.endpoint)
    assert kept["events_url"] == "https://events.tocsin.example"
    assert shell.run("incidents", "list", "--json").lines == []
    assert [o["name"] for o in shell.run("orgs", "list", "--json").lines] == ["Acme"]
    # a token that has ended is renewed without a word
    path = shell.folder / "credential-default.json"
    kept = json.loads(path.read_text())
    path.write_text(json.dumps(kept | {"expires_at": 0}))
    assert shell.run("whoami").code == 0
    assert json.loads(path.read_text())["expires_at"] > 0
    assert shell.run("logout").out == "Signed out.\n"
    path.touch(0o600)
    path.write_text(json.dumps(kept | {"expires_at": 0}))
    assert shell.run("whoami").code == 3


def test_a_wrong_password_is_not_kept(shell: Terminal, world: World, pool: UserPool) -> None:
    account(world, pool, world.alice)
    for email in (world.alice.email, "nobody@acme.example"):
        ended = shell.run("login", "--email", email, given="Wrong horse 4 battery!\n")
        assert (ended.code, ended.err) == (3, "tocsin: Wrong e-mail address or password.\n")
    assert not (shell.folder / "credential-default.json").exists()


def test_a_code_is_asked_for_after_the_password(shell: Terminal, world: World, pool: UserPool) -> None:
    account(world, pool, world.bob)
    secret = pool.authenticator(pool.access_token(world.bob.email))
    given = f"{world.bob.email}\n{PASSWORD}\n{totp(secret)}\n"
    assert shell.run("login", given=given).code == 0
    assert shell.run("login", "--email", world.bob.email, given=f"{PASSWORD}\n").code == 2


def test_who_is_in_two_organizations_names_one(shell: Terminal, world: World, pool: UserPool) -> None:
    account(world, pool, world.alice)
    other = World(world.database, name="Other")
    world.database.rows(
        "insert into membership (org_id, user_id, role, created_at) values (%s, %s, 'admin', now()) returning user_id",
        other.org_id,
        world.alice.user_id,
    )
    ended = shell.run("login", "--email", world.alice.email, given=f"{PASSWORD}\n")
    assert (ended.code, "You are in 2 organizations" in ended.err) == (0, True)
    assert shell.run("keys", "list", "--json").error["code"] == "organization_required"
    assert [k["name"] for k in shell.run("keys", "list", "--org", "other", "--json").lines] == []
    assert shell.run("orgs", "use", "OTHER").out == "Commands are for Other from now on.\n"
    assert shell.run("whoami", "--json").one["role"] == "admin"
    assert shell.run("whoami", "--org", str(world.org_id), "--json").one["role"] == "responder"
    assert shell.run("orgs", "use", "Nowhere").code == 5
    third = World(world.database, name="Third")
    assert shell.run("incidents", "list", "--org", str(third.org_id)).code == 5
    assert shell.run("incidents", "list", "--org", "Third").code == 5


def test_who_makes_an_organization_owns_it_and_works_in_it(shell: Terminal, world: World, pool: UserPool) -> None:
    account(world, pool, world.alice)
    assert shell.run("orgs", "create", "Mine").code == 3
    assert shell.run("login", "--email", world.alice.email, given=f"{PASSWORD}\n").code == 0
    made = shell.run("orgs", "create", "Mine", "--json").one
    assert (made["name"], made["is_demo"]) == ("Mine", False)
    who = shell.run("whoami", "--json").one
    assert (who["organization_id"], who["role"]) == (made["id"], "owner")
    ended = shell.run("orgs", "create", "Another", "--no-use")
    assert (ended.code, ended.out.startswith("Made Another (")) == (0, True)
    assert shell.run("whoami", "--json").one["organization"] == "Mine"
    assert sorted(o["name"] for o in shell.run("orgs", "list", "--json").lines) == ["Acme", "Another", "Mine"]
    wrong = shell.run("orgs", "create", "", "--json")
    assert (wrong.code, [e["field"] for e in wrong.error["errors"]]) == (2, ["name"])


def test_an_invitation_is_seen_and_accepted_by_who_was_invited(
    shell: Terminal, api: ApiHost, world: World, pool: UserPool
) -> None:
    for person in (world.alice, world.bob):
        account(world, pool, person)
    other = World(world.database, name="Other")
    asked = {"email": world.alice.email, "role": "viewer"}
    invited = api.call("POST", "/v1/invitations", asked, key=other.api_key("admin")).json["id"]
    assert shell.run("invite", "list", "--received").code == 3
    shell.run("login", "--email", world.bob.email, "--profile", "bob", given=f"{PASSWORD}\n")
    shell.run("login", "--email", world.alice.email, given=f"{PASSWORD}\n")
    (waiting,) = shell.run("invite", "list", "--received", "--json").lines
    assert (waiting["id"], waiting["organization_name"], waiting["role"]) == (invited, "Other", "viewer")
    none = shell.run("invite", "list", "--received", "--profile", "bob")
    assert (none.code, none.err) == (0, "No invitation waits for you.\n")
    refused = shell.run("invite", "accept", invited, "--profile", "bob", "--json")
    assert (refused.code, refused.error["code"]) == (5, "invitation_unusable")
    joined = shell.run("invite", "accept", invited)
    assert joined.out == f"You are viewer of {other.org_id} now: `tocsin orgs use` chooses it.\n"
    assert shell.run("invite", "list", "--received", "--json").lines == []
    assert shell.run("orgs", "use", "Other").code == 0
    assert shell.run("whoami", "--json").one["role"] == "viewer"
    assert shell.run("invite", "accept", invited).code == 5
    assert shell.run("invite", "accept", "nonsense").code == 2
