"""Instants that callers give: in UTC, and with a local time in every zone."""

import pytest
from pydantic import TypeAdapter, ValidationError

from tocsin.contracts.message import GivenInstant, Instant


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_that_no_utc_has_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match="between the years 1 and 9999 in UTC"):
        TypeAdapter[object](Instant).validate_python(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "9000-01-01T00:00:00Z"])
def test_a_given_instant_has_a_local_time_everywhere(text: str) -> None:
    assert TypeAdapter[object](Instant).validate_python(text)
    with pytest.raises(ValidationError, match="between the years 1900 and 9000"):
        TypeAdapter[object](GivenInstant).validate_python(text)
