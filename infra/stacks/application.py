"""Functions, the queues between them, the APIs before them, and every grant."""

from typing import Final, cast

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.parts.assembly import synthesizer
from infra.parts.channel import let_send
from infra.parts.deploy_step import DeployStep
from infra.parts.domain import Truststore
from infra.parts.function import Code, DatabaseFunction, MigrationFunction, OutboundFunction, hash_of_migrations
from infra.parts.keys import MadeKeys
from infra.parts.people import TOKENS, TRIGGERS
from infra.stacks import alarming, mailing, mirroring
from infra.stacks.apis import Apis
from infra.stacks.dashboard import Dashboard
from infra.stacks.foundation import Foundation
from infra.stacks.functions import Functions
from infra.stacks.live import Live
from infra.stacks.pages import Pages
from infra.stacks.queues import CONSUMER_SECONDS, channels
from infra.stages import Stage
from tocsin import __version__
from tocsin.contracts.checks import CONFIG_PREFIX
from tocsin.contracts.probes import COMMANDS_PREFIX

EDGE_DOCUMENTS: Final = "edge/*"
PRIVATE_CONFIGURATION: Final = f"{CONFIG_PREFIX}private/*"
PRIVATE_COMMANDS: Final = f"{COMMANDS_PREFIX}*"
TRIGGER_SECONDS: Final = 5
"""How long Cognito waits for a trigger, whatever a function may take."""
PUBLISH_MEMORY_MB: Final = 1769
"""With so much Lambda gives a whole vCPU, of which a page of 500 components takes 2.4 seconds."""


class Application(Stack):
    """All that is deployed anew with every version."""

    def __init__(self, scope: Construct, stage: Stage, foundation: Foundation) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-application",
            description="Tocsin: functions, queues, APIs",
            env=Environment(region=stage.region),
            synthesizer=synthesizer(stage),
        )
        self._stage = stage
        self._foundation = foundation
        self.channels: Final = channels(self, stage)
        self.pings: Final = self._pings()
        self.functions: Final = self._functions()
        self.deploying: Final[list[MigrationFunction]] = []
        foundation.keys.let_open(self.functions.notify)
        self._let_regions_ask()
        self.migration: Final = self._migrate()
        self._feed()
        self._grant_queues()
        self._grant_the_rest()
        self._schedule()
        mirroring.tell(self, stage, foundation.edge_bucket, self.channels["copies"])
        self.live: Final = Live(self, stage, self.functions, self.channels)
        self.dashboard: Final = Dashboard(self, stage, sockets=self.live.api.api.api_endpoint)
        self.apis: Final = Apis(self, stage, self.functions, self._truststore(), self.dashboard.origins)
        self.dashboard.bring(self.apis.app.url, after=self.functions.api)
        self.functions.notify.add_environment("DASHBOARD_URL", self.dashboard.front.url)
        self.pages: Final = Pages(
            self,
            stage,
            bucket=foundation.pages_bucket,
            functions=self.functions,
            apis=self.apis,
            copies=self.channels["copies"],
        )
        self._alarm()
        CfnOutput(self, "Version", value=__version__)
        CfnOutput(self, "MailIdentity", value=stage.mail_identity)

    def _functions(self) -> Functions:
        stage, urls = self._stage, self._urls()
        edge_bucket = self._foundation.edge_bucket
        edge = {
            "EDGE_BUCKET": edge_bucket.bucket_name,
            "KEY_BUDGET_PER_MINUTE": str(stage.key_budget_per_minute),
        }
        budget = {"KEY_BUDGET_PER_MINUTE": edge["KEY_BUDGET_PER_MINUTE"]}
        paging = {"DELIVERIES_QUEUE_URL": urls["deliveries"], "ESCALATIONS_QUEUE_URL": urls["escalations"]}
        publications = {"PUBLICATIONS_QUEUE_URL": urls["publications"]}
        mac_keys = {"MAC_KEYS_SECRET_ARN": self._foundation.keys.mac_keys.secret_arn}
        checked = {"CHECK_REGIONS": ",".join(stage.checking.regions)}
        by_mutual_tls = checked if stage.checking.by_mutual_tls else {}
        own = {**paging, **publications, **self._mails(), **({"DEMO": "yes"} if stage.demo else {})}
        claim = self._inside("claim", 10, {})
        return Functions(
            ingest=self._outside(
                "ingest", 10, {**self._accepting(), **mac_keys, **edge, **self._refused(by_mutual_tls)}
            ),
            authorizer=self._outside(
                "authorizer", 10, {**mac_keys, **self._foundation.people.environment}, code=_auth("authorizer")
            ),
            tokens=self._outside(TOKENS, TRIGGER_SECONDS, self._vouching(), code=_auth("claims")),
            notify=self._notify(claim),
            mirror=self._outside("mirror", CONSUMER_SECONDS["copies"], mirroring.environment(self, stage, edge_bucket)),
            enroll=self._inside("enroll", 10, {**publications, **self._authority(), **by_mutual_tls}),
            verdict=self._inside(
                "verdict", CONSUMER_SECONDS["results"], {**paging, **publications, "MAILS_QUEUE_URL": urls["mails"]}
            ),
            process=self._inside("process", CONSUMER_SECONDS["events"], {**paging, **publications, **budget}),
            escalate=self._inside("escalate", CONSUMER_SECONDS["escalations"], paging),
            claim=claim,
            record=self._inside("record", CONSUMER_SECONDS["outcomes"], paging),
            sweep=self._inside("sweep", CONSUMER_SECONDS["sweeps"], {**own, **self._kept()}),
            publish=self._publish({**edge, **checked, **publications}),
            api=self._inside("api", 20, {**own, **mac_keys, **checked, **self._callers()}, db_user="app"),
            live=self._inside("live", CONSUMER_SECONDS["hints"], {}),
            push=self._outside("push", CONSUMER_SECONDS["pushes"], {}),
            health=self._inside("health", 20, {"PINGS_QUEUE_URL": self.pings.queue_url}),
            triggers=self._inside(
                TRIGGERS, TRIGGER_SECONDS, {"SIGN_UP": stage.sign_up}, db_user="app", code=_auth("triggers")
            ),
        )

    def _publish(self, environment: dict[str, str]) -> DatabaseFunction:
        """It brings the stylesheet and the script of status pages."""
        code, known = Code("publish", beside=("web/status",)), {**environment, **self._controls()}
        return self._inside("publish", CONSUMER_SECONDS["publications"], known, code=code, memory_mb=PUBLISH_MEMORY_MB)

    def _urls(self) -> dict[str, str]:
        """Where each queue is."""
        return {name: channel.url for name, channel in self.channels.items()}

    def _accepting(self) -> dict[str, str]:
        """Where `ingest` makes durable what it takes, and what it seals addresses to."""
        public_key, urls = self._foundation.keys.seal_public_key, self._urls()
        queues = {"EVENTS_QUEUE_URL": urls["events"], "RESULTS_QUEUE_URL": urls["results"]}
        return {**queues, "SEAL_PUBLIC_KEY_SECRET_ARN": public_key.secret_arn}

    def _mails(self) -> dict[str, str]:
        """How mails leave that are no pages."""
        public_key = self._foundation.keys.seal_public_key
        return {"MAILS_QUEUE_URL": self._urls()["mails"], "SEAL_PUBLIC_KEY_SECRET_ARN": public_key.secret_arn}

    def _kept(self) -> dict[str, str]:
        """What `sweep` keeps going: its own messages, the marks among results, and for how long results are kept."""
        urls = self._urls()
        days = str(self._stage.checking.result_days)
        return {"RESULT_DAYS": days, "RESULTS_QUEUE_URL": urls["results"], "SWEEPS_QUEUE_URL": urls["sweeps"]}

    def _callers(self) -> dict[str, str]:
        """What `api` knows of its callers, and of where they may send checks and events to test with."""
        networks = {"OUTBOUND_ALLOWED_NETWORKS": self._stage.outbound_allowed_networks}
        if self._stage.checking.ipv6:
            networks["CHECK_IPV6"] = "yes"
        events = {"EVENTS_QUEUE_URL": self._urls()["events"]}
        return {**self._foundation.people.sign_in, **_limits(self._stage), **networks, **events}

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

    def _truststore(self) -> Truststore | None:
        """The authority of private probes, where they have a domain."""
        keys = self._foundation.keys
        if "probes" not in self._stage.domains or not isinstance(keys, MadeKeys):
            return None
        return Truststore(cast("s3.IBucket", self._foundation.edge_bucket), keys.truststore_version(self))

    def _authority(self) -> dict[str, str]:
        """Who signs the certificates of private probes, and where these report."""
        url = self._stage.probes_url
        known = {
            "PROBE_AUTHORITY_SECRET_ARN": self._foundation.keys.probe_authority.secret_arn,
            "PROBE_AUTHORITY": str(self._stage.probe_authority),
        }
        return {**known, **({"PROBES_URL": url} if url else {})}

    def _refused(self, by_mutual_tls: dict[str, str]) -> dict[str, str]:
        """Which regions may send by mutual TLS, and with which certificates they may not."""
        revoked = ",".join(self._stage.checking.revoked)
        return {**by_mutual_tls, **({"REVOKED_CERTIFICATES": revoked} if revoked else {})}

    def _let_regions_ask(self) -> None:
        """An alias of `enroll` for each region that sends by mutual TLS: by which it was invoked, it knows who asks."""
        if self._stage.checking.by_mutual_tls:
            for region in self._stage.checking.regions:
                lambda_.CfnAlias(
                    self,
                    f"Enroll-{region}",
                    function_name=self.functions.enroll.function_name,
                    function_version="$LATEST",
                    name=region,
                )

    def _controls(self) -> dict[str, str]:
        """What `publish` tells the regions besides their monitors."""
        checking = self._stage.checking
        return {
            "CHECK_SHARDS": str(checking.shards),
            "CHECK_SPREAD_SECONDS": str(checking.spread_seconds),
            "CONTROL_TARGETS": ",".join(checking.controls),
        }

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
        memory_mb: int | None = None,
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
            memory_mb=memory_mb,
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
        step = DeployStep(self, "migrate", stage=self._stage, function=runner, made_from=hash_of_migrations())
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
        self.channels["results"].feed(functions.verdict)
        self.channels["copies"].feed(functions.mirror)

    def _grant_queues(self) -> None:
        """Who may send to which queue."""
        functions = self.functions
        paging = [
            functions.process,
            functions.verdict,
            functions.escalate,
            functions.record,
            functions.sweep,
            functions.api,
        ]
        senders = {
            "events": [functions.ingest, functions.api],
            "results": [functions.ingest, functions.sweep],
            "escalations": paging,
            "deliveries": paging,
            "mails": [functions.sweep, functions.api, functions.verdict],
            "outcomes": [functions.notify],
            "sweeps": [functions.sweep],
            "publications": [
                functions.process,
                functions.verdict,
                functions.enroll,
                functions.sweep,
                functions.publish,
                functions.api,
            ],
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
        for sealer in (functions.api, functions.sweep, functions.ingest):
            foundation.keys.seal_public_key.grant_read(sealer)
        foundation.keys.probe_authority.grant_read(functions.enroll)
        for prefix in (EDGE_DOCUMENTS, PRIVATE_CONFIGURATION, PRIVATE_COMMANDS):
            _allow(functions.ingest, "s3:GetObject", bucket.arn_for_objects(prefix))
        # without it S3 answers 403, not 404, for a document that was not written yet
        for reader in (functions.ingest, functions.publish):
            _allow(reader, "s3:ListBucket", bucket.bucket_arn)
        for prefix in (EDGE_DOCUMENTS, *(f"{prefix}*" for prefix in mirroring.MIRRORED), PRIVATE_COMMANDS):
            _allow(functions.publish, "s3:PutObject", bucket.arn_for_objects(prefix))
        # what has not changed is not written again
        for prefix in (EDGE_DOCUMENTS, f"{CONFIG_PREFIX}*"):
            _allow(functions.publish, "s3:GetObject", bucket.arn_for_objects(prefix))
        mirroring.grant(functions.mirror, self._stage, bucket)
        _allow(functions.notify, "lambda:InvokeFunction", functions.claim.function_arn)
        mailing.connect(self, self._stage, functions.notify, self.channels["outcomes"])

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

    def _alarm(self) -> None:
        alarming.watch(
            self,
            self._stage,
            cast("sns.ITopic", self._foundation.alarms),
            functions=self.functions,
            channels=self.channels,
            apis=self.apis.by_name(),
        )


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


def _allow(grantee: iam.IGrantable, action: str, resource_arn: str) -> None:
    iam.Grant.add_to_principal(grantee=grantee, actions=[action], resource_arns=[resource_arn])
