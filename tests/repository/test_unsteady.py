"""A test that fails and then passes is named, and few may; tests/support/unsteady.py sees to it."""

import pytest

from tests.repository.tree import ROOT

ONCE_IN_TWO = """
import pytest
tried = []
@pytest.mark.parametrize("number", range({tests}))
def test_it(number):
    tried.append(number)
    assert tried.count(number) > {failures}
"""


def run(pytester: pytest.Pytester, *options: str, tests: int = 1, failures: int = 1) -> pytest.RunResult:
    """Run tests that fail so many times before they pass, with this project's settings."""
    pytester.makepyfile(test_subject=ONCE_IN_TWO.format(tests=tests, failures=failures))
    return pytester.runpytest_inprocess("-c", ROOT / "pyproject.toml", "--rootdir", pytester.path, *options, ".")


@pytest.mark.parametrize("workers", ["0", "1"])
def test_what_passes_at_its_second_try_is_named_with_why_it_failed(pytester: pytest.Pytester, workers: str) -> None:
    result = run(pytester, "--reruns", "1", "--rerun-show-tracebacks", "-n", workers)
    assert result.ret == 0, str(result.stdout)
    result.stdout.fnmatch_lines(
        ["*assert 1 > 1*", "*unsteady, to be mended*", "test_subject.py::test_it?0?", "*1 rerun*"]
    )


def test_what_fails_twice_fails_the_run(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--reruns", "1", failures=2)
    assert result.ret == 1, str(result.stdout)
    assert "unsteady" not in str(result.stdout)


def test_many_that_pass_at_their_second_try_fail_the_run(pytester: pytest.Pytester) -> None:
    assert run(pytester, "--reruns", "1", tests=3).ret == 0
    result = run(pytester, "--reruns", "1", tests=4)
    assert result.ret == 1, str(result.stdout)


def test_by_default_there_is_one_try(pytester: pytest.Pytester) -> None:
    assert run(pytester).ret == 1
