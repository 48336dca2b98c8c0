"""What is deployed: queues with a way out, functions within their fences, grants that are needed and no others."""

import json
from typing import Any

import pytest

from infra.parts.function import JOINING
from tests.infra.conftest import CHECKED_FROM, Assembly

OUTSIDE = {"ingest", "authorizer", "tokens", "notify", "mirror", "push"}
INSIDE = {
    "process",
    "verdict",
    "enroll",
    "escalate",
    "claim",
    "record",
    "sweep",
    "publish",
    "api",
    "live",
    "health",
    "triggers",
}
AS_APP = {"api", "triggers"}
"""Who enters the database as people's role; the others are workers."""
HANDLERS = {
    "authorizer": "functions.auth.authorizer.handler",
    "tokens": "functions.auth.claims.handler",
    "triggers": "functions.auth.triggers.handler",
}
"""Those that share a folder; the others are handlers of their own."""
QUEUES = {
    "events",
    "results",
    "escalations",
    "deliveries",
    "mails",
    "outcomes",
    "sweeps",
    "publications",
    "copies",
    "pushes",
    "hints",
}
"""Of the application; regions have one more each (test_probes.py)."""
PINGS = "pings"
"""Read by the doctor, not by a function; what nobody reads is soon forgotten."""
CONSUMERS = {
    "events": "process",
    "results": "verdict",
    "copies": "mirror",
    "escalations": "escalate",
    "deliveries": "notify",
    "mails": "notify",
    "outcomes": "record",
    "sweeps": "sweep",
    "publications": "publish",
    "pushes": "push",
    "hints": "live",
}
SENDERS = {
    "events": {"ingest", "api"},
    "results": {"ingest", "sweep"},
    "escalations": {"process", "verdict", "escalate", "record", "sweep", "api"},
    "deliveries": {"process", "verdict", "escalate", "record", "sweep", "api"},
    "mails": {"sweep", "api", "verdict"},
    "outcomes": {"notify"},
    "sweeps": {"sweep"},
    "publications": {"process", "verdict", "enroll", "sweep", "publish", "api"},
    "copies": set[str](),
    "pushes": {"process", "verdict", "escalate", "record", "sweep", "api", "live"},
    "hints": {"process", "verdict", "escalate", "record", "sweep", "api", "push"},
}


def queues(assembly: Assembly) -> dict[str, tuple[str, dict[str, Any]]]:
    """Logical id and properties of every queue by its short name."""
    prefix = f"tocsin-{assembly.stage}-"
    return {p["QueueName"].removeprefix(prefix): (key, p) for key, p in assembly.of_type("AWS::SQS::Queue").items()}


def actions(statement: dict[str, Any]) -> set[str]:
    """The actions of a statement."""
    found = statement["Action"]
    return {found} if isinstance(found, str) else set(found)


def checks(assembly: Assembly) -> set[str]:
    """The function of each region that checks."""
    return {f"check-{region}" for region in CHECKED_FROM[assembly.stage]}


def commands(assembly: Assembly) -> set[str]:
    """The queue of each region that checks."""
    return {f"commands-{region}" for region in CHECKED_FROM[assembly.stage]}


def test_every_function_is_there_and_runs_its_own_handler(assembly: Assembly) -> None:
    functions = assembly.functions()
    more = {"local": set[str](), "ha": {"keys", "migrate", "watch"}}
    assert set(functions) == OUTSIDE | INSIDE | checks(assembly) | more.get(assembly.stage, {"keys", "migrate"})
    for name, properties in functions.items():
        assert properties["Handler"] == HANDLERS.get(name, f"functions.{name.partition('-')[0]}.handler.handler")
        assert properties["Runtime"] == "python3.13"
        assert properties["Architectures"] == ["arm64"]


def test_every_queue_has_a_dead_letter_queue_that_keeps_longer(assembly: Assembly) -> None:
    found = queues(assembly)
    every = QUEUES | commands(assembly)
    assert set(found) == every | {f"{name}-dlq" for name in every} | {PINGS}
    for name in every:
        queue, dead_letters = found[name][1], found[f"{name}-dlq"]
        assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": [dead_letters[0], "Arn"]}
        assert dead_letters[1]["MessageRetentionPeriod"] == 14 * 86_400 > queue["MessageRetentionPeriod"]
        assert queue["SqsManagedSseEnabled"] is True
        assert "FifoQueue" not in queue


def test_every_dead_letter_queue_has_an_alarm_that_is_told(assembly: Assembly) -> None:
    watched = {
        json.dumps(alarm.get("Dimensions")): alarm["AlarmActions"]
        for alarm in assembly.of_type("AWS::CloudWatch::Alarm").values()
    }
    for name in QUEUES | commands(assembly):
        logical_id = queues(assembly)[f"{name}-dlq"][0]
        dimension = [{"Name": "QueueName", "Value": {"Fn::GetAtt": [logical_id, "QueueName"]}}]
        assert watched[json.dumps(dimension)]


def test_messages_are_hidden_for_as_long_as_their_consumer_may_run(assembly: Assembly) -> None:
    functions = assembly.functions()
    for name, consumer in CONSUMERS.items():
        _, queue = queues(assembly)[name]
        assert queue["VisibilityTimeout"] > functions[consumer]["Timeout"]


def test_messages_outlast_a_quarter_of_an_hour_without_a_database(assembly: Assembly) -> None:
    for name in QUEUES:
        _, queue = queues(assembly)[name]
        assert queue["VisibilityTimeout"] * queue["RedrivePolicy"]["maxReceiveCount"] >= 15 * 60


def test_a_page_can_be_given_back_every_five_seconds_for_a_minute(assembly: Assembly) -> None:
    _, deliveries = queues(assembly)["deliveries"]
    assert deliveries["RedrivePolicy"]["maxReceiveCount"] >= 2 * 60 // 5


def test_every_queue_has_its_one_consumer_which_answers_message_by_message(assembly: Assembly) -> None:
    mappings = list(assembly.of_type("AWS::Lambda::EventSourceMapping").values())
    names = {key: p.get("FunctionName") for key, p in assembly.of_type("AWS::Lambda::Function").items()}
    consumers = {p["EventSourceArn"]["Fn::GetAtt"][0]: names[p["FunctionName"]["Ref"]] for p in mappings}
    assert len(mappings) == len(consumers) == len(QUEUES | commands(assembly))
    of_regions = {name: name.replace("commands", "check") for name in commands(assembly)}
    for name, consumer in (CONSUMERS | of_regions).items():
        assert consumers[queues(assembly)[name][0]] == f"tocsin-{assembly.stage}-{consumer}"
    for mapping in mappings:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2
        assert mapping["BatchSize"] == 10


def test_only_those_send_to_a_queue_that_have_something_to_say(assembly: Assembly) -> None:
    senders = {name: set[str]() for name in QUEUES}
    for function in assembly.functions():
        for statement in assembly.statements(function):
            if "sqs:SendMessage" in actions(statement):
                for name in QUEUES:
                    if {"Fn::GetAtt": [queues(assembly)[name][0], "Arn"]} in _resources(statement):
                        senders[name].add(function)
    assert senders == SENDERS


def test_only_the_consumer_takes_messages_off_a_queue(assembly: Assembly) -> None:
    takers = {name: set[str]() for name in QUEUES}
    for function in assembly.functions():
        for statement in assembly.statements(function):
            if actions(statement) & {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"}:
                for name in QUEUES:
                    if {"Fn::GetAtt": [queues(assembly)[name][0], "Arn"]} in _resources(statement):
                        takers[name].add(function)
    assert takers == {name: {consumer} for name, consumer in CONSUMERS.items()}


def test_only_notify_invokes_and_only_claim(assembly: Assembly) -> None:
    functions = assembly.of_type("AWS::Lambda::Function")
    claim = next(k for k, p in functions.items() if p.get("FunctionName", "").endswith("-claim"))
    for function in assembly.functions():
        invoking = [s for s in assembly.statements(function) if any(a.startswith("lambda:") for a in actions(s))]
        if function == "notify":
            assert [_resources(s) for s in invoking] == [[{"Fn::GetAtt": [claim, "Arn"]}]]
            assert [actions(s) for s in invoking] == [{"lambda:InvokeFunction"}]
        else:
            assert invoking == []


def test_only_notify_sends_mail(assembly: Assembly) -> None:
    mailing = {
        f for f in assembly.functions() for s in assembly.statements(f) if any(a.startswith("ses:") for a in actions(s))
    }
    assert mailing == {"notify"}


def test_no_grant_is_wider_than_it_must_be(in_aws: Assembly) -> None:
    for function in in_aws.functions():
        for statement in in_aws.statements(function):
            assert not any("*" in action for action in actions(statement))
            if "*" in _resources(statement):
                assert actions(statement) == set(JOINING)


@pytest.mark.parametrize("function", sorted(OUTSIDE))
def test_an_outside_function_does_not_know_the_database(assembly: Assembly, function: str) -> None:
    assert not [name for name in assembly.environment(function) if name.startswith("DB_")]
    assert "VpcConfig" not in assembly.functions()[function]


@pytest.mark.parametrize("function", sorted(INSIDE))
def test_an_inside_function_enters_the_database_as_a_role_of_its_own(assembly: Assembly, function: str) -> None:
    environment = assembly.environment(function)
    assert {"DB_HOST", "DB_PORT", "DB_NAME"} <= set(environment)
    assert environment["DB_USER"] == ("app" if function in AS_APP else "worker")


def test_only_the_rest_api_asks_for_a_key_at_the_gateway(assembly: Assembly) -> None:
    routes = {p["RouteKey"]: p["AuthorizationType"] for p in assembly.of_type("AWS::ApiGatewayV2::Route").values()}
    demo = {"POST /v1/demo/sessions": "NONE"} if assembly.stage == "local" else {}
    assert routes == {
        **demo,
        "$connect": "NONE",
        "$disconnect": "NONE",
        "$default": "NONE",
        "ANY /{proxy+}": "NONE",
        "ANY /v1/{proxy+}": "CUSTOM",
        "POST /v1/probes/enroll": "NONE",
        "GET /v1/sign-in": "NONE",
        "GET /l/{token}": "NONE",
        "GET /v1/calendars/{name}": "NONE",
        "POST /l/{token}": "NONE",
        **({"POST /": "NONE", "POST /v1/probes/renew": "NONE"} if assembly.stage == "ha" else {}),
    }
    (authorizer,) = assembly.of_type("AWS::ApiGatewayV2::Authorizer").values()
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]


def test_access_logs_hold_no_path_since_keys_travel_in_paths(assembly: Assembly) -> None:
    stages = [s for s in assembly.of_type("AWS::ApiGatewayV2::Stage").values() if s["StageName"] == "$default"]
    assert len(stages) >= 2
    for api_stage in stages:
        format_ = api_stage["AccessLogSettings"]["Format"]
        assert "$context.routeKey" in format_
        assert "$context.path" not in format_


def test_the_sweep_and_the_watcher_run_every_minute(assembly: Assembly) -> None:
    started: set[str] = set()
    for rule in assembly.of_type("AWS::Events::Rule").values():
        if rule.get("ScheduleExpression") != "rate(1 minute)":
            continue
        target = rule["Targets"][0]["Arn"]["Fn::GetAtt"][0]
        started.add(assembly.resources[target]["Properties"]["FunctionName"])
    names = ("sweep", "watch") if assembly.stage == "ha" else ("sweep",)
    assert started == {f"tocsin-{assembly.stage}-{name}" for name in names}


def test_the_watcher_is_in_another_region_and_shares_nothing_with_what_it_watches(ha: Assembly) -> None:
    manifest = json.loads((ha.folder / "manifest.json").read_text())["artifacts"]
    stack = manifest["tocsin-ha-watch"]
    assert stack["environment"].endswith("/eu-west-1")
    assert [name for name in stack["dependencies"] if not name.endswith(".assets")] == []
    template = (ha.folder / stack["properties"]["templateFile"]).read_text()
    assert "Fn::ImportValue" not in template
    environment = ha.environment("watch")
    assert environment["INGEST_URL"] == "https://events.tocsin.example"


def test_in_aws_nothing_may_be_reached_without_tls_and_the_bucket_stays(in_aws: Assembly) -> None:
    guarded = {
        json.dumps(queue)
        for policy in in_aws.of_type("AWS::SQS::QueuePolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        for queue in policy["Queues"]
    }
    assert guarded == {json.dumps({"Ref": key}) for key, _ in queues(in_aws).values()}
    buckets = [r for r in in_aws.resources.values() if r["Type"] == "AWS::S3::Bucket"]
    of_pages, dashboard = 1 if in_aws.stage == "small" else 2, 1
    assert len(buckets) == 1 + of_pages + dashboard + len(CHECKED_FROM[in_aws.stage])
    assert {bucket["DeletionPolicy"] for bucket in buckets} == {"RetainExceptOnCreate"}


def test_in_aws_only_lambda_runs_as_a_functions_role(in_aws: Assembly) -> None:
    for function in in_aws.functions().values():
        role = in_aws.of_type("AWS::IAM::Role")[function["Role"]["Fn::GetAtt"][0]]
        (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}


def test_the_local_apis_have_ids_that_stay(local: Assembly) -> None:
    ids = [p["Tags"]["ms-custom-id"] for p in local.of_type("AWS::ApiGatewayV2::Api").values()]
    assert len(set(ids)) == 3
    assert all(len(one) == 8 and int(one, 16) for one in ids)
    assert local.environment("api")["EVENTS_URL"].endswith(tuple(ids))
    assert local.environment("notify")["LINK_BASE_URL"].rpartition("/")[0].endswith(tuple(ids))


def _resources(statement: dict[str, Any]) -> list[Any]:
    found = statement["Resource"]
    return found if isinstance(found, list) else [found]
