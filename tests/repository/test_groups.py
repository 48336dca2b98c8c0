"""Tests that share something costly are marked as a group, and a group runs in one process."""

import pytest

from tests.repository.tree import ROOT

MEMBER = """
import os, pathlib, pytest

@pytest.mark.xdist_group("shared")
@pytest.mark.parametrize("number", range(8))
def test_it(number):
    pathlib.Path(f"{number}-{os.getpid()}").touch()
"""


def test_a_group_runs_in_one_process(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_members=MEMBER)
    settings = ("-c", ROOT / "pyproject.toml", "--rootdir", pytester.path)
    result = pytester.runpytest_inprocess(*settings, "-n", "2", "--dist", "loadgroup", ".")
    assert result.ret == 0, str(result.stdout)
    ran = [path.name.split("-") for path in pytester.path.iterdir() if "-" in path.name]
    assert {number for number, _ in ran} == set("01234567")
    assert len({process for _, process in ran}) == 1
