"""The delivery report is of today's points: every fault at every point that the registry names, and nothing lost."""

from tests.repository.tree import ROOT
from tests.support.delivery_report import GENERATED, rows_of
from tests.support.doomed import POINTS
from tests.support.faults import FAULTS, registered

REPORT = (ROOT / "docs/delivery-report.md").read_text()


def test_it_holds_every_fault_at_every_point_in_order() -> None:
    assert REPORT.splitlines()[0] == GENERATED
    assert [(fault.lower(), point) for fault, point, _ in rows_of(REPORT)] == [
        (fault.lower(), point) for fault, point in registered()
    ]


def test_nothing_was_lost_and_nothing_repeated_without_a_reason() -> None:
    for fault, point, counts in rows_of(REPORT):
        assert counts["lost"] == 0, (fault, point)
        assert counts["paged"] + counts["refused"] == counts["due"], (fault, point)
        assert counts["repeated"] <= counts["uncertain"] + counts["unclaimed"], (fault, point)


def test_every_point_at_which_a_process_can_be_killed_belongs_to_a_fault() -> None:
    struck = {point for points in FAULTS.values() for point in points}
    assert POINTS.keys() - struck == set()
