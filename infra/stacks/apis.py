"""The HTTP APIs before the functions: what is asked where, and what needs no key."""

from collections.abc import Sequence
from typing import Final, cast

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_lambda as lambda_

from infra.parts.domain import Truststore
from infra.parts.http_api import HttpApi
from infra.stacks.functions import Functions
from infra.stages import Stage
from tocsin.contracts.probes import ENROL_PATH, RENEW_PATH

GET: Final = gateway.HttpMethod.GET
POST: Final = gateway.HttpMethod.POST


class Apis:
    """The APIs of the application's stack; of their routes it keeps those that need no key, by what they are for.

    Pages of `origins` may call the app's.
    """

    def __init__(
        self, stack: Stack, stage: Stage, functions: Functions, trusted: Truststore | None, origins: Sequence[str]
    ) -> None:
        self._stack = stack
        self._origins = origins
        self._stage = stage
        self._functions = functions
        self._trusted = trusted
        self.ingest: Final = self._open_ingest()
        self.probes: Final = self._open_probes()
        self.app: Final = self._open_app()
        self.links: Final = [
            *self._ask("/l/{token}", [GET, POST]),
            *self._ask("/v1/calendars/{name}", [GET]),
        ]
        self.demo: Final = self._ask("/v1/demo/sessions", [POST]) if stage.demo else []
        self.sign_in: Final = self._ask("/v1/sign-in", [GET])
        self.enrolment: Final = self.app.send(ENROL_PATH, functions.enroll, methods=[POST])

    def by_name(self) -> dict[str, HttpApi]:
        """Those there are."""
        found = {"ingest": self.ingest, "app": self.app, "probes": self.probes}
        return {name: api for name, api in found.items() if api is not None}

    def _open_ingest(self) -> HttpApi:
        """The API of the tools: everything goes to ingest."""
        ingest = HttpApi(self._stack, "ingest", stage=self._stage)
        ingest.send("/{proxy+}", self._functions.ingest)
        if ingest.front is not None:
            self._functions.ingest.add_environment("BEHIND_CLOUDFRONT", "yes")
        CfnOutput(self._stack, "IngestUrl", value=ingest.url)
        return ingest

    def _open_probes(self) -> HttpApi | None:
        """The API of private probes: mutual TLS needs a domain, so there is none without."""
        if "probes" not in self._stage.domains:
            return None
        probes = HttpApi(self._stack, "probes", stage=self._stage, trusted=self._trusted)
        probes.send("/{proxy+}", self._functions.ingest)
        probes.send(RENEW_PATH, self._functions.enroll, methods=[POST])
        CfnOutput(self._stack, "ProbesUrl", value=probes.url)
        return probes

    def _open_app(self) -> HttpApi:
        """The API of people and scripts: what asks for a key."""
        functions, stage = self._functions, self._stage
        app = HttpApi(self._stack, "app", stage=stage, origins=self._origins)
        authorizer = authorizers.HttpLambdaAuthorizer(
            "KeyAuthorizer",
            cast("lambda_.IFunction", functions.authorizer),
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            identity_source=["$request.header.Authorization"],
            results_cache_ttl=Duration.minutes(5),
        )
        app.send("/v1/{proxy+}", functions.api, authorizer=authorizer)
        CfnOutput(self._stack, "AppUrl", value=app.url)
        if app.front is not None:
            functions.api.add_environment("BEHIND_CLOUDFRONT", "yes")
        functions.api.add_environment("EVENTS_URL", stage.events_url or self.ingest.url)
        for sender in (functions.notify, functions.api):
            sender.add_environment("LINK_BASE_URL", stage.link_base_url or f"{app.url}/l")
        return app

    def _ask(self, path: str, methods: Sequence[gateway.HttpMethod]) -> list[gateway.HttpRoute]:
        """Let anybody ask `api`; answers the routes."""
        return self.app.send(path, self._functions.api, methods=methods)
