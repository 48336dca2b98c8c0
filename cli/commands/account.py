"""`tocsin login`, `logout` and `whoami`."""

import getpass
import os
import sys
from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from cli import profiles, sign_in, vault
from cli.api import Api, Json
from cli.failures import Failure, NotFound, Usage
from cli.session import KEY, Session, command
from cli.sign_in import Pool
from cli.vault import Credential

WHO: Final = ("kind", "email", "name", "organization", "role", "url", "profile", "expires_at")
NAMES: Final = {"user": "you", "api_key": "the holder of an API key", "demo": "a visitor of the demo"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    command(app, "login")(login)
    command(app, "logout")(logout)
    command(app, "whoami")(whoami)


def login(
    session: Session,
    email: Annotated[str | None, typer.Option(help="Your e-mail address.", envvar="TOCSIN_EMAIL")] = None,
    api_key: Annotated[bool, typer.Option("--api-key", help="Keep an API key instead, asked for or piped in.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Visit the read-only demo; nothing is asked.")] = False,
    pool_id: Annotated[
        str | None, typer.Option(help="Another user pool than Tocsin says.", envvar="TOCSIN_POOL_ID")
    ] = None,
    client_id: Annotated[
        str | None, typer.Option(help="Another client than Tocsin says.", envvar="TOCSIN_CLIENT_ID")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Another emulator of Cognito than Tocsin says.", envvar="TOCSIN_ENDPOINT")
    ] = None,
    events_url: Annotated[
        str | None, typer.Option(help="Where `trigger` sends events, if not where Tocsin says.")
    ] = None,
) -> None:
    """Sign in with e-mail and password, and keep the sign-in in the system's keyring or a file of yours alone.

    The password is asked for, and a code if you have an authenticator app; without a terminal they are read from
    standard input, a line each.
    """
    if api_key and demo:
        raise Usage("Give one of --api-key and --demo.")
    url = session.url
    found: dict[str, str | None] = {} if events_url is None else {"events_url": profiles.base_url(events_url)}
    if demo:
        credential = _demo(url)
    elif api_key:
        credential = Credential("api_key", url, os.environ.get(KEY) or _secret("API key"))
    else:
        told = _told(url)
        endpoint = endpoint or told["endpoint"]
        pool = Pool(
            pool_id or str(told["user_pool_id"]),
            client_id or str(told["client_id"]),
            None if endpoint is None else profiles.base_url(endpoint),
        )
        found = {"events_url": profiles.base_url(str(told["events_url"]))} | found
        found |= {"pool_id": pool.pool_id, "client_id": pool.client_id, "endpoint": pool.endpoint}
        credential = _by_password(pool, url, email or _line("E-mail: "))
    _keep(session, url, credential, found)


def _keep(session: Session, url: str, credential: Credential, found: dict[str, str | None]) -> None:
    """Ask who has signed in, keep the credential and what was found out on the way, and say so."""
    who = _who(Api(url, lambda: credential.token), credential)
    organizations: list[Json] = who["organizations"]
    ids = [str(organization["id"]) for organization in organizations]
    chosen = session.profile.organization
    organization = ids[0] if len(ids) == 1 else chosen if chosen in ids else None
    profiles.update(session.name, url=url, organization=organization, **found)
    kept = vault.save(session.name, credential)
    place = "the system's keyring" if kept == "keyring" else kept
    session.output.done(who, f"Signed in as {who.get('email') or NAMES[credential.kind]}; kept in {place}.")
    if credential.kind == "user" and organization is None:
        session.output.note(
            f"You are in {len(organizations)} organizations: choose one with `tocsin orgs use`, or name it with --org."
            if organizations
            else "You are in no organization yet: make one with `tocsin orgs create`, or see `tocsin invite list"
            " --received`."
        )


def logout(session: Session) -> None:
    """Forget the sign-in here, and end it there."""
    found = vault.load(session.name)
    if found is None:
        session.output.done({"signed_out": False}, "You were not signed in.")
        return
    vault.forget(session.name)
    if found.kind == "user" and found.refresh_token is not None and session.pool is not None:
        try:
            sign_in.sign_out(session.pool, found.refresh_token)
        except Failure as failure:
            session.output.note(f"Forgotten here; there it ends by itself: {failure}")
    session.output.done({"signed_out": True}, "Signed out.")


def whoami(session: Session) -> None:
    """Say who is signed in, where, and for which organization."""
    who = _who(session.personal, session.credential())
    who |= {"url": session.url, "profile": session.name}
    mine: list[Json] = who["organizations"]
    org_id = session.api.org_id or (str(mine[0]["id"]) if len(mine) == 1 else None)
    if org_id is not None:
        chosen = next((o for o in mine if str(o["id"]) == org_id), None)
        if chosen is None:
            raise NotFound(f"You are no member of an organization {org_id}: see `tocsin orgs list`.")
        who |= {"organization": chosen["name"], "organization_id": chosen["id"], "role": chosen["role"]}
    session.output.item(who, WHO)


def _who(api: Api, credential: Credential) -> Json:
    """Who a credential stands for, as the server sees it; raises NotSignedIn when it is good no more."""
    ends_at = credential.expires_at
    expires_at = None if ends_at is None else datetime.fromtimestamp(ends_at, UTC).isoformat()
    return api.get("/v1/me") | {"expires_at": expires_at}


def _by_password(pool: Pool, url: str, email: str) -> Credential:
    password = _secret("Password")
    tokens = sign_in.sign_in(pool, email, password, lambda source: _line(f"Code from your {source}: "))
    return Credential("user", url, tokens.access_token, tokens.expires_at, tokens.refresh_token)


def _told(url: str) -> Json:
    """Where people sign in to the Tocsin at an address, as it says itself."""
    return Api(url, lambda: None).get("/v1/sign-in")


def _demo(url: str) -> Credential:
    """A visit to the demo."""
    told = Api(url, lambda: None).call("POST", "/v1/demo/sessions", {}).document
    expires_at = int(datetime.fromisoformat(told["expires_at"]).timestamp())
    return Credential("demo", url, str(told["token"]), expires_at)


def _secret(what: str) -> str:
    text = getpass.getpass(f"{what}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not text:
        raise Usage(f"No {what.lower()} was given.")
    return text


def _line(prompt: str) -> str:
    if sys.stdin.isatty():
        sys.stderr.write(prompt)
        sys.stderr.flush()
    text = sys.stdin.readline().strip()
    if not text:
        raise Usage(f"Nothing was given for {prompt.rstrip(': ')!r}.")
    return text
