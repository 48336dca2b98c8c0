"""`tocsin login`, `logout` and `whoami`."""

import getpass
import os
import sys
from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from cli import profiles, sign_in, vault
from cli.api import Api, Json
from cli.failures import Failure, NotFound, NotSignedIn, Usage
from cli.session import KEY, Session, command
from cli.sign_in import Pool
from cli.vault import Credential

DISCOVERY: Final = "/v1/sign-in"
WHO: Final = ("kind", "email", "name", "user_id", "organization", "role", "url", "profile", "expires_at")


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
    pool_id: Annotated[str | None, typer.Option(help="The user pool, if the server does not say.")] = None,
    client_id: Annotated[str | None, typer.Option(help="The pool's client, if the server does not say.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="An emulator of Cognito instead of AWS.")] = None,
) -> None:
    """Sign in with e-mail and password, and keep the sign-in in the system's keyring or a file of yours alone.

    The password is asked for, and a code if you have an authenticator app; without a terminal they are read from
    standard input, a line each.
    """
    if api_key and demo:
        raise Usage("Give one of --api-key and --demo.")
    url = session.url
    found = _discovered(url)
    if demo:
        credential = _demo(url)
    elif api_key:
        credential = Credential("api_key", url, os.environ.get(KEY) or _secret("API key"))
    else:
        found |= {
            name: value
            for name, value in (("pool_id", pool_id), ("client_id", client_id), ("endpoint", endpoint))
            if value
        }
        known = session.profile.known(**found)
        if known.pool_id is None or known.client_id is None:
            raise Usage("The server does not say where people sign in: give --pool-id and --client-id.")
        found |= {"pool_id": known.pool_id, "client_id": known.client_id, "endpoint": known.endpoint}
        address = email or _line("E-mail: ")
        credential = _by_password(Pool(known.pool_id, known.client_id, known.endpoint), url, address)
    who = _who(Api(url, lambda: credential.token), credential)
    organizations: list[Json] = who.get("organizations") or []
    organization = str(organizations[0]["id"]) if len(organizations) == 1 else None
    profiles.update(session.name, url=url, organization=organization, **found)
    kept = vault.save(session.name, credential)
    session.output.done(who, f"Signed in as {who.get('email') or who['kind']}; kept in {_place(kept)}.")
    if credential.kind == "user" and organization is None:
        session.output.note(
            f"You are in {len(organizations)} organizations: choose one with `tocsin orgs use`, or name it with --org."
            if organizations
            else "You are in no organization yet: make one with `tocsin orgs create`, or ask for an invitation."
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
    """Say who is signed in, where, and in which organization."""
    credential = session.credential()
    who = _who(session.api, credential)
    who |= {"url": session.url, "profile": session.name}
    session.output.item(who, WHO)


def _who(api: Api, credential: Credential) -> Json:
    """Who a credential stands for, as the server sees it; raises NotSignedIn when it is good no more."""
    who: Json = {"kind": credential.kind, "expires_at": _instant(credential.expires_at)}
    if credential.kind == "user":
        me = api.get("/v1/me")
        who |= me
    else:
        api.get("/v1/incidents", {"limit": 1})
    return who


def _discovered(url: str) -> dict[str, str | None]:
    """What the server says of itself to anybody; nothing, if it is an older one."""
    try:
        told = Api(url, lambda: None).get(DISCOVERY)
    except (NotFound, NotSignedIn):
        return {}
    return {
        name: told.get(name) for name in ("pool_id", "client_id", "endpoint", "events_url", "app_url") if told.get(name)
    }


def _by_password(pool: Pool, url: str, email: str) -> Credential:
    password = _secret("Password")
    tokens = sign_in.sign_in(pool, email, password, lambda source: _line(f"Code from your {source}: "))
    return Credential("user", url, tokens.access_token, tokens.expires_at, tokens.refresh_token)


def _demo(url: str) -> Credential:
    told = Api(url, lambda: None).call("POST", "/v1/demo/sessions", {}).document
    return Credential("demo", url, str(told["token"]), int(datetime.fromisoformat(told["expires_at"]).timestamp()))


def _instant(epoch_seconds: int | None) -> str | None:
    return None if epoch_seconds is None else datetime.fromtimestamp(epoch_seconds, UTC).isoformat()


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


def _place(kept: str) -> str:
    return "the system's keyring" if kept == "keyring" else kept
