"""The grants of the deployed functions: taken away one at a time, and the calls that need them."""

import json
from collections.abc import Callable, Collection, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from local.deploy import Deployment
from local.keys import keep
from local.machine import REGIONS
from tests.support.inside import sqs_event
from tests.support.stack import Stack, http
from tocsin.platform.tokens import digest, issue_uuid

PREFIX = "tocsin-local-"
LONG_AGO = "2026-01-01T00:00:00Z"
HELD_SECONDS = 600
"""How long the escalations of these tests wait: within the reach of a queue's delay, and long after the test."""

type Grant = tuple[str, str, str]
"""Function, action, and the resource in a few letters: its queue, secret or bucket."""


@dataclass(slots=True)
class Workshop:
    """The deployed functions, invoked by hand: while it is open no queue and no schedule calls them."""

    stack: Stack
    iam: Any = field(init=False)
    functions: Any = field(init=False)
    queues: Any = field(init=False)
    _client: Callable[..., Any] = field(init=False)

    def __post_init__(self) -> None:
        self._client = Deployment(self.stack.machine, self.stack.run.postgres.host).client
        self.iam, self.functions, self.queues = (self._client(name) for name in ("iam", "lambda", "sqs"))

    @contextmanager
    def quiet(self) -> Generator[None]:
        """Keep queues and schedule from calling functions."""
        rules = [(REGIONS[0], f"{PREFIX}every-minute"), *((region, f"{PREFIX}checks-0-{region}") for region in REGIONS)]
        feeds = [
            (region, feed["UUID"])
            for region in REGIONS
            for feed in self._client("lambda", region).list_event_source_mappings()["EventSourceMappings"]
        ]
        for region, rule in rules:
            self._client("events", region).disable_rule(Name=rule)
        for region, feed in feeds:
            self._client("lambda", region).update_event_source_mapping(UUID=feed, Enabled=False)
        try:
            yield
        finally:
            for region, feed in feeds:
                self._client("lambda", region).update_event_source_mapping(UUID=feed, Enabled=True)
            for region, rule in rules:
                self._client("events", region).enable_rule(Name=rule)

    def granted(self) -> set[Grant]:
        """Every grant of every function's role, action by action and resource by resource."""
        return {
            (name, action, short(resource))
            for name in self.names()
            for document in self._policies(name).values()
            for action, resource in _pairs(document)
        }

    def names(self) -> list[str]:
        """The functions, each of which has a role of the same name."""
        listed = self.functions.list_functions()["Functions"]
        found = {function["FunctionName"]: function["Role"].rpartition("/")[2] for function in listed}
        assert all(name == role for name, role in found.items())
        return [name.removeprefix(PREFIX) for name in found]

    @contextmanager
    def without(self, grants: Collection[Grant]) -> Generator[None]:
        """Take these grants away for as long as the block lasts."""
        before = {name: self._policies(name) for name in {name for name, _, _ in grants}}
        try:
            for name, policies in before.items():
                for policy, document in policies.items():
                    left = [
                        {"Effect": "Allow", "Action": action, "Resource": resource}
                        for action, resource in _pairs(document)
                        if (name, action, short(resource)) not in grants
                    ]
                    self._put(name, policy, {"Version": "2012-10-17", "Statement": left})
            yield
        finally:
            for name, policies in before.items():
                for policy, document in policies.items():
                    self._put(name, policy, document)

    def _policies(self, name: str) -> dict[str, dict[str, Any]]:
        role = f"{PREFIX}{name}"
        assert self.iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
        listed = self.iam.list_role_policies(RoleName=role)["PolicyNames"]
        return {p: self.iam.get_role_policy(RoleName=role, PolicyName=p)["PolicyDocument"] for p in listed}

    def _put(self, name: str, policy: str, document: dict[str, Any]) -> None:
        role = f"{PREFIX}{name}"
        if document["Statement"]:
            self.iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
        else:
            self.iam.delete_role_policy(RoleName=role, PolicyName=policy)

    def renew(self, name: str, **environment: str) -> None:
        """Let new processes take the function's place, which have read nothing yet, and are told this besides."""
        function = f"{PREFIX}{name}"
        known = self.functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        known |= {"RENEWED": uuid4().hex, **environment}
        self.functions.update_function_configuration(FunctionName=function, Environment={"Variables": known})
        warmed = http("POST", f"{self.stack.machine.host_url}/-/warm", [function])
        assert warmed.status == 200, warmed.body

    def client(self, service: str, region: str = REGIONS[0]) -> Any:
        """A client of the emulated account's root, at home unless it is said otherwise."""
        return self._client(service, region)

    def ping(self) -> None:
        """Tell a heartbeat that something has run; which one, nobody asks before it is accepted."""
        key = issue_uuid(keep(self.stack.machine).mac_keys())
        http("POST", f"{self.stack.api.ingest_url}/ping/{key}", "")

    def sweep(self) -> None:
        """Sweep as at a full hour."""
        self.call("sweep", {"time": LONG_AGO})

    def call(self, name: str, event: Any) -> Any:
        """Invoke a function; a failure is an answer, too."""
        answer = self.functions.invoke(FunctionName=f"{PREFIX}{name}", Payload=json.dumps(event).encode())
        return json.loads(answer["Payload"].read())

    def consume(self, name: str, *messages: dict[str, Any]) -> None:
        """Let a function consume messages."""
        self.call(name, sqs_event(*(json.dumps(message) for message in messages)))

    def told(self, do: Callable[[], object]) -> str:
        """What the functions write to their logs meanwhile."""
        log = self.stack.machine.path("log", "host.log")
        start = log.stat().st_size
        do()
        with log.open("rb") as file:
            file.seek(start)
            return file.read().decode()

    def events(self, key: str, title: str) -> dict[str, Any]:
        """The message of one event that opens an incident."""
        now = self.stack.rows("select to_json(clock_timestamp())")[0][0]
        event = {"event_id": str(uuid4()), "index": 0, "action": "trigger", "dedup_key": title, "summary": title}
        return {
            "request_id": str(uuid4()),
            "received_at": now,
            "protocol": "pagerduty_v2",
            "key_hash": digest(key).hex(),
            "events": [event],
        }

    def open_incident(self) -> str:
        """A new incident; answers its id."""
        title = f"grant-{uuid4().hex[:12]}"
        self.consume("process", self.events(self.stack.seed.routing_key, title))
        return self.stack.rows("select id::text from incident where title = %s", title)[0][0]

    def page(self, channel: str = "email") -> dict[str, Any]:
        """The record of a page as `notify` gets it, received from the queue."""
        incident = self.open_incident()
        return self.received(
            "deliveries", lambda body: (body["incident"]["incident_id"], body["channel"]) == (incident, channel)
        )

    def received(self, queue: str, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The record of the first message that is wanted as its function gets it, received from the queue."""
        url = self.queues.get_queue_url(QueueName=f"{PREFIX}{queue}")["QueueUrl"]
        while True:
            (message,) = self.queues.receive_message(QueueUrl=url, AttributeNames=["All"], VisibilityTimeout=1800)[
                "Messages"
            ]
            if is_wanted(json.loads(message["Body"])):
                return {
                    "messageId": message["MessageId"],
                    "receiptHandle": message["ReceiptHandle"],
                    "body": message["Body"],
                    "attributes": message["Attributes"],
                }

    def failed_outcomes(self) -> list[dict[str, Any]]:
        """The outcomes of a step whose pages have all failed for good."""
        queued = "select org_id::text, id::text from notification where incident_id = %s"
        pages = self.stack.rows(queued, self.open_incident())
        claims = [{"org_id": org, "notification_id": page} for org, page in pages]
        answers = self.call("claim", {"claims": claims})["answers"]
        now = self.stack.rows("select to_json(clock_timestamp())")[0][0]
        return [
            {**claim, "attempt_id": answer["attempt_id"], "result": "permanent", "reason": "rejected", "at": now}
            for claim, answer in zip(claims, answers, strict=True)
        ]

    def make_a_key(self) -> dict[str, Any]:
        """A routing key of the demo's integration, new."""
        (integration,) = self.stack.rest("GET", "/v1/integrations").json["items"]
        path = f"/v1/integrations/{integration['id']}/keys"
        made = self.stack.rest("POST", path)
        return {**made.json, "path": path}

    def try_an_integration(self) -> None:
        """An event by the demo's integration, as the dashboard sends it."""
        (integration,) = self.stack.rest("GET", "/v1/integrations").json["items"]
        self.stack.rest("POST", f"/v1/integrations/{integration['id']}/test", {"action": "trigger"})

    def revoke_a_key(self) -> str:
        """Make a routing key and revoke it; answers it."""
        made = self.make_a_key()
        assert self.stack.rest("POST", f"{made['path']}/{made['id']}/revoke").status == 200
        return made["key"]

    def use_a_revoked_key(self) -> None:
        """An event that came in when its key was revoked and the edge had not heard of it."""
        self.consume("process", self.events(self.revoke_a_key(), "revoked"))

    def publish_a_revocation(self) -> None:
        """What the edge refuses has changed, and is written."""
        self.revoke_a_key()
        self.consume("publish", {"document": "edge_state"})

    def add_a_webhook(self) -> None:
        """Give somebody a way to be reached whose secret is sealed, and switch it off again."""
        ((user,),) = self.stack.rows("select id::text from user_account where name = 'Alice'")
        path = f"/v1/users/{user}/contact-methods"
        hook = {"channel": "webhook", "label": "granted", "url": "https://hooks.example.com/granted"}
        made = self.stack.rest("POST", path, hook).json
        if "id" in made:
            self.stack.rest("POST", f"{path}/{made['id']}/disable")

    def hand_over(self) -> None:
        """Let the sweep find a schedule in which a turn has just begun, and tell of it by a sealed mail."""
        people = [row[0] for row in self.stack.rows("select id::text from user_account where name in ('Alice', 'Bob')")]
        layer = {
            "name": "hourly",
            "unit": "hours",
            "handoff": "00:00",
            "starts_on": "2026-01-05",
            "participants": people,
        }
        schedule = {"name": f"granted {uuid4()}", "time_zone": "UTC", "layers": [layer]}
        schedule_id = self.stack.rest("POST", "/v1/schedules", schedule).json["id"]
        since = "update schedule_version set effective_at = now() - interval '1 day' where schedule_id = %s returning 1"
        begun = "update schedule set next_handoff_at = date_trunc('hour', now()) where id = %s returning 1"
        assert self.stack.rows(since, schedule_id)
        assert self.stack.rows(begun, schedule_id)
        self.call("sweep", {"Records": []})
        self.stack.rest("DELETE", f"/v1/schedules/{schedule_id}")

    def reassign(self) -> None:
        """Start an incident over with the demo's policy."""
        (policy,) = self.stack.rest("GET", "/v1/escalation-policies").json["items"]
        path = f"/v1/incidents/{self.open_incident()}/reassign"
        assert self.stack.rest("POST", path, {"policy_id": policy["id"]}).status == 200

    def invite(self) -> None:
        """Ask somebody new to join."""
        wanted = {"email": f"{uuid4().hex}@demo.example", "role": "viewer"}
        assert self.stack.rest("POST", "/v1/invitations", wanted).status == 201

    def sweep_a_lost_mail(self) -> None:
        """Sweep when an invitation's message has not come through."""
        self.invite()
        past = "update mail set due_at = now() - interval '2 minutes' where state = 'queued' returning id"
        assert self.stack.rows(past)
        self.sweep()

    def take_a_step(self) -> None:
        """Let an escalation's next step be due, and wake it."""
        incident = self.open_incident()
        self.stack.rows("update escalation set next_at = now() where incident_id = %s returning id", incident)
        self.consume("escalate", self.wake_up(incident))

    def sweep_a_lost_page(self) -> None:
        """Sweep when a page's message has not come through."""
        past = "update notification set due_at = now() - interval '1 minute' where incident_id = %s returning id"
        self.stack.rows(past, self.open_incident())
        self.sweep()

    def sweep_a_wait(self) -> None:
        """Sweep when a wait has come within a queue's reach."""
        unarmed = "update escalation set armed_at = null where incident_id = %s returning id"
        self.stack.rows(unarmed, self.open_incident())
        self.sweep()

    def wake_up(self, incident: str) -> dict[str, Any]:
        """The wake-up that names the next step of an incident's escalation."""
        columns = "org_id::text, id::text, generation, round, position, to_json(next_at)"
        (row,) = self.stack.rows(f"select {columns} from escalation where incident_id = %s", incident)  # noqa: S608
        names = ("org_id", "escalation_id", "generation", "round", "position", "due_at")
        return dict(zip(names, row, strict=True))


@dataclass(slots=True)
class Regions:
    """The work of checks and of what is carried to their regions, done by hand in a workshop."""

    workshop: Workshop

    def check(self) -> None:
        """A minute long past: its checks are missed, its report is sent, and what waits is replayed."""
        self.workshop.call(f"check-{REGIONS[0]}", {"shard": 0, "time": LONG_AGO})

    def check_with_something_waiting(self) -> None:
        """The same, with a message in the region's bucket that home did not take."""
        body = json.dumps({"kind": "pings", "pings": []})
        bucket = self._bucket(f"-checks-000000000000-{REGIONS[0]}")
        self._store().put_object(Bucket=bucket, Key=f"buffer/{uuid4()}.json", Body=body.encode())
        self.check()

    def publish(self) -> None:
        """Write what a region checks, as if it had never been written."""
        self._store().delete_object(Bucket=self._home(), Key=_config(REGIONS[0]))
        self.workshop.consume("publish", {"document": "checks"})

    def publish_a_run(self) -> None:
        """Write the command of a check that was asked for."""
        (monitor,) = self.workshop.stack.rest("GET", "/v1/monitors").json["items"]
        assert self.workshop.stack.rest("POST", f"/v1/monitors/{monitor['id']}/run").status == 202
        self.workshop.consume("publish", {"document": "checks"})

    def carry(self, region: str) -> None:
        """Carry a region's configuration, written anew."""
        store, key = self._store(), _config(region)
        config = json.loads(store.get_object(Bucket=self._home(), Key=key)["Body"].read())
        config["written_at"] = self.workshop.stack.rows("select to_json(clock_timestamp())")[0][0]
        store.put_object(Bucket=self._home(), Key=key, Body=json.dumps(config).encode())
        self._tell(key)

    def command(self) -> None:
        """Carry the last command to the regions."""
        self.publish_a_run()
        listed = self._store().list_objects_v2(Bucket=self._home(), Prefix="commands/")["Contents"]
        self._tell(max(listed, key=lambda one: one["LastModified"])["Key"])

    def _tell(self, key: str) -> None:
        self.workshop.consume("mirror", {"detail": {"object": {"key": key}}})

    def _store(self) -> Any:
        return self.workshop.client("s3")

    def _home(self) -> str:
        return self._bucket("foundation-edge")

    def _bucket(self, part: str) -> str:
        return next(one["Name"] for one in self._store().list_buckets()["Buckets"] if part in one["Name"])


def _config(region: str) -> str:
    return f"checks/{region}/0000.json"


def _pairs(document: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for statement in document["Statement"]:
        assert statement.keys() <= {"Effect", "Action", "Resource", "Sid"}
        assert statement["Effect"] == "Allow"
        for action in _several(statement["Action"]):
            for resource in _several(statement["Resource"]):
                yield action, resource


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def short(resource: str) -> str:
    """A resource in a few letters: the kind and its own name."""
    if resource == "*":
        return resource
    _, _, service, _, _, name = resource.split(":", 5)
    if service == "s3":
        bucket, _, key = name.partition("/")
        named = bucket.removeprefix(PREFIX).replace("000000000000-", "")
        for part in ("edge", "pages"):
            named = part if f"foundation-{part}" in bucket else named
        return f"s3:{named}{'/' if key else ''}{key}"
    for prefix in ("secret:", "function:", "log-group:", "/tocsin/local/", PREFIX):
        name = name.removeprefix(prefix)
    return f"{service}:{name.removesuffix('-??????')}"
