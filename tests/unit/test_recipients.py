"""Whom the targets of a step reach: everyone who can be, once, and a reason for every target that reaches nobody."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.escalation import PolicyStep, Target, TargetKind, Who
from tocsin.domain.incident import Urgency
from tocsin.domain.recipients import Destination, Directory, Method, OnCall, Person, fallback, reach, reach_in_turn

USERS = [UUID(int=i) for i in range(1, 6)]
TEAMS = [UUID(int=i) for i in range(11, 14)]
MAIL = Method("email", UUID(int=99), "x@x.example")


def user(user_id: UUID) -> Target:
    return Target(TargetKind.USER, str(user_id))


def team(team_id: UUID) -> Target:
    return Target(TargetKind.TEAM, str(team_id))


def step(*targets: Target) -> PolicyStep:
    return PolicyStep(UUID(int=1), timedelta(0), targets)


def person(user_id: UUID, *methods: Method) -> Person:
    return Person(user_id, f"user {user_id.int}", methods)


targets = st.one_of(
    st.sampled_from(USERS).map(user),
    st.sampled_from(TEAMS).map(team),
    st.sampled_from(["a@x.example", "A@X.example", "b@x.example"]).map(lambda a: Target(TargetKind.EMAIL, a)),
)
directories = st.builds(
    Directory,
    st.dictionaries(st.sampled_from(USERS), st.booleans()).map(
        lambda found: {u: person(u, *([MAIL] if reachable else [])) for u, reachable in found.items()}
    ),
    st.dictionaries(st.sampled_from(TEAMS), st.lists(st.sampled_from(USERS), unique=True).map(tuple)),
)


def names(target: Target, directory: Directory) -> set[str]:
    """Whom one target reaches, told plainly."""
    if target.kind is TargetKind.EMAIL:
        return {f"email:{target.value.lower()}"}
    wanted = [UUID(target.value)] if target.kind is TargetKind.USER else directory.teams.get(UUID(target.value), ())
    return {f"user:{u}" for u in wanted if u in directory.people and directory.people[u].methods}


@given(st.lists(targets, max_size=8), directories)
def test_everyone_who_can_be_reached_is_listed_once(wanted: list[Target], directory: Directory) -> None:
    found = reach(step(*wanted), directory, Urgency.HIGH)
    listed = [r.target for r in found.recipients]
    assert len(listed) == len(set(listed))
    assert set(listed) == set().union(*[names(t, directory) for t in wanted])
    assert all(r.methods for r in found.recipients)


@given(st.lists(targets, max_size=8), directories)
def test_every_target_that_reaches_nobody_says_why(wanted: list[Target], directory: Directory) -> None:
    found = reach(step(*wanted), directory, Urgency.HIGH)
    assert [t for t, _ in found.unreachable] == [t for t in wanted if not names(t, directory)]
    assert all(reason for _, reason in found.unreachable)


def test_the_reasons() -> None:
    gone, mute, empty, lost = user(USERS[0]), user(USERS[1]), team(TEAMS[0]), team(TEAMS[1])
    directory = Directory({USERS[1]: person(USERS[1])}, {TEAMS[0]: ()})
    assert dict(reach(step(gone, mute, empty, lost), directory, Urgency.HIGH).unreachable) == {
        gone: "the user is no longer a member",
        mute: "the user has no contact method",
        empty: "the team has no members",
        lost: "the team no longer exists or has no members",
    }


def test_a_team_with_one_reachable_member_is_reached() -> None:
    directory = Directory({USERS[0]: person(USERS[0]), USERS[1]: person(USERS[1], MAIL)}, {TEAMS[0]: tuple(USERS[:3])})
    found = reach(step(team(TEAMS[0])), directory, Urgency.HIGH)
    assert [r.target for r in found.recipients] == [f"user:{USERS[1]}"]
    assert found.unreachable == ()


def test_an_address_keeps_its_spelling_and_is_one_however_spelt() -> None:
    spelt = [Target(TargetKind.EMAIL, a) for a in ("Ops@X.example", "ops@x.example")]
    (recipient,) = reach(step(*spelt), Directory(), Urgency.HIGH).recipients
    assert (recipient.target, recipient.methods[0].address) == ("email:ops@x.example", "Ops@X.example")


def test_the_fallback_contact_has_a_mail_address() -> None:
    found = fallback("boss@x.example")
    assert (found.target, found.methods) == ("fallback", (Method("email", address="boss@x.example"),))


def test_a_schedule_reaches_who_is_on_call_now_or_next_and_says_by_which_turn() -> None:
    rota, empty, gone = (UUID(int=i) for i in (21, 22, 23))
    now, following = OnCall("Rota", (USERS[0],), (USERS[1],), "layer days", "layer days"), OnCall("Empty")
    people = {u: person(u, MAIL) for u in USERS[:2]}
    directory = Directory(people, schedules={rota: now, empty: following})
    targets = [Target(TargetKind.SCHEDULE, str(i), who) for i in (rota, empty, gone) for who in Who]
    found = reach(step(*targets), directory, Urgency.HIGH)
    assert [(r.target, r.via) for r in found.recipients] == [
        (f"user:{USERS[0]}", "on call in Rota: layer days"),
        (f"user:{USERS[1]}", "next on call in Rota: layer days"),
    ]
    assert [reason for _, reason in found.unreachable] == [
        "nobody is on call in Empty: ",
        "nobody is next on call in Empty: ",
        "the schedule no longer exists",
        "the schedule no longer exists",
    ]


def test_a_destination_is_reached_by_its_channel_while_it_is_on() -> None:
    on, off, gone = (UUID(int=i) for i in (31, 32, 33))
    rooms = {on: Destination(on, "ops", "slack", "sealed"), off: Destination(off, "old", "webhook", "x", "http_410")}
    targets = [Target(TargetKind.DESTINATION, str(i)) for i in (on, off, gone)]
    found = reach(step(*targets), Directory(destinations=rooms), Urgency.LOW)
    (recipient,) = found.recipients
    assert (recipient.target, recipient.name) == (f"destination:{on}", "ops")
    assert recipient.methods == (Method("slack", sealed="sealed", destination_id=on),)
    assert [reason for _, reason in found.unreachable] == [
        "the destination old is switched off: http_410",
        "the destination no longer exists",
    ]


@given(st.lists(st.sampled_from(USERS), min_size=1, unique=True), directories, st.integers(0, 9))
def test_of_a_step_in_turn_the_first_from_its_turn_on_that_can_be_reached_is(
    wanted: list[UUID], directory: Directory, turn: int
) -> None:
    found = reach_in_turn(step(*map(user, wanted)), directory, Urgency.HIGH, turn)
    order = [wanted[(turn + i) % len(wanted)] for i in range(len(wanted))]
    reachable = [f"user:{u}" for u in order if names(user(u), directory)]
    assert [r.target for r in found.recipients] == reachable[:1]
    passed = order if not reachable else order[: order.index(UUID(reachable[0].removeprefix("user:")))]
    assert [t.value for t, _ in found.unreachable] == [str(u) for u in passed]
