"""Least privilege on the deployed whole: every grant of every function is needed, and what needs it fails without it.

MiniStack evaluates the roles' policies at each call (`AUTH=true`), so a function that asks for what it was not granted
is refused here as in AWS.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import pytest

from tests.support.grants import HELD_SECONDS, Grant, Workshop
from tests.support.stack import FAR_SECONDS, Stack, set_second_step

pytestmark = pytest.mark.xdist_group("stack")

type Call = Callable[[Workshop], object]


@dataclass(frozen=True, slots=True)
class Need:
    """What a grant is for: a call that needs it, and what is told when it is refused.

    `fresh` is a function whose processes read it once; `beside` is taken away with it, as another way round it.
    """

    call: Call
    refused: str = "AccessDenied"
    fresh: str | None = None
    beside: Grant | None = None


CONSUMERS: Mapping[str, str] = {
    "events": "process",
    "escalations": "escalate",
    "deliveries": "notify",
    "mails": "notify",
    "outcomes": "record",
    "sweeps": "sweep",
    "publications": "publish",
}
SENDERS: Mapping[tuple[str, str], Call] = {
    ("ingest", "events"): lambda w: w.stack.event("trigger", "granted"),
    ("process", "deliveries"): Workshop.open_incident,
    ("process", "escalations"): Workshop.open_incident,
    ("process", "publications"): Workshop.use_a_revoked_key,
    ("escalate", "deliveries"): Workshop.take_a_step,
    ("escalate", "escalations"): lambda w: w.consume("escalate", w.wake_up(w.open_incident())),
    ("record", "deliveries"): lambda w: w.consume("record", *w.failed_outcomes()),
    ("record", "escalations"): lambda w: w.consume("record", *w.failed_outcomes()),
    ("sweep", "deliveries"): Workshop.sweep_a_lost_page,
    ("sweep", "escalations"): Workshop.sweep_a_wait,
    ("sweep", "mails"): Workshop.sweep_a_lost_mail,
    ("sweep", "sweeps"): lambda w: w.call("sweep", {}),
    ("api", "deliveries"): Workshop.reassign,
    ("api", "escalations"): Workshop.reassign,
    ("api", "mails"): Workshop.invite,
    ("api", "publications"): Workshop.revoke_a_key,
    ("notify", "outcomes"): lambda w: w.call("notify", {"Records": [w.page()]}),
    ("health", "pings"): lambda w: w.call("health", {"ping": "granted"}),
}
INVOKE: Grant = ("notify", "lambda:InvokeFunction", "lambda:claim")
NEEDED: Mapping[Grant, Need] = {
    **{
        (name, "sqs:SendMessageBatch", f"sqs:{queue}"): Need(
            call, f"tocsin-local-{queue}: An error occurred (AccessDenied)"
        )
        for (name, queue), call in SENDERS.items()
    },
    ("ingest", "secretsmanager:GetSecretValue", "secretsmanager:mac-keys"): Need(
        lambda w: w.stack.event("trigger", "granted"), fresh="ingest"
    ),
    ("ingest", "s3:GetObject", "s3:edge/edge/*"): Need(
        lambda w: w.stack.event("trigger", "granted"), "edge state not read", fresh="ingest"
    ),
    ("authorizer", "secretsmanager:GetSecretValue", "secretsmanager:mac-keys"): Need(
        lambda w: w.call("authorizer", {"headers": {"authorization": f"Bearer {w.stack.seed.api_key}"}}),
        fresh="authorizer",
    ),
    ("api", "secretsmanager:GetSecretValue", "secretsmanager:mac-keys"): Need(Workshop.make_a_key, fresh="api"),
    ("api", "secretsmanager:GetSecretValue", "secretsmanager:seal-public-key"): Need(
        Workshop.add_a_webhook, fresh="api"
    ),
    ("sweep", "secretsmanager:GetSecretValue", "secretsmanager:seal-public-key"): Need(
        Workshop.hand_over, fresh="sweep"
    ),
    ("publish", "s3:PutObject", "s3:edge/edge/*"): Need(lambda w: w.consume("publish", {"document": "edge_state"})),
    INVOKE: Need(lambda w: w.call("notify", {"Records": [w.page()]}), "claim unavailable"),
    ("notify", "sqs:ChangeMessageVisibility", "sqs:deliveries"): Need(
        lambda w: w.call("notify", {"Records": [w.page()]}), "back-off left to the queue's own", beside=INVOKE
    ),
    ("notify", "ses:SendEmail", "*"): Need(
        lambda w: w.call("notify", {"Records": [w.page()]}), "ses_AccessDeniedException"
    ),
}
"""Every grant that functions use themselves, with a call that needs it."""
NAMED_OTHERWISE: Mapping[Grant, Grant] = {
    (name, "sqs:SendMessage", resource): (name, "sqs:SendMessageBatch", resource)
    for name, action, resource in NEEDED
    if action == "sqs:SendMessageBatch"
}
"""What AWS asks for, and by what name MiniStack does."""
BY_LAMBDA = {
    *((name, "sqs:ReceiveMessage", f"sqs:{queue}") for queue, name in CONSUMERS.items()),
    *((name, "sqs:DeleteMessage", f"sqs:{queue}") for queue, name in CONSUMERS.items()),
    *((name, "sqs:GetQueueAttributes", f"sqs:{queue}") for queue, name in CONSUMERS.items()),
}
"""What Lambda needs of a function's role before it calls the function; MiniStack does it as the account's root."""
UNSEEN: Mapping[Grant, str] = {
    ("ingest", "s3:ListBucket", "s3:edge"): "without it S3 answers 403, not 404, for what is not there; MiniStack 404",
    (
        "notify",
        "ses:SendRawEmail",
        "*",
    ): "AWS asks for it when a mail is given whole; MiniStack asks for SendEmail only",
}
"""What only AWS asks for."""


def surplus(granted: set[Grant]) -> set[Grant]:
    """What CDK's grant methods give with what is needed, and nobody asks for."""
    consumed = {(name, queue) for queue, name in CONSUMERS.items()}
    return {
        (name, action, resource)
        for name, action, resource in granted
        if action in ("sqs:GetQueueUrl", "secretsmanager:DescribeSecret")
        or (action == "sqs:ChangeMessageVisibility" and (name, resource) != ("notify", "sqs:deliveries"))
        or (action == "sqs:GetQueueAttributes" and (name, resource.removeprefix("sqs:")) not in consumed)
    }


def logs(granted: set[Grant]) -> set[Grant]:
    """What Lambda writes a function's log with."""
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    return {(name, action, f"logs:{name}:*") for name, _, _ in granted for action in actions}


@pytest.fixture(scope="module")
def workshop(stack: Stack) -> Generator[Workshop]:
    """The stack with nobody at work but the test."""
    set_second_step(stack, HELD_SECONDS, HELD_SECONDS)
    opened = Workshop(stack)
    try:
        with opened.quiet():
            yield opened
    finally:
        set_second_step(stack, FAR_SECONDS)


def test_every_grant_is_known_and_every_need_is_granted(workshop: Workshop) -> None:
    granted = workshop.granted()
    known = {*NEEDED, *NAMED_OTHERWISE, *BY_LAMBDA, *UNSEEN}
    assert granted - surplus(granted) - logs(granted) == known


@pytest.mark.parametrize("grant", NEEDED, ids="-".join)
def test_without_one_grant_what_needs_it_is_refused(workshop: Workshop, grant: Grant) -> None:
    need = NEEDED[grant]
    beside = set() if need.beside is None else {need.beside}
    with workshop.without(beside):
        assert need.refused not in workshop.told(lambda: need.call(workshop))
    names = {real for real, asked in NAMED_OTHERWISE.items() if asked == grant}
    with workshop.without({grant, *names, *beside}):
        if need.fresh is not None:
            workshop.renew(need.fresh)
        assert need.refused in workshop.told(lambda: need.call(workshop))


def test_what_is_needed_is_enough(workshop: Workshop) -> None:
    calls = [need.call for need in NEEDED.values() if need.beside is None]
    with workshop.without(workshop.granted() - NEEDED.keys()):
        for name in {need.fresh for need in NEEDED.values() if need.fresh is not None}:
            workshop.renew(name)
        told = workshop.told(lambda: [call(workshop) for call in calls])
    assert [sign for sign in {"AccessDenied", *(need.refused for need in NEEDED.values())} if sign in told] == []
