"""How bad a page is as a whole: an outage of some is not one of everything."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.status_page import IMPACTS, ComponentStatus, Impact, indicator, worst

OK = ComponentStatus.OPERATIONAL
DEGRADED = ComponentStatus.DEGRADED
PARTIAL = ComponentStatus.PARTIAL_OUTAGE
OUT = ComponentStatus.MAJOR_OUTAGE
AT_WORK = ComponentStatus.MAINTENANCE


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        ([], Impact.NONE),
        ([OK] * 5, Impact.NONE),
        ([OK, AT_WORK], Impact.MAINTENANCE),
        ([AT_WORK, AT_WORK], Impact.MAINTENANCE),
        ([AT_WORK, OK, DEGRADED], Impact.MINOR),
        ([DEGRADED, DEGRADED], Impact.MINOR),
        ([OK, DEGRADED, PARTIAL], Impact.MINOR),
        ([PARTIAL, PARTIAL], Impact.MAJOR),
        ([OK] * 49 + [OUT], Impact.MAJOR),
        ([OUT, PARTIAL], Impact.MAJOR),
        ([OUT, AT_WORK], Impact.MAJOR),
        ([OUT, OUT], Impact.CRITICAL),
        ([DEGRADED], Impact.MINOR),
        ([PARTIAL], Impact.MAJOR),
        ([OUT], Impact.CRITICAL),
    ],
)
def test_a_page_is_blended_from_its_components(components: Sequence[ComponentStatus], expected: Impact) -> None:
    assert indicator(components, []) is expected


@pytest.mark.parametrize(
    ("components", "reports", "expected"),
    [
        ([], [Impact.CRITICAL], Impact.CRITICAL),
        ([OK], [Impact.CRITICAL], Impact.CRITICAL),
        ([OK, OK], [Impact.CRITICAL], Impact.MAJOR),
        ([OK, OK], [Impact.MAJOR, Impact.NONE], Impact.MINOR),
        ([OK, OK], [Impact.MINOR], Impact.MINOR),
        ([OK, OK], [Impact.MAINTENANCE], Impact.MAINTENANCE),
        ([OK, PARTIAL], [Impact.MAJOR], Impact.MINOR),
        ([OUT, OUT], [Impact.MINOR], Impact.CRITICAL),
    ],
)
def test_reports_tell_of_some_of_a_page(
    components: Sequence[ComponentStatus], reports: Sequence[Impact], expected: Impact
) -> None:
    assert indicator(components, reports) is expected


@given(st.lists(st.sampled_from(ComponentStatus)), st.lists(st.sampled_from(Impact)))
def test_a_page_is_never_well_while_anything_is_not(statuses: list[ComponentStatus], impacts: list[Impact]) -> None:
    order = list(Impact)
    found = indicator(statuses, impacts)
    most = worst([*(IMPACTS[status] for status in statuses), *impacts])
    assert order.index(found) <= order.index(most)
    assert order.index(found) >= min(order.index(most), order.index(Impact.MINOR))
    assert found is indicator(statuses[::-1], impacts[::-1])
    if found is Impact.CRITICAL and len(statuses) > 1:
        assert set(statuses) == {OUT}
