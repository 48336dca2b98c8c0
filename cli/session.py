"""One run of a command: what is asked of which Tocsin, as whom, in which organization."""

import inspect
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, Final, get_type_hints
from uuid import UUID

import typer

from cli import private_files, profiles, sign_in, vault
from cli.api import Api, Json
from cli.failures import Failure, NotFound, NotSignedIn, Unavailable, Usage
from cli.output import Output
from cli.profiles import Profile
from cli.sign_in import Pool
from cli.vault import Credential

EARLY_SECONDS: Final = 60
LOCK_SECONDS: Final = 40
KEY: Final = "TOCSIN_API_KEY"

COMMON: Final[dict[str, tuple[Any, Any]]] = {
    "org": (
        Annotated[str | None, typer.Option("--org", help="The organization, by name or id.", envvar="TOCSIN_ORG")],
        None,
    ),
    "url": (Annotated[str | None, typer.Option("--url", help="Where Tocsin is.", envvar="TOCSIN_URL")], None),
    "profile": (
        Annotated[str, typer.Option("--profile", help="Which of your sign-ins and settings.", envvar="TOCSIN_PROFILE")],
        "default",
    ),
    "as_json": (Annotated[bool, typer.Option("--json", help="Print JSON, a line for each item.")], False),
}
"""The options of every command that speaks to a Tocsin."""


@dataclass
class Session:
    """What a command works with."""

    output: Output
    name: str = "default"
    given_url: str | None = None
    given_org: str | None = None

    @cached_property
    def profile(self) -> Profile:
        """What is remembered under the profile's name, and what the environment says instead."""
        return profiles.load(self.name)

    @cached_property
    def url(self) -> str:
        """The address of the API; raises Usage when nobody has said it."""
        found = self.given_url or self.profile.url
        if found is None:
            raise Usage("Say where Tocsin is: --url https://tocsin.example.com, or TOCSIN_URL.")
        return profiles.base_url(found)

    @cached_property
    def api(self) -> Api:
        """The API, for whoever is signed in, in the organization that is meant, if any."""
        api = Api(self.url, self.token)
        api.org_id = self._org_id(api)
        return api

    @cached_property
    def personal(self) -> Api:
        """The API, for what is a person's own and of no organization."""
        return Api(self.url, self.token)

    @cached_property
    def pool(self) -> Pool | None:
        """Where people sign in, None when that is not known."""
        known = self.profile
        if known.pool_id is None or known.client_id is None:
            return None
        return Pool(known.pool_id, known.client_id, known.endpoint)

    def credential(self) -> Credential:
        """What signs the requests; raises NotSignedIn."""
        key = os.environ.get(KEY)
        if key:
            return Credential("api_key", self.url, key)
        found = vault.load(self.name)
        if found is None:
            raise NotSignedIn("You are not signed in: use `tocsin login`, or set TOCSIN_API_KEY.")
        if found.url != self.url:
            raise NotSignedIn(f"This profile is signed in to {found.url}, not to {self.url}: use another --profile.")
        return found

    def token(self) -> str:
        """The key or token to send, renewed when it is about to end; raises NotSignedIn."""
        found = self.credential()
        if _is_good(found):
            return found.token
        if found.refresh_token is None:
            raise NotSignedIn("Your sign-in is over: sign in again with `tocsin login`.")
        return self._renewed(found.refresh_token).token

    def _renewed(self, refresh_token: str) -> Credential:
        """New tokens. One at a time: a refresh token that another command has used up is good no more."""
        if self.pool is None:
            raise NotSignedIn("Where people sign in is not known any more: sign in again with `tocsin login`.")
        from filelock import FileLock, Timeout

        path = private_files.folder() / f".{self.name}.lock"
        try:
            with FileLock(path, timeout=LOCK_SECONDS, mode=0o600):
                found = vault.load(self.name) or self.credential()
                if _is_good(found):
                    return found
                tokens = sign_in.renew(self.pool, found.refresh_token or refresh_token)
                renewed = replace(
                    found,
                    token=tokens.access_token,
                    expires_at=tokens.expires_at,
                    refresh_token=tokens.refresh_token or found.refresh_token,
                )
                vault.save(self.name, renewed)
                return renewed
        except Timeout as error:
            raise Unavailable("Another command is renewing your sign-in and does not finish.") from error
        except OSError as error:
            raise Failure(f"{path} can't be locked: {error}") from error

    def _org_id(self, api: Api) -> str | None:
        # a key and the demo are for one organization, whichever the person of this profile has chosen
        named = self.given_org or (self.profile.organization if self.credential().kind == "user" else None)
        if named is None:
            return None
        with suppress(ValueError):
            return str(UUID(named))
        return str(self.organization(named, api)["id"])

    def organizations(self, api: Api | None = None) -> list[Json]:
        """The caller's organizations."""
        return (api or self.personal).get("/v1/me")["organizations"]

    def organization(self, named: str, api: Api | None = None) -> Json:
        """One of the caller's organizations, by id or by name; raises NotFound, and Usage when a name is not enough."""
        found = [o for o in self.organizations(api) if named.casefold() in {str(o["id"]), str(o["name"]).casefold()}]
        if not found:
            raise NotFound(f"You are in no organization called {named!r}: see `tocsin orgs list`.")
        if len(found) > 1:
            raise Usage(f"You are in {len(found)} organizations called {named!r}: name it by its id.")
        return found[0]


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that takes a Session first; it has the common options, and failures become its exit code."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        def run(*, org: str | None, url: str | None, profile: str, as_json: bool, **given: Any) -> None:
            output = Output(as_json=as_json)
            try:
                function(Session(output, profiles.checked(profile), url, org), **given)
            except Failure as failure:
                output.failure(failure)
                raise typer.Exit(int(failure.exit_code)) from failure

        hints = get_type_hints(function, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in [*inspect.signature(function).parameters.values()][1:]]
        common = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for option, (annotation, default) in COMMON.items()
        ]
        named = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        run.__signature__ = inspect.Signature([*named, *common])
        run.__annotations__ = {p.name: p.annotation for p in [*named, *common]}
        run.__doc__ = function.__doc__
        app.command(name)(run)
        return function

    return register


def _is_good(credential: Credential) -> bool:
    return credential.expires_at is None or credential.expires_at > time.time() + EARLY_SECONDS
