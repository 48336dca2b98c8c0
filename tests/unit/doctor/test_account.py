"""What the doctor says of stacks, queues, mail and alarms."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber

from cli.doctor import account_checks, stack_checks
from cli.doctor.deployment import CannotLook, Deployment
from cli.doctor.finding import Verdict
from tests.unit.doctor.conftest import OUTPUTS, REGION, Account, verdicts


def test_without_a_deployment_it_says_where_it_looked(account: Account) -> None:
    with pytest.raises(CannotLook, match=r"no stack is called tocsin-small-application.*--region"):
        _ = account.deployment.stacks


def test_a_region_must_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(CannotLook, match="--region"):
        _ = Deployment("small").session


def test_an_unknown_profile_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(CannotLook, match=r"nobody.*--profile"):
        _ = Deployment("small", REGION, "nobody").session


def test_stacks_that_are_deployed_are_fine(account: Account) -> None:
    account.deploy()
    assert set(verdicts(stack_checks.stacks(account.deployment)).values()) == {Verdict.FINE}


@pytest.mark.parametrize(
    ("outputs", "verdict"),
    [(OUTPUTS, Verdict.FINE), ({"Version": "0.0.9"}, Verdict.WARNING), ({}, Verdict.UNKNOWN)],
)
def test_the_tool_should_be_of_the_version_that_is_deployed(
    account: Account, outputs: dict[str, str], verdict: Verdict
) -> None:
    account.deploy(outputs)
    assert verdicts(stack_checks.version(account.deployment)) == {"version": verdict}


def test_a_dead_letter_is_a_problem(account: Account) -> None:
    account.deploy()
    assert verdicts(stack_checks.dead_letters(account.deployment)) == {"dead letters": Verdict.FINE}

    account.client("sqs").send_message(QueueUrl=account.deployment.queues["events-dlq"], MessageBody="{}")

    (finding,) = stack_checks.dead_letters(account.deployment)
    assert finding.verdict is Verdict.PROBLEM
    assert finding.said == "1 in events-dlq"


def test_queues_without_consumers_and_a_sweep_without_a_clock_are_problems(account: Account) -> None:
    account.deploy()
    problems = {"queue consumers": Verdict.PROBLEM, "schedule": Verdict.PROBLEM}
    assert verdicts(stack_checks.triggers(account.deployment)) == problems

    events = account.client("events")
    events.put_rule(Name="tocsin-small-every-minute", ScheduleExpression="rate(1 minute)")
    assert verdicts(stack_checks.triggers(account.deployment))["schedule"] is Verdict.FINE
    events.disable_rule(Name="tocsin-small-every-minute")
    assert verdicts(stack_checks.triggers(account.deployment))["schedule"] is Verdict.PROBLEM


def test_an_alarm_that_rings_is_named(account: Account) -> None:
    topic = account.client("sns").create_topic(Name="tocsin-small-alarms")["TopicArn"]
    account.deploy({**OUTPUTS, "AlarmTopic": topic})
    cloudwatch = account.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="tocsin-small-no-sweep",
        Namespace="Tocsin",
        MetricName="Sweeps",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=3,
        Threshold=1,
        ComparisonOperator="LessThanThreshold",
    )
    cloudwatch.set_alarm_state(AlarmName="tocsin-small-no-sweep", StateValue="ALARM", StateReason="test")

    alarms, listeners = stack_checks.alarms(account.deployment)

    assert alarms.verdict is Verdict.PROBLEM
    assert "tocsin-small-no-sweep" in alarms.said
    assert listeners.verdict is Verdict.PROBLEM
    assert "nobody hears" in listeners.said


def test_a_listener_makes_the_alarms_heard(account: Account) -> None:
    sns = account.client("sns")
    topic = sns.create_topic(Name="tocsin-small-alarms")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ops@tocsin.example")
    account.deploy({**OUTPUTS, "AlarmTopic": topic})
    assert verdicts(stack_checks.alarms(account.deployment))["alarm listeners"] is Verdict.FINE


@pytest.mark.parametrize(
    ("answer", "verdict", "said"),
    [
        ({"ProductionAccessEnabled": False, "SendingEnabled": True}, Verdict.PROBLEM, "sandbox"),
        ({"ProductionAccessEnabled": True, "SendingEnabled": False}, Verdict.PROBLEM, "paused"),
        ({"SendQuota": {"Max24HourSend": 100, "SentLast24Hours": 90}}, Verdict.WARNING, "90 of today's 100"),
        ({"SendQuota": {"Max24HourSend": 100, "SentLast24Hours": 5}}, Verdict.FINE, "5 of 100"),
    ],
)
def test_ses_must_let_mail_out(account: Account, answer: dict[str, Any], verdict: Verdict, said: str) -> None:
    account.deploy()
    with Stubber(account.client("sesv2")) as ses:
        ses.add_response("get_account", {"ProductionAccessEnabled": True, "SendingEnabled": True, **answer})
        ses.add_client_error("get_email_identity", "NotFoundException")
        mail, sender = account_checks.mail(account.deployment)

    assert mail.verdict is verdict
    assert said in mail.said
    assert sender.verdict is Verdict.PROBLEM
    assert "tocsin.example" in sender.advice


def test_connections_pinned_in_the_last_hour_are_a_problem(account: Account) -> None:
    account.deploy({**OUTPUTS, "ProxyName": "tocsin-small"})
    assert verdicts(account_checks.pinned(account.deployment)) == {"pinned connections": Verdict.UNKNOWN}

    for number, verdict in ((0, Verdict.FINE), (3, Verdict.PROBLEM)):
        account.client("cloudwatch").put_metric_data(
            Namespace="AWS/RDS",
            MetricData=[
                {
                    "MetricName": account_checks.PINNED_METRIC,
                    "Dimensions": [{"Name": "ProxyName", "Value": "tocsin-small"}],
                    "Timestamp": datetime.now(UTC) - timedelta(minutes=10),
                    "Value": number,
                }
            ],
        )
        assert verdicts(account_checks.pinned(account.deployment)) == {"pinned connections": verdict}


def test_a_stage_without_a_proxy_has_nothing_to_pin(account: Account) -> None:
    account.deploy()
    assert verdicts(account_checks.pinned(account.deployment)) == {"pinned connections": Verdict.NOT_APPLICABLE}
