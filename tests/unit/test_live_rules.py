"""What watchers are told of: a permission for every topic, and more than can be named told by its kind."""

from dataclasses import replace
from uuid import UUID, uuid4

from tocsin.domain.live import ALL, MOST_CHANGES, NEEDS, OF_SUBJECTS, Change, Topic, merged, readable
from tocsin.domain.permission import Role, allows

ORG = UUID(int=1)


def as_all(change: Change) -> Change:
    return replace(change, id=ALL)


def kind_of(change: Change) -> object:
    return change.topic, change.kind


def test_every_topic_needs_a_permission_to_read() -> None:
    assert NEEDS.keys() == set(Topic)
    assert all(permission.is_read for permission in NEEDS.values())
    assert set(OF_SUBJECTS.values()) == set(Topic)


def test_every_role_reads_every_topic_and_who_reads_nothing_is_told_of_none() -> None:
    for role in Role:
        assert readable(lambda permission, role=role: allows(role, permission)) == list(Topic)
    assert readable(lambda _: False) == []
    assert readable(lambda permission: permission is NEEDS[Topic.MONITORS]) == [Topic.MONITORS]


def test_changes_are_named_one_by_one_until_they_are_too_many() -> None:
    some = [Change(ORG, Topic.INCIDENTS, "incident", str(uuid4())) for _ in range(MOST_CHANGES)]
    assert merged(some, kind_of, as_all) == some
    many = [*some, Change(ORG, Topic.MONITORS, "monitor", "1"), Change(ORG, Topic.MONITORS, "check_result", "1")]
    assert merged(many, kind_of, as_all) == [
        Change(ORG, Topic.INCIDENTS, "incident", ALL),
        Change(ORG, Topic.MONITORS, "monitor", ALL),
        Change(ORG, Topic.MONITORS, "check_result", ALL),
    ]
