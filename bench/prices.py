"""Owns AWS's list prices as they are used here, and what events paged cost at them, from a run's counts.

US East (N. Virginia), on demand, in US dollars, before free tiers. AWS draws its price pages by script, so most were
read where others quote them: `seen` says where, `dated` of when, or when read if that has no date; `page` is where
to look for today's.
"""

from dataclasses import dataclass
from typing import Final

from bench.counts import Counts

REGION: Final = "us-east-1"
HOURS: Final = 730
"""Hours in a month, as AWS's own examples count them."""
MILLION: Final = 1_000_000
GB: Final = 2**30
LOG_EVENT_BYTES: Final = 26
"""CloudWatch adds so many bytes to each line that it takes in."""
PLATFORM_LOG_BYTES: Final = 330 + 3 * LOG_EVENT_BYTES
"""What Lambda itself writes of an invocation (START, END, REPORT) unless its system logs are turned down."""


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for one `unit`. `page` is AWS's page of it, `seen` where it was read, `dated` of when that is."""

    usd: float
    unit: str
    page: str
    seen: str
    dated: str


LAMBDA_PAGE: Final = "https://aws.amazon.com/lambda/pricing/"
SQS_PAGE: Final = "https://aws.amazon.com/sqs/pricing/"
RDS_PAGE: Final = "https://aws.amazon.com/rds/postgresql/pricing/"
CLOUDWATCH_PAGE: Final = "https://aws.amazon.com/cloudwatch/pricing/"
KMS_PAGE: Final = "https://aws.amazon.com/kms/pricing/"
SECRETS_PAGE: Final = "https://aws.amazon.com/secrets-manager/pricing/"
S3_PAGE: Final = "https://aws.amazon.com/s3/pricing/"
WAF_PAGE: Final = "https://aws.amazon.com/waf/pricing/"
COGNITO_PAGE: Final = "https://aws.amazon.com/cognito/pricing/"
LINK_PAGE: Final = "https://aws.amazon.com/privatelink/pricing/"

RDS_SEEN: Final = "infratally.com, RDS pricing explained"
STORAGE_SEEN: Final = "usage.ai, RDS pricing calculator"
CLOUDWATCH_SEEN: Final = "factualminds.com and signoz.io, CloudWatch pricing"
KMS_SEEN: Final = "factualminds.com, KMS pricing; public repositories quoting AWS's page"
SQS_SEEN: Final = "cloudburn.io and factualminds.com, SQS pricing"
LIST_SEEN: Final = "several public repositories, undated"

PRICES: Final = {
    "lambda.request": Price(
        0.20 / MILLION,
        "invocation",
        LAMBDA_PAGE,
        "cloudchipr.com, Lambda pricing 2024; notes of 2026-05 agree",
        "2026-05",
    ),
    "lambda.gb_second": Price(
        0.0000133334,
        "GB-second, arm64",
        LAMBDA_PAGE,
        "cloudchipr.com, Lambda pricing 2024; notes of 2026-05 agree",
        "2026-05",
    ),
    "api.request": Price(
        1.00 / MILLION,
        "HTTP API request of 512 KB begun",
        "https://aws.amazon.com/api-gateway/pricing/",
        "AWS, API Gateway pricing, worked example",
        "2026-09",
    ),
    "sqs.request": Price(0.40 / MILLION, "request of 64 KB begun, standard queue", SQS_PAGE, SQS_SEEN, "2026-06"),
    "sqs.fair": Price(0.10 / MILLION, "the same with MessageGroupId, on top", SQS_PAGE, SQS_SEEN, "2026-03"),
    "logs.gb": Price(0.50, "GB of logs taken in", CLOUDWATCH_PAGE, CLOUDWATCH_SEEN, "2026-06"),
    "metric.month": Price(0.30, "custom metric a month", CLOUDWATCH_PAGE, CLOUDWATCH_SEEN, "2026-06"),
    "alarm.month": Price(0.10, "alarm a month", CLOUDWATCH_PAGE, CLOUDWATCH_SEEN, "2026-06"),
    "kms.month": Price(1.00, "key a month", KMS_PAGE, KMS_SEEN, "2026-06"),
    "kms.rsa_2048": Price(0.03 / 10_000, "request with an RSA 2048 key", KMS_PAGE, KMS_SEEN, "2026-06"),
    "kms.asymmetric": Price(0.15 / 10_000, "request with any other asymmetric key", KMS_PAGE, KMS_SEEN, "2026-06"),
    "secret.month": Price(0.40, "secret a month", SECRETS_PAGE, LIST_SEEN, "2026-11"),
    "secret.request": Price(0.05 / 10_000, "request to Secrets Manager", SECRETS_PAGE, LIST_SEEN, "2026-11"),
    "s3.get": Price(0.40 / MILLION, "GET", S3_PAGE, LIST_SEEN, "2026-11"),
    "s3.put": Price(5.00 / MILLION, "PUT or LIST", S3_PAGE, LIST_SEEN, "2026-11"),
    "ses.mail": Price(0.10 / 1000, "mail sent", "https://aws.amazon.com/ses/pricing/", LIST_SEEN, "2026-11"),
    "egress.gb": Price(
        0.09, "GB out to the internet", "https://aws.amazon.com/ec2/pricing/on-demand/", LIST_SEEN, "2026-11"
    ),
    "events.event": Price(
        1.00 / MILLION,
        "event of a bucket to EventBridge",
        "https://aws.amazon.com/eventbridge/pricing/",
        LIST_SEEN,
        "2026-11",
    ),
    "transfer.gb": Price(
        0.02,
        "GB to another region",
        "https://aws.amazon.com/ec2/pricing/on-demand/",
        "AWS re:Post, cost-effective cross-region access to S3",
        "2026-01",
    ),
    "rds.t4g.micro": Price(0.016, "hour, PostgreSQL, one zone", RDS_PAGE, RDS_SEEN, "2026"),
    "rds.t4g.small": Price(0.032, "hour, PostgreSQL, one zone", RDS_PAGE, RDS_SEEN, "2026"),
    "rds.t4g.medium": Price(0.065, "hour, PostgreSQL, one zone", RDS_PAGE, RDS_SEEN, "2026"),
    "rds.storage": Price(0.115, "GB a month, gp3, one zone", RDS_PAGE, STORAGE_SEEN, "2026-06"),
    "rds.backup": Price(0.095, "GB a month of backups beyond the database's size", RDS_PAGE, STORAGE_SEEN, "2026-06"),
    "rds.proxy": Price(
        0.015,
        "vCPU of the instance and hour, at least 2",
        "https://aws.amazon.com/rds/proxy/pricing/",
        LIST_SEEN,
        "2026-11",
    ),
    "endpoint.hour": Price(0.01, "interface endpoint, zone and hour", LINK_PAGE, LIST_SEEN, "2026-11"),
    "endpoint.gb": Price(
        0.01, "GB through an interface endpoint", LINK_PAGE, "AWS, PrivateLink pricing, undated", "2026-11"
    ),
    "cognito.mau": Price(
        0.015,
        "person signed in in a month, Essentials, beyond the free tier",
        COGNITO_PAGE,
        "api-evangelist's transcript of AWS's page, by its worked examples",
        "2026-09",
    ),
    "waf.acl": Price(5.00, "web ACL a month", WAF_PAGE, LIST_SEEN, "2026-11"),
    "waf.rule": Price(1.00, "rule a month", WAF_PAGE, LIST_SEEN, "2026-11"),
    "waf.request": Price(0.60 / MILLION, "request inspected", WAF_PAGE, LIST_SEEN, "2026-11"),
}


def usd(name: str, quantity: float) -> float:
    """What so much of something costs; KeyError for what has no price here."""
    return PRICES[name].usd * quantity


def per_million(counts: Counts, events: int) -> dict[str, float]:
    """What a million events would cost that are paged as so many were: the lines of their bill, the dearest first.

    Neither in it: traffic to the internet, mails and SMS by SES and SNS, free tiers, what a stage costs by the month.
    """
    functions, queues = counts.functions.values(), counts.queues.values()
    invocations = sum(one.invocations for one in functions)
    requests = sum(
        one.send_requests + one.receive_requests + one.delete_requests + one.other_requests for one in queues
    )
    logged = sum(one.log_bytes + one.log_lines * LOG_EVENT_BYTES for one in functions)
    bill = {
        "HTTP API": usd("api.request", counts.api_requests),
        "Lambda invocations": usd("lambda.request", invocations),
        "Lambda GB-seconds": usd("lambda.gb_second", sum(one.billed_gb_ms for one in functions) / 1000),
        "SQS": usd("sqs.request", requests),
        "SQS fair queues": usd("sqs.fair", requests),
        "logs": usd("logs.gb", logged / GB),
        "Lambda's own log lines": usd("logs.gb", invocations * PLATFORM_LOG_BYTES / GB),
        "KMS": usd("kms.asymmetric", counts.kms_requests),
        "Secrets Manager": usd("secret.request", counts.secret_requests),
        "S3": usd("s3.get", counts.s3_gets) + usd("s3.put", counts.s3_puts),
        "interface endpoints": usd("endpoint.gb", sum(one.bytes for one in queues) / GB),
    }
    return dict(sorted(((what, part * MILLION / events) for what, part in bill.items()), key=lambda line: -line[1]))
