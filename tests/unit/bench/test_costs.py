"""What AWS would bill: lines that can be worked out by hand."""

import pytest

from bench import costs, prices
from bench.costs import Inventory
from bench.counts import Counts, FunctionCounts
from bench.sqs import QueueCounts

SMALL = Inventory(
    instance="t4g.micro",
    zones=1,
    storage_gb=20,
    proxy=False,
    endpoints=0,
    secrets=2,
    keys=1,
    alarms=10,
    consumers=6,
    firewall_rules=None,
    backup_copy=False,
    memory_gb=0.5,
)
HA = Inventory("t4g.small", 2, 50, True, 4, 3, 2, 20, 6, 4, True, 0.5)


def lines_of(stage: Inventory) -> dict[str, float]:
    return {line.what: round(line.usd, 2) for line in costs.monthly(stage)}


def test_a_million_events_cost_what_each_of_their_parts_costs() -> None:
    used = Counts(
        functions={
            "ingest": FunctionCounts(invocations=1000, billed_gb_ms=5_000, log_bytes=500_000, log_lines=1000),
            "process": FunctionCounts(invocations=500, billed_gb_ms=10_000, log_bytes=100_000, log_lines=500),
        },
        queues={"events": QueueCounts(send_requests=1000, receive_requests=500, delete_requests=500, bytes=2**20)},
        api_requests=1000,
        kms_requests=2,
        secret_requests=10,
        s3_gets=5,
        s3_puts=1,
    )
    bill = prices.per_million(used, 1000)
    assert bill == pytest.approx(
        {
            "HTTP API": 1.00,
            "SQS": 0.80,
            "Lambda's own log lines": 0.5 * 1500 * 408 * 1000 / 2**30,
            "Lambda invocations": 0.30,
            "logs": 0.5 * (600_000 + 1500 * 26) * 1000 / 2**30,
            "Lambda GB-seconds": 0.2000010,
            "SQS fair queues": 0.20,
            "Secrets Manager": 0.05,
            "KMS": 0.03,
            "interface endpoints": 0.01 * 1000 / 1024,
            "S3": 0.007,
        }
    )
    assert list(bill.values()) == sorted(bill.values(), reverse=True)


def test_a_small_stage_pays_for_its_instance_and_for_waiting() -> None:
    lines = lines_of(SMALL)
    assert lines["PostgreSQL, db.t4g.micro"] == 11.68
    assert lines["its storage, 20 GB"] == 2.30
    assert lines["queues polled while empty"] == 1.58
    assert not {"RDS Proxy", "WAF", "backups in a second region"} & set(lines)


def test_a_highly_available_stage_pays_twice_for_the_instance_and_for_all_that_stands_around_it() -> None:
    lines = lines_of(HA)
    assert lines["PostgreSQL, db.t4g.small in 2 zones"] == 46.72
    assert lines["its storage, 50 GB in 2 zones"] == 11.50
    assert lines["RDS Proxy"] == 21.90
    assert lines["interface endpoints, 4"] == 29.20
    assert lines["WAF"] == 9.00
    assert lines["backups in a second region"] == 4.75


def test_the_share_of_the_database_is_what_the_readme_says_it_is() -> None:
    lines = [costs.Line("PostgreSQL, db.t4g.micro", 12), costs.Line("its storage, 20 GB", 3), costs.Line("keys, 1", 5)]
    assert costs.total(lines) == 20
    assert costs.database_share(lines) == 0.75


def test_an_inventory_is_read_out_of_the_resources_of_templates() -> None:
    def resource(kind: str, **properties: object) -> dict[str, object]:
        return {"Type": f"AWS::{kind}", "Properties": properties}

    found = costs.inventory(
        {
            "db": resource(
                "RDS::DBInstance",
                DBInstanceClass="db.t4g.small",
                AllocatedStorage="50",
                MultiAZ=True,
                AutomaticBackupReplicationRegion="us-west-2",
            ),
            "proxy": resource("RDS::DBProxy"),
            "sqs": resource("EC2::VPCEndpoint", VpcEndpointType="Interface", SubnetIds=["a", "b"]),
            "secrets": resource("EC2::VPCEndpoint", VpcEndpointType="Interface", SubnetIds=["a", "b"]),
            "s3": resource("EC2::VPCEndpoint", VpcEndpointType="Gateway"),
            **{f"secret {n}": resource("SecretsManager::Secret") for n in range(3)},
            **{f"key {n}": resource("KMS::Key") for n in range(2)},
            **{f"alarm {n}": resource("CloudWatch::Alarm") for n in range(20)},
            **{f"consumer {n}": resource("Lambda::EventSourceMapping") for n in range(6)},
            "firewall": resource("WAFv2::WebACL", Rules=[1, 2, 3, 4]),
            "sweep": resource("Lambda::Function", FunctionName="tocsin-ha-sweep", MemorySize=512),
            "other": resource("Lambda::Function"),
        }
    )
    assert found == HA


def test_every_price_says_where_it_was_read_and_when() -> None:
    for price in prices.PRICES.values():
        assert price.usd > 0
        assert price.page.startswith("https://aws.amazon.com/")
        assert price.seen
        assert price.dated.startswith("2026")
