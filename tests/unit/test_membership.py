"""Whatever members do to each other, somebody owns the organization, and nobody acts above themselves."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tocsin.domain import membership
from tocsin.domain.permission import RANKS, Role
from tocsin.errors import Conflict, Forbidden

WHO = st.integers(0, 3)
ROLES = st.sampled_from(Role)


class Members(RuleBasedStateMachine):
    """Four who change, remove and leave; who is gone comes back as a viewer."""

    def __init__(self) -> None:
        super().__init__()
        self.roles = {0: Role.OWNER, 1: Role.ADMIN, 2: Role.RESPONDER, 3: Role.VIEWER}

    @property
    def owners(self) -> int:
        return list(self.roles.values()).count(Role.OWNER)

    @rule(by=WHO, whom=WHO, wanted=ROLES)
    def change(self, by: int, whom: int, wanted: Role) -> None:
        if not {by, whom} <= self.roles.keys():
            return
        highest = max(RANKS[self.roles[whom]], RANKS[wanted])
        try:
            membership.check_change(self.roles[by], self.roles[whom], wanted, self.owners)
        except Forbidden:
            assert highest > RANKS[self.roles[by]]
        except Conflict:
            assert self.owners == 1
        else:
            assert highest <= RANKS[self.roles[by]]
            self.roles[whom] = wanted

    @rule(by=WHO, whom=WHO)
    def remove(self, by: int, whom: int) -> None:
        if {by, whom} <= self.roles.keys():
            try:
                membership.check_remove(self.roles[by], self.roles[whom], self.owners)
            except (Forbidden, Conflict):
                return
            del self.roles[whom]

    @rule(who=WHO)
    def leave_or_join(self, who: int) -> None:
        if who not in self.roles:
            self.roles[who] = Role.VIEWER
            return
        try:
            membership.check_leave(self.roles[who], self.owners)
        except Conflict:
            return
        del self.roles[who]

    @invariant()
    def somebody_owns_it(self) -> None:
        assert self.owners >= 1


TestMembers = Members.TestCase
