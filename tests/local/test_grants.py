"""Least privilege on the deployed whole: every grant of every function is needed, and what needs it fails without it.

MiniStack evaluates the roles' policies at each call (`AUTH=true`), so a function that asks for what it was not granted
is refused here as in AWS.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import pytest

from infra.stages import LOCAL_API_IDS
from local.machine import REGIONS
from tests.support.grants import HELD_SECONDS, Grant, Regions, Workshop
from tests.support.live_grants import LiveWork
from tests.support.page_grants import AWAY as REPLICA
from tests.support.page_grants import PageWork
from tests.support.probe_grants import Probes
from tests.support.stack import FAR_SECONDS, Stack, set_second_step

pytestmark = pytest.mark.xdist_group("stack")

type Call = Callable[[Workshop], object]


@dataclass(frozen=True, slots=True)
class Need:
    """What a grant is for: a call that needs it, and what is told when it is refused.

    `fresh` is a function whose processes read something once, or know by now that they can't; `beside` is taken away
    with it, as another way round it.
    """

    call: Call
    refused: str = "AccessDenied"
    fresh: str | None = None
    beside: Grant | None = None


HOME, *AWAY = REGIONS
CHECK = f"check-{HOME}"
"""Of the regions' functions, whose roles differ in names alone, the one at home."""
CONSUMERS: Mapping[str, str] = {
    "events": "process",
    "results": "verdict",
    "copies": "mirror",
    f"commands-{HOME}": CHECK,
    "escalations": "escalate",
    "deliveries": "notify",
    "mails": "notify",
    "outcomes": "record",
    "sweeps": "sweep",
    "publications": "publish",
    "pushes": "push",
    "hints": "live",
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
    ("sweep", "sweeps"): Workshop.sweep,
    ("sweep", "publications"): Workshop.sweep,
    ("ingest", "results"): Workshop.ping,
    (CHECK, "results"): lambda w: Regions(w).check(),
    **{("mirror", f"commands-{region}"): lambda w: Regions(w).command() for region in REGIONS},
    ("api", "events"): Workshop.try_an_integration,
    ("api", "deliveries"): Workshop.reassign,
    ("api", "escalations"): Workshop.reassign,
    ("api", "mails"): Workshop.invite,
    ("api", "publications"): Workshop.revoke_a_key,
    ("notify", "outcomes"): lambda w: w.call("notify", {"Records": [w.page()]}),
    ("sweep", "results"): lambda w: Probes(w).sweep_with_a_heartbeat(),
    ("verdict", "deliveries"): lambda w: Probes(w).go_down(),
    ("verdict", "escalations"): lambda w: Probes(w).go_down(),
    ("verdict", "mails"): lambda w: PageWork(w).hear_a_wish(),
    ("verdict", "publications"): lambda w: PageWork(w).break_what_is_shown(),
    ("publish", "publications"): lambda w: PageWork(w).publish_in_no_time(),
    ("enroll", "publications"): lambda w: Probes(w).enrol_anew(),
    ("health", "pings"): lambda w: w.call("health", {"ping": "granted"}),
    **{
        (name, "hints" if waits else "pushes"): lambda w, name=name, waits=waits: getattr(LiveWork(w, waits), name)()
        for name in ("process", "verdict", "escalate", "record", "sweep", "api")
        for waits in (False, True)
    },
    ("live", "pushes"): lambda w: LiveWork(w).live(),
    ("push", "hints"): lambda w: LiveWork(w).push(),
}
REFUSED = "(AccessDenied) when calling the {} operation"
LOOK_REFUSED = "(403) when calling the HeadObject operation"
"""An answer to HEAD has no words."""
OF_PAGES: Mapping[Grant, Need] = {
    **{
        ("publish", f"s3:{operation}", f"s3:pages/{prefix}/*"): Need(lambda w: PageWork(w).publish(), refused)
        for prefix, operation, refused in (
            ("manifests", "GetObject", REFUSED.format("GetObject")),
            ("manifests", "PutObject", REFUSED.format("PutObject")),
            ("pages", "PutObject", REFUSED.format("PutObject")),
            ("pages", "GetObject", LOOK_REFUSED),
        )
    },
    ("publish", "s3:PutObject", "s3:pages/assets/*"): Need(
        lambda w: PageWork(w).publish(), REFUSED.format("PutObject"), fresh="publish"
    ),
    **{
        ("publish", "s3:DeleteObject", f"s3:pages/{prefix}/*"): Need(
            lambda w: PageWork(w).take_off(), REFUSED.format("DeleteObject")
        )
        for prefix in ("pages", "manifests")
    },
    ("publish", "s3:ListBucket", "s3:pages"): Need(lambda w: PageWork(w).take_off(), REFUSED.format("ListObjectsV2")),
    **{
        ("mirror", "s3:GetObject", f"s3:pages/{prefix}/*"): Need(
            lambda w, key=f"{prefix}/granted": PageWork(w).carry(key), REFUSED.format("GetObject")
        )
        for prefix in ("pages", "assets")
    },
    **{
        ("mirror", f"s3:{operation}", f"s3:pages-{REPLICA}/{prefix}/*"): Need(
            lambda w, key=f"{prefix}/granted", carry=carry: carry(PageWork(w), key), refused
        )
        for prefix in ("pages", "assets")
        for operation, carry, refused in (
            ("GetObject", PageWork.carry, LOOK_REFUSED),
            ("PutObject", PageWork.carry, REFUSED.format("PutObject")),
            ("DeleteObject", PageWork.carry_a_deletion, REFUSED.format("DeleteObject")),
        )
    },
}
"""Of status pages: who writes them, and who carries them to their replica."""
OF_SOCKETS: Mapping[Grant, Need] = {
    (
        "push",
        "execute-api:ManageConnections",
        f"execute-api:{LOCAL_API_IDS['live']}/live/{method}/@connections/*",
    ): Need(call, f"when calling the {operation}Connection operation")
    for method, operation, call in (
        ("POST", "PostTo", lambda w: LiveWork(w).push()),
        ("DELETE", "Delete", lambda w: LiveWork(w).close()),
    )
}
"""Of those who watch."""
INVOKE: Grant = ("notify", "lambda:InvokeFunction", "lambda:claim")
NEEDED: Mapping[Grant, Need] = {
    **OF_PAGES,
    **OF_SOCKETS,
    **{
        (name, "sqs:SendMessageBatch", f"sqs:{queue}"): Need(
            call, f"tocsin-local-{queue}: An error occurred (AccessDenied)"
        )
        for (name, queue), call in SENDERS.items()
    },
    ("ingest", "secretsmanager:GetSecretValue", "secretsmanager:mac-keys"): Need(
        lambda w: w.stack.event("trigger", "granted"), fresh="ingest"
    ),
    ("ingest", "secretsmanager:GetSecretValue", "secretsmanager:seal-public-key"): Need(
        lambda w: PageWork(w).subscribe(), fresh="ingest"
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
    ("publish", "s3:PutObject", "s3:edge/edge/*"): Need(Workshop.publish_a_revocation),
    ("publish", "s3:GetObject", "s3:edge/edge/*"): Need(
        lambda w: w.consume("publish", {"document": "edge_state"}), REFUSED.format("GetObject")
    ),
    ("publish", "s3:PutObject", "s3:edge/checks/*"): Need(lambda w: Regions(w).publish(), REFUSED.format("PutObject")),
    ("publish", "s3:GetObject", "s3:edge/checks/*"): Need(lambda w: Regions(w).publish(), REFUSED.format("GetObject")),
    ("publish", "s3:PutObject", "s3:edge/commands/*"): Need(
        lambda w: Regions(w).publish_a_run(), REFUSED.format("PutObject")
    ),
    ("mirror", "s3:GetObject", "s3:edge/checks/*"): Need(lambda w: Regions(w).carry(HOME), REFUSED.format("GetObject")),
    ("mirror", "s3:GetObject", "s3:edge/commands/*"): Need(lambda w: Regions(w).command(), REFUSED.format("GetObject")),
    **{
        ("mirror", f"s3:{operation}", f"s3:checks-{region}/checks/*"): Need(
            lambda w, region=region: Regions(w).carry(region), REFUSED.format(operation)
        )
        for region in REGIONS
        for operation in ("GetObject", "PutObject")
    },
    (CHECK, "s3:GetObject", f"s3:checks-{HOME}/checks/*"): Need(
        lambda w: Regions(w).check(), REFUSED.format("GetObject")
    ),
    (CHECK, "s3:ListBucket", f"s3:checks-{HOME}"): Need(lambda w: Regions(w).check(), REFUSED.format("ListObjectsV2")),
    (CHECK, "s3:PutObject", f"s3:checks-{HOME}/buffer/*"): Need(
        lambda w: Regions(w).check(), REFUSED.format("PutObject"), beside=(CHECK, "sqs:SendMessageBatch", "sqs:results")
    ),
    **{
        (CHECK, f"s3:{operation}", f"s3:checks-{HOME}/buffer/*"): Need(
            lambda w: Regions(w).check_with_something_waiting(), REFUSED.format(operation)
        )
        for operation in ("GetObject", "DeleteObject")
    },
    ("enroll", "secretsmanager:GetSecretValue", "secretsmanager:probe-authority"): Need(
        lambda w: Probes(w).enrol(), fresh="enroll"
    ),
    ("ingest", "s3:GetObject", "s3:edge/checks/private/*"): Need(
        lambda w: Probes(w).read_config(), REFUSED.format("GetObject"), fresh="ingest"
    ),
    ("ingest", "s3:GetObject", "s3:edge/probes/commands/*"): Need(
        lambda w: Probes(w).read_commands(), REFUSED.format("GetObject"), fresh="ingest"
    ),
    ("ingest", "s3:ListBucket", "s3:edge"): Need(
        lambda w: Probes(w).read_commands(), REFUSED.format("ListObjectsV2"), fresh="ingest"
    ),
    ("publish", "s3:PutObject", "s3:edge/probes/commands/*"): Need(
        lambda w: Probes(w).publish_a_run(), REFUSED.format("PutObject")
    ),
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
NOT_FOUND = "without it S3 answers 403, not 404, for what is not there; MiniStack 404"
UNSEEN: Mapping[Grant, str] = {
    ("publish", "s3:ListBucket", "s3:edge"): NOT_FOUND,
    ("mirror", "s3:ListBucket", "s3:edge"): NOT_FOUND,
    **{("mirror", "s3:ListBucket", f"s3:checks-{region}"): NOT_FOUND for region in REGIONS},
    **{("mirror", "s3:ListBucket", f"s3:{bucket}"): NOT_FOUND for bucket in ("pages", f"pages-{REPLICA}")},
    (
        "notify",
        "ses:SendRawEmail",
        "*",
    ): "AWS asks for it when a mail is given whole; MiniStack asks for SendEmail only",
}
"""What only AWS asks for."""
ELSEWHERE: Mapping[Grant, str] = {
    **{
        (CHECK, action, f"sqs:commands-{region}"): "used where a site is broken, and its region asks the others"
        for region in AWAY
        for action in ("sqs:SendMessage", "sqs:SendMessageBatch")
    },
}
"""What is known, and not taken away here: it takes a minute of checks, of which one fails."""


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
    known = {*NEEDED, *NAMED_OTHERWISE, *BY_LAMBDA, *UNSEEN, *ELSEWHERE}
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
    with workshop.without(workshop.granted() - NEEDED.keys() - ELSEWHERE.keys()):
        for name in {need.fresh for need in NEEDED.values() if need.fresh is not None}:
            workshop.renew(name)
        told = workshop.told(lambda: [call(workshop) for call in calls])
    assert [sign for sign in {"AccessDenied", *(need.refused for need in NEEDED.values())} if sign in told] == []
