"""Functions, the queues between them, the APIs before them, and every grant."""

import hashlib
from dataclasses import dataclass, fields
from typing import Final, cast

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.parts.alarms import Alarms
from infra.parts.assembly import synthesizer
from infra.parts.channel import Channel, let_send
from infra.parts.deploy_step import DeployStep
from infra.parts.function import ROOT, Code, DatabaseFunction, MigrationFunction, OutboundFunction
from infra.parts.http_api import HttpApi
from infra.parts.people import TOKENS, TRIGGERS
from infra.stacks.foundation import Foundation
from infra.stages import Stage
from tocsin import __version__
from tocsin.domain.escalation import TIMER_REACH

EDGE_DOCUMENTS: Final = "edge/*"
CONSUMER_SECONDS: Final = {
    "events": 20,
    "escalations": 20,
    "deliveries": 45,
    "mails": 45,
    "outcomes": 20,
    "sweeps": 55,
    "publications": 20,
}
"""How long the consumer of each queue may run; a sweep ends before the next minute's begins."""
DELAYS: Final = {"escalations": TIMER_REACH.seconds, "deliveries": TIMER_REACH.seconds, "sweeps": 45}
"""The longest delays that messages are sent with."""
TRIGGER_SECONDS: Final = 5
"""How long Cognito waits for a trigger, whatever a function may take."""
API_ERRORS: Final = {"ingest": 1, "probes": 1, "app": 5}
"""How many 5xx in five minutes ring an alarm: each of ingest's is an event that was not accepted."""
BACK_OFFS: Final = 25
"""`notify` gives a page back every 5 s for up to 60 s while the database can't be reached."""


@dataclass(frozen=True, slots=True)
class Functions:
    """Every function of the application."""

    ingest: OutboundFunction
    authorizer: OutboundFunction
    tokens: OutboundFunction
    notify: OutboundFunction
    process: DatabaseFunction
    escalate: DatabaseFunction
    claim: DatabaseFunction
    record: DatabaseFunction
    sweep: DatabaseFunction
    publish: DatabaseFunction
    api: DatabaseFunction
    health: DatabaseFunction
    triggers: DatabaseFunction

    def all(self) -> list[OutboundFunction | DatabaseFunction]:
        """All of them."""
        return [getattr(self, field.name) for field in fields(self)]


class Application(Stack):
    """All that is deployed anew with every version."""

    def __init__(self, scope: Construct, stage: Stage, foundation: Foundation) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-application",
            description="Tocsin: functions, queues, APIs",
            synthesizer=synthesizer(stage),
        )
        self._stage = stage
        self._foundation = foundation
        self.channels: Final = {
            name: Channel(
                self,
                name,
                stage=stage,
                consumer_timeout_seconds=seconds,
                max_receives=BACK_OFFS if name == "deliveries" else None,
                longest_delay_seconds=DELAYS.get(name, 0),
            )
            for name, seconds in CONSUMER_SECONDS.items()
        }
        self.pings: Final = self._pings()
        self.functions: Final = self._functions()
        self.deploying: Final[list[MigrationFunction]] = []
        foundation.keys.let_open(self.functions.notify)
        self.migration: Final = self._migrate()
        self._feed()
        self._grant_queues()
        self._grant_the_rest()
        self._schedule()
        self.ingest_api: Final = self._open_ingest()
        self.probes_api: Final = self._open_probes()
        self.app_api: Final = HttpApi(self, "app", stage=stage)
        self.link_routes: Final = self._open_app()
        self.demo_routes: Final = self._open_demo()
        self.sign_in_routes: Final = self.app_api.send(
            "/v1/sign-in", self.functions.api, methods=[gateway.HttpMethod.GET]
        )
        self._alarm()
        CfnOutput(self, "Version", value=__version__)
        CfnOutput(self, "MailIdentity", value=stage.mail_identity)

    def _functions(self) -> Functions:
        stage, urls = self._stage, {name: channel.url for name, channel in self.channels.items()}
        mac_keys = {"MAC_KEYS_SECRET_ARN": self._foundation.keys.mac_keys.secret_arn}
        edge = {
            "EDGE_BUCKET": self._foundation.edge_bucket.bucket_name,
            "KEY_BUDGET_PER_MINUTE": str(stage.key_budget_per_minute),
        }
        budget = {"KEY_BUDGET_PER_MINUTE": edge["KEY_BUDGET_PER_MINUTE"]}
        paging = {"DELIVERIES_QUEUE_URL": urls["deliveries"], "ESCALATIONS_QUEUE_URL": urls["escalations"]}
        publications = {"PUBLICATIONS_QUEUE_URL": urls["publications"]}
        demo = {"DEMO": "yes"} if stage.demo else {}
        mails = {
            "MAILS_QUEUE_URL": urls["mails"],
            "SEAL_PUBLIC_KEY_SECRET_ARN": self._foundation.keys.seal_public_key.secret_arn,
        }
        claim = self._inside("claim", 10, {})
        return Functions(
            ingest=self._outside("ingest", 10, {"EVENTS_QUEUE_URL": urls["events"], **mac_keys, **edge}),
            authorizer=self._outside(
                "authorizer", 10, {**mac_keys, **self._foundation.people.environment}, code=_auth("authorizer")
            ),
            tokens=self._outside(TOKENS, TRIGGER_SECONDS, self._vouching(), code=_auth("claims")),
            notify=self._notify(claim),
            process=self._inside("process", CONSUMER_SECONDS["events"], {**paging, **publications, **budget}),
            escalate=self._inside("escalate", CONSUMER_SECONDS["escalations"], paging),
            claim=claim,
            record=self._inside("record", CONSUMER_SECONDS["outcomes"], paging),
            sweep=self._inside(
                "sweep", CONSUMER_SECONDS["sweeps"], {**paging, **mails, **demo, "SWEEPS_QUEUE_URL": urls["sweeps"]}
            ),
            publish=self._inside("publish", CONSUMER_SECONDS["publications"], edge),
            api=self._inside(
                "api",
                20,
                {
                    **paging,
                    **publications,
                    **mails,
                    **demo,
                    **mac_keys,
                    **self._foundation.people.sign_in,
                    **_limits(stage),
                },
                db_user="app",
            ),
            health=self._inside("health", 20, {"PINGS_QUEUE_URL": self.pings.queue_url}),
            triggers=self._inside(
                TRIGGERS, TRIGGER_SECONDS, {"SIGN_UP": stage.sign_up}, db_user="app", code=_auth("triggers")
            ),
        )

    def _notify(self, claim: DatabaseFunction) -> OutboundFunction:
        """Who sends pages and mails; on one's own machine it has the key in a file."""
        stage, key = self._stage, self._stage.seal_private_key_file
        environment = {
            "CLAIM_FUNCTION": claim.function_name,
            "OUTCOMES_QUEUE_URL": self.channels["outcomes"].url,
            "DELIVERIES_QUEUE_URL": self.channels["deliveries"].url,
            "MAIL_FROM": stage.mail_from,
            **({"SEAL_PRIVATE_KEY_FILE": key} if key else {}),
            "OUTBOUND_ALLOWED_NETWORKS": stage.outbound_allowed_networks,
        }
        return self._outside("notify", CONSUMER_SECONDS["deliveries"], environment)

    def _vouching(self) -> dict[str, str]:
        """Whether the addresses of people from the operator's identity provider are theirs."""
        sso = self._stage.sso
        return {"PROVIDER_VERIFIES_ADDRESSES": "true"} if sso is not None and sso.has_verified_addresses else {}

    def _pings(self) -> sqs.Queue:
        """What `health` sends to show that it can, and the doctor reads; what nobody reads is soon forgotten."""
        return sqs.Queue(
            self,
            "Pings",
            queue_name=f"tocsin-{self._stage.name}-pings",
            retention_period=Duration.minutes(5),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=not self._stage.is_local,
        )

    def _inside(
        self,
        name: str,
        seconds: int,
        environment: dict[str, str],
        *,
        db_user: str = "worker",
        code: Code | None = None,
    ) -> DatabaseFunction:
        return DatabaseFunction(
            self,
            name,
            stage=self._stage,
            entrance=self._foundation.entrance,
            network=self._foundation.network,
            db_user=db_user,
            timeout_seconds=seconds,
            environment=environment,
            code=code,
        )

    def _outside(
        self, name: str, seconds: int, environment: dict[str, str], *, code: Code | None = None
    ) -> OutboundFunction:
        return OutboundFunction(
            self, name, stage=self._stage, timeout_seconds=seconds, environment=environment, code=code
        )

    def _migrate(self) -> DeployStep | None:
        """Bring the schema up to date before any other function changes; on one's own machine `make run` does it."""
        database, network = self._foundation.database, self._foundation.network
        if database is None or network is None:
            return None
        runner = MigrationFunction(self, stage=self._stage, database=database, network=network)
        self.deploying.append(runner)
        step = DeployStep(self, "migrate", stage=self._stage, function=runner, made_from=_hash_of_migrations())
        for function in self.functions.all():
            function.node.add_dependency(step.resource)
        return step

    def _feed(self) -> None:
        """Which function consumes which queue; consuming is granted with it."""
        functions = self.functions
        self.channels["events"].feed(functions.process)
        self.channels["escalations"].feed(functions.escalate)
        self.channels["deliveries"].feed(functions.notify)
        self.channels["mails"].feed(functions.notify)
        self.channels["outcomes"].feed(functions.record)
        self.channels["sweeps"].feed(functions.sweep)
        self.channels["publications"].feed(functions.publish)

    def _grant_queues(self) -> None:
        """Who may send to which queue."""
        functions = self.functions
        senders = {
            "events": [functions.ingest],
            "escalations": [functions.process, functions.escalate, functions.record, functions.sweep, functions.api],
            "deliveries": [functions.process, functions.escalate, functions.record, functions.sweep, functions.api],
            "mails": [functions.sweep, functions.api],
            "outcomes": [functions.notify],
            "sweeps": [functions.sweep],
            "publications": [functions.process, functions.api],
        }
        for name, some in senders.items():
            for sender in some:
                self.channels[name].let_send(sender)
        let_send(self.pings, functions.health, self._stage)

    def _grant_the_rest(self) -> None:
        functions, foundation, bucket = self.functions, self._foundation, self._foundation.edge_bucket
        for called in (functions.triggers, functions.tokens):
            foundation.people.let_call(called)
        for reader in (functions.ingest, functions.authorizer, functions.api):
            foundation.keys.mac_keys.grant_read(reader)
        for sealer in (functions.api, functions.sweep):
            foundation.keys.seal_public_key.grant_read(sealer)
        edge_documents = bucket.arn_for_objects(EDGE_DOCUMENTS)
        _allow(functions.ingest, "s3:GetObject", edge_documents)
        # without it S3 answers 403, not 404, for a document that was not written yet
        _allow(functions.ingest, "s3:ListBucket", bucket.bucket_arn)
        _allow(functions.publish, "s3:PutObject", edge_documents)
        _allow(functions.notify, "lambda:InvokeFunction", functions.claim.function_arn)
        # MiniStack doesn't tell a mail's identity when it evaluates a policy
        identity = self.format_arn(service="ses", resource="identity", resource_name=self._stage.mail_identity)
        for action in ("ses:SendEmail", "ses:SendRawEmail"):
            _allow(functions.notify, action, "*" if self._stage.is_local else identity)

    def _schedule(self) -> None:
        events.Rule(
            self,
            "EveryMinute",
            rule_name=f"tocsin-{self._stage.name}-every-minute",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[
                cast("events.IRuleTarget", targets.LambdaFunction(cast("lambda_.IFunction", self.functions.sweep)))
            ],
        )

    def _open_ingest(self) -> HttpApi:
        """The API of the tools: everything goes to ingest."""
        ingest = HttpApi(self, "ingest", stage=self._stage)
        ingest.send("/{proxy+}", self.functions.ingest)
        CfnOutput(self, "IngestUrl", value=ingest.url)
        return ingest

    def _open_probes(self) -> HttpApi | None:
        """The API of private probes: mutual TLS needs a domain, so there is none without."""
        if "probes" not in self._stage.domains:
            return None
        probes = HttpApi(self, "probes", stage=self._stage)
        probes.send("/{proxy+}", self.functions.ingest)
        CfnOutput(self, "ProbesUrl", value=probes.url)
        return probes

    def _open_app(self) -> list[gateway.HttpRoute]:
        """The API of people and scripts; answers the routes of its links and calendars, which need no key."""
        app = self.app_api
        authorizer = authorizers.HttpLambdaAuthorizer(
            "KeyAuthorizer",
            cast("lambda_.IFunction", self.functions.authorizer),
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            identity_source=["$request.header.Authorization"],
            results_cache_ttl=Duration.minutes(5),
        )
        app.send("/v1/{proxy+}", self.functions.api, authorizer=authorizer)
        CfnOutput(self, "AppUrl", value=app.url)
        if app.front is not None:
            self.functions.api.add_environment("BEHIND_CLOUDFRONT", "yes")
        self.functions.api.add_environment("EVENTS_URL", self._stage.events_url or self.ingest_api.url)
        for sender in (self.functions.notify, self.functions.api):
            sender.add_environment("LINK_BASE_URL", self._stage.link_base_url or f"{app.url}/l")
        return [
            *app.send("/l/{token}", self.functions.api, methods=[gateway.HttpMethod.GET, gateway.HttpMethod.POST]),
            *app.send("/v1/calendars/{name}", self.functions.api, methods=[gateway.HttpMethod.GET]),
        ]

    def _open_demo(self) -> list[gateway.HttpRoute]:
        """The way into the demo, where there is one: it needs no key."""
        if not self._stage.demo:
            return []
        return self.app_api.send("/v1/demo/sessions", self.functions.api, methods=[gateway.HttpMethod.POST])

    def _alarm(self) -> None:
        alarms = Alarms(self, self._stage, cast("sns.ITopic", self._foundation.alarms))
        alarms.watch_pages()
        alarms.watch_account()
        alarms.watch_sweep(self.functions.sweep)
        for channel in self.channels.values():
            alarms.watch_queue(channel)
        for field in fields(self.functions):
            alarms.watch_function(field.name, getattr(self.functions, field.name))
        for name, api in (("ingest", self.ingest_api), ("app", self.app_api), ("probes", self.probes_api)):
            if api is not None:
                alarms.watch_api(name, api, errors=API_ERRORS[name])


def _auth(module: str) -> Code:
    """One of the functions that share a folder, without the others' files."""
    return Code("auth", module=module, files=(f"{module}.py",))


def _limits(stage: Stage) -> dict[str, str]:
    """How many requests each kind of caller of the app API has in a minute."""
    return {
        "PEOPLE_PER_MINUTE": str(stage.people_per_minute),
        "KEYS_PER_MINUTE": str(stage.keys_per_minute),
        "VISITORS_PER_MINUTE": str(stage.visitors_per_minute),
    }


def _hash_of_migrations() -> str:
    """What a deploy compares to see that there are new ones."""
    files = sorted((ROOT / "migrations").glob("*.sql"))
    return hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)).hexdigest()


def _allow(grantee: iam.IGrantable, action: str, resource_arn: str) -> None:
    iam.Grant.add_to_principal(grantee=grantee, actions=[action], resource_arns=[resource_arn])
