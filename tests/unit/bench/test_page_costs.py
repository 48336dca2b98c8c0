"""What a public page costs by the month: lines that can be worked out by hand."""

import pytest

from bench import page_costs

IDLE = {"seconds": 0.0, "cpu": 0.0, "PUT": 0, "GET": 0, "LIST": 0, "DELETE": 0, "bytes": 0}


def steps(**minute: float) -> page_costs.Steps:
    return {"minute": {**IDLE, **minute}, "refresh": IDLE, "change": IDLE}


def test_a_write_a_minute_is_what_four_minutes_of_five_write() -> None:
    bill = page_costs.monthly({"minute": {**IDLE, "PUT": 1}, "refresh": {**IDLE, "PUT": 3}, "change": IDLE})
    minutes = 60 * 730
    assert bill["S3 writes"] == pytest.approx(5e-6 * (minutes * 4 / 5 + 3 * minutes / 5))


def test_what_is_mirrored_is_written_again_and_looked_for_there() -> None:
    alone, other = page_costs.monthly(steps()), page_costs.monthly(steps(PUT=1, bytes=2**30))
    count = 60 * 730 * 4 / 5
    assert other["replica: S3"] - alone["replica: S3"] == pytest.approx(count * (5e-6 + 2 * 0.4e-6))
    assert other["replica: transfer"] - alone["replica: transfer"] == pytest.approx(count * 0.02)


def test_a_second_of_cpu_is_billed_as_one_of_a_function_that_has_it_whole() -> None:
    bill = page_costs.monthly(steps(cpu=1))
    assert bill["`publish`"] == pytest.approx(60 * 730 * 4 / 5 * 1769 / 1024 * 0.0000133334)
