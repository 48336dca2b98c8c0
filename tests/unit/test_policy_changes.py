"""What differs between two versions of a policy: enough to make one from the other, and no more than need be."""

from itertools import permutations
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.domain.policy_changes import ChangeKind, Content, changes

steps = st.dictionaries(
    st.integers(1, 6).map(lambda i: UUID(int=i)), st.fixed_dictionaries({"delay": st.integers(0, 2)})
)
contents = st.builds(
    lambda found, order, rounds: Content({i: found[i] for i in sorted(found, key=lambda i: order[i.int])}, rounds),
    steps,
    st.permutations(list(range(7))),
    st.fixed_dictionaries({"rounds": st.integers(1, 2)}),
)


@settings(max_examples=500, deadline=None)
@given(contents, contents)
def test_with_the_changes_the_one_becomes_the_other(before: Content, after: Content) -> None:
    found = changes(before, after)
    order = [i for i in before.steps if i in after.steps]
    moved = [c for c in found if c.kind is ChangeKind.STEP_MOVED]
    order = [i for i in order if i not in {c.step_id for c in moved}]
    put = sorted(
        (c for c in found if c.kind in {ChangeKind.STEP_ADDED, ChangeKind.STEP_MOVED}), key=lambda c: c.position
    )
    for change in put:
        order.insert(change.position, change.step_id)
    assert order == list(after.steps)
    changed = {c.step_id for c in found if c.kind is ChangeKind.STEP_CHANGED}
    assert changed == {i for i in before.steps if i in after.steps and before.steps[i] != after.steps[i]}
    assert any(c.kind is ChangeKind.POLICY_CHANGED for c in found) == (before.policy != after.policy)


@settings(max_examples=300, deadline=None)
@given(contents)
def test_nothing_differs_from_itself(found: Content) -> None:
    assert changes(found, found) == []


def test_as_few_as_possible_are_moved() -> None:
    ids = [UUID(int=i) for i in range(5)]
    before = Content({i: {} for i in ids}, {})
    for order in permutations(ids):
        moved = [c for c in changes(before, Content({i: {} for i in order}, {})) if c.kind is ChangeKind.STEP_MOVED]
        longest = max(
            sum(mask >> n & 1 for n in range(5))
            for mask in range(32)
            if (kept := [i for n, i in enumerate(order) if mask >> n & 1]) == sorted(kept)
        )
        assert len(moved) == 5 - longest


def test_changes_in_words() -> None:
    a, b, c = (UUID(int=i) for i in range(3))
    before = Content({a: {"delay": 1}, b: {"delay": 1}}, {"rounds": 1})
    after = Content({c: {"delay": 1}, b: {"delay": 2}}, {"rounds": 2})
    assert [change.text for change in changes(before, after)] == [
        "step 1 was removed",
        "step 1 was added",
        "of step 2 delay changed",
        "of the policy rounds changed",
    ]
    (moved,) = changes(Content({a: {}, b: {}}, {}), Content({b: {}, a: {}}, {}))
    assert moved.text.startswith("a step was moved to place ")
