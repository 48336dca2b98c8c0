"""Calibration: what is read of the machine, and probes that count what they did."""

from pathlib import Path

import pytest

from bench import calibration

CPUINFO = """processor\t: 0
vendor_id\t: AuthenticAMD
model name\t: AMD EPYC 7R13: Processor
processor\t: 1
model name\t: AMD EPYC 7R13: Processor
"""


def test_the_processor_is_named_as_the_kernel_names_it() -> None:
    assert calibration.cpu_model(CPUINFO) == "AMD EPYC 7R13: Processor"


def test_a_processor_without_a_name_is_known_by_its_architecture() -> None:
    assert calibration.cpu_model("processor\t: 0\nBogoMIPS\t: 50.00\n") == calibration.platform.machine()


@pytest.mark.parametrize("probe", [calibration.python_loops, calibration.sha256_megabytes])
def test_a_probe_does_at_least_one_piece_of_work_however_short_its_time(probe) -> None:
    assert probe(1e-9) > 0


def test_a_durable_write_takes_its_time_and_leaves_nothing(tmp_path: Path) -> None:
    assert calibration.fsync_milliseconds(tmp_path, syncs=3) > 0
    assert list(tmp_path.iterdir()) == []


def test_every_request_of_an_echo_comes_back() -> None:
    assert calibration.echoes(seconds=0.5) >= calibration.ECHOERS
