"""What rings: every alarm is heard, explained, and listens to a metric that something writes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.conftest import CHECKED_FROM, ROOT, Assembly

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
FOR_PAGES = {
    "no-sweep",
    "unsent-pages",
    "late-steps-escalate",
    "late-steps-sweep",
    "late-pages",
    "unclaimed-pages",
    "left-undone",
    "silent-region",
    "long-sweeps",
    "rejected-messages-process",
    "rejected-messages-verdict",
    "rejected-messages-escalate",
    "rejected-messages-record",
    "rejected-messages-publish",
    "rejected-messages-live",
}
FOR_STATUS_PAGES = {"unpublished-status", "failed-copies"}
FOR_THE_REST = {"throttles", "sms-spend", "api-errors-ingest", "api-errors-app"}
FOR_PROBES = {"api-errors-probes"}
FOR_THE_WATCHER = {"no-watch-pages", "slow-watch-pages"}
FOR_A_DATABASE = {"database-storage", "database-cpu", "database-connections"}
DESCRIPTION = re.compile(r".+\. What to do: (?P<page>[\w/.-]+)#(?P<section>[a-z-]+)")


def alarms(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """The properties of every alarm by its short name."""
    prefix = f"tocsin-{assembly.stage}-"
    return {p["AlarmName"].removeprefix(prefix): p for p in assembly.of_type("AWS::CloudWatch::Alarm").values()}


def written() -> Iterator[tuple[str, str]]:
    """(service, metric) of all that our code writes."""
    for path in (ROOT / "functions").rglob("*.py"):
        for name in re.findall(r'logs\.(?:count|measure)\([\w.]+, f?"(\w+)', path.read_text()):
            yield path.relative_to(ROOT / "functions").parts[0], name


def test_everything_that_must_not_go_unnoticed_has_its_alarm(assembly: Assembly) -> None:
    for_functions = {f"crashes-{name}" for name in assembly.functions() if name not in {"migrate", "keys"}}
    regions = CHECKED_FROM[assembly.stage]
    queues = QUEUES | {f"commands-{region}" for region in regions}
    instances, proxies = assembly.of_type("AWS::RDS::DBInstance"), assembly.of_type("AWS::RDS::DBProxy")
    assert set(alarms(assembly)) == (
        {f"{kind}-{queue}" for kind in ("queue-age", "dead-letters") for queue in queues}
        | {f"{kind}-{region}" for kind in ("no-checks", "blind-region", "missed-checks") for region in regions}
        | FOR_PAGES
        | FOR_STATUS_PAGES
        | FOR_THE_REST
        | for_functions
        | (FOR_PROBES | FOR_THE_WATCHER if assembly.stage == "ha" else set())
        | (FOR_A_DATABASE if instances else set())
        | ({"pinned-connections"} if proxies else set())
    )


def test_every_alarm_is_told_when_it_rings_and_when_it_is_over(assembly: Assembly) -> None:
    topics = {key for key, r in assembly.resources.items() if r["Type"] == "AWS::SNS::Topic"}
    (of_the_watcher,) = {key for key in topics if key.startswith("WatchAlarms")} or {"none"}
    of_regions = {
        region: key for region in CHECKED_FROM[assembly.stage][1:] for key in topics if region.replace("-", "") in key
    }
    (topic,) = topics - {of_the_watcher, *of_regions.values()}
    assert len(of_regions) == len(CHECKED_FROM[assembly.stage]) - 1
    for name, alarm in alarms(assembly).items():
        (told,) = alarm["AlarmActions"]
        of_region = next((key for region, key in of_regions.items() if name.endswith(region)), topic)
        assert (of_the_watcher if "watch" in name else of_region) in str(told)
        assert alarm["OKActions"] == [told]


def test_every_alarm_leads_to_its_section_of_the_runbook_and_every_section_has_alarms(assembly: Assembly) -> None:
    sections = set(re.findall(r"^## (.+)$", (ROOT / "docs/runbook.md").read_text(), re.MULTILINE))
    for name, alarm in alarms(assembly).items():
        found = DESCRIPTION.fullmatch(alarm["AlarmDescription"])
        assert found
        assert found["page"] == "docs/runbook.md"
        assert found["section"] in sections
        assert name.startswith(found["section"])
    if assembly.stage == "ha":
        assert sections == {name for name in sections if any(alarm.startswith(name) for alarm in alarms(assembly))}


def test_an_alarm_on_a_metric_of_our_own_has_the_name_that_the_code_writes(assembly: Assembly) -> None:
    by_code = set(written()) | {
        # built from the names of fields, and written by what all queue functions share
        ("sweep", "SweptFailed"),
        ("sweep", "RegionsSilent"),
        *((service, "MessagesRejected") for service in ("process", "verdict", "escalate", "record", "publish", "live")),
    }
    ours = [alarm for alarm in alarms(assembly).values() if not alarm["Namespace"].startswith("AWS/")]
    of_regions = len(CHECKED_FROM[assembly.stage])
    of_the_watcher = len(FOR_THE_WATCHER) if assembly.stage == "ha" else 0
    assert len(ours) == len(FOR_PAGES) - 1 + len(FOR_STATUS_PAGES) + 2 * of_regions + of_the_watcher
    for alarm in ours:
        assert alarm["Namespace"] == f"Tocsin/{assembly.stage}"
        ((dimension, service),) = ((d["Name"], d["Value"]) for d in alarm["Dimensions"])
        assert dimension == "service"
        assert (service, alarm["MetricName"]) in by_code
        function = f"check-{CHECKED_FROM[assembly.stage][0]}" if service == "check" else service
        assert assembly.environment(function)["POWERTOOLS_METRICS_NAMESPACE"] == alarm["Namespace"]


def test_silence_rings_where_nothing_was_swept_checked_or_paged_for_three_minutes_and_nowhere_else(
    assembly: Assembly,
) -> None:
    found = alarms(assembly)
    silent = {name for name, alarm in found.items() if alarm["TreatMissingData"] == "breaching"}
    of_checks = {f"no-checks-{region}" for region in CHECKED_FROM[assembly.stage]}
    assert silent == {"no-sweep"} | of_checks | ({"no-watch-pages"} if assembly.stage == "ha" else set())
    for name in silent:
        assert found[name]["Period"] * found[name]["EvaluationPeriods"] == 180


def test_lateness_is_what_the_latest_of_a_hundred_had_to_wait(assembly: Assembly) -> None:
    found = alarms(assembly)
    for name in ("late-steps-escalate", "late-steps-sweep", "late-pages"):
        assert found[name]["ExtendedStatistic"] == "p99"
        assert found[name]["Threshold"] == 35_000


def test_what_comes_again_by_itself_rings_when_it_has_failed_three_times(assembly: Assembly) -> None:
    found = alarms(assembly)
    for name, service, metric in (
        ("unpublished-status", "publish", "PagesFailed"),
        ("failed-copies", "mirror", "CopiesFailed"),
    ):
        alarm = found[name]
        assert (alarm["Dimensions"][0]["Value"], alarm["MetricName"]) == (service, metric)
        # a page that can't be written fails with each of the sweep's requests, of which five minutes have five
        assert (alarm["Statistic"], alarm["Period"], alarm["EvaluationPeriods"]) == ("Sum", 300, 1)
        assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanOrEqualToThreshold", 3)


def test_a_delay_that_a_message_was_sent_with_is_not_taken_for_waiting(assembly: Assembly) -> None:
    thresholds = {queue: alarms(assembly)[f"queue-age-{queue}"]["Threshold"] for queue in QUEUES}
    assert thresholds == {
        "events": 60,
        "results": 60,
        "copies": 60,
        "escalations": 960,
        "deliveries": 960,
        "mails": 60,
        "sweeps": 105,
        "outcomes": 60,
        "publications": 60,
        "pushes": 60,
        "hints": 61,
    }


def test_a_queue_rings_before_its_messages_have_come_back_so_often_that_they_are_counted_no_more(
    assembly: Assembly,
) -> None:
    hidden = {
        p["QueueName"]: p["VisibilityTimeout"]
        for p in assembly.of_type("AWS::SQS::Queue").values()
        if "VisibilityTimeout" in p
    }
    for queue in ("events", "results", "outcomes", "publications", "copies"):
        assert alarms(assembly)[f"queue-age-{queue}"]["Threshold"] < 3 * hidden[f"tocsin-{assembly.stage}-{queue}"]


@pytest.mark.parametrize("stage", ["standard", "ha"])
def test_one_pinned_connection_is_too_many(request: pytest.FixtureRequest, stage: str) -> None:
    alarm = alarms(request.getfixturevalue(stage))["pinned-connections"]
    assert (alarm["MetricName"], alarm["Threshold"]) == ("DatabaseConnectionsCurrentlySessionPinned", 1)
    assert [d["Name"] for d in alarm["Dimensions"]] == ["ProxyName"]


def test_what_sms_may_cost_rings_before_it_is_spent(in_aws: Assembly) -> None:
    alarm = alarms(in_aws)["sms-spend"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SMSVoice", "TextMessageMonthlySpend")
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Maximum", 0.8)
    assert "Dimensions" not in alarm


def test_alarms_may_publish_to_their_topic_and_somebody_hears_them(in_aws: Assembly) -> None:
    policies = in_aws.of_type("AWS::SNS::TopicPolicy").values()
    for policy in policies:
        allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
        assert [s["Principal"] for s in allowed] == [{"Service": "cloudwatch.amazonaws.com"}]
        assert [s["Action"] for s in allowed] == ["sns:Publish"]
    listeners = in_aws.of_type("AWS::SNS::Subscription").values()
    heard = [(s["Protocol"], s["Endpoint"]) for s in listeners]
    others = len(CHECKED_FROM[in_aws.stage]) - 1 + (in_aws.stage == "ha")
    assert heard == [("email", "ops@tocsin.example")] * (1 + others)
    assert len(policies) == len(heard)
