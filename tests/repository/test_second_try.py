"""What fails has a second try, in sight and from its beginning, and few may have it: as `make test` runs tests."""

import re
import shlex

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


AS_MAKE_TEST = shlex.split(re.search(r"^ALL := \$\(PYTEST\) (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1])


def run(pytester: pytest.Pytester, *options: str, tests: int = 1, failures: int = 1) -> pytest.RunResult:
    """Run tests that fail so many times before they pass, with this project's settings."""
    pytester.makepyfile(test_subject=ONCE_IN_TWO.format(tests=tests, failures=failures))
    return pytester.runpytest_inprocess("-c", ROOT / "pyproject.toml", "--rootdir", pytester.path, *options, ".")


@pytest.mark.parametrize("workers", ["0", "1"])
def test_what_passes_at_its_second_try_is_named_with_why_it_failed(pytester: pytest.Pytester, workers: str) -> None:
    result = run(pytester, *AS_MAKE_TEST, "-n", workers)
    assert result.ret == 0, str(result.stdout)
    result.stdout.fnmatch_lines(["RERUN test_subject.py::test_it?0?*", "*assert 1 > 1*", "*1 rerun*"])


def test_what_fails_twice_fails_the_run(pytester: pytest.Pytester) -> None:
    assert run(pytester, *AS_MAKE_TEST, failures=2).ret == 1


@pytest.mark.parametrize("workers", ["0", "2"])
def test_many_that_want_a_second_try_fail_the_run(pytester: pytest.Pytester, workers: str) -> None:
    assert run(pytester, *AS_MAKE_TEST, "-n", workers, tests=3).ret == 0
    assert run(pytester, *AS_MAKE_TEST, "-n", workers, tests=4).ret == 1


def test_by_default_there_is_one_try(pytester: pytest.Pytester) -> None:
    assert run(pytester).ret == 1


def test_a_second_try_begins_with_fixtures_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        made = []
        @pytest.fixture(scope="session")
        def server():
            made.append("server")
        @pytest.fixture(scope="module")
        def home(server):
            made.append("home")
            return []
        def test_before(home):
            pass
        def test_it(home):
            home.append("left")
            assert len(home) == 1
            assert made == ["server", "home", "home"]
        def test_after(home):
            assert home == ["left"]
        """
    )
    result = pytester.runpytest_inprocess("-c", ROOT / "pyproject.toml", "--rootdir", pytester.path, *AS_MAKE_TEST, ".")
    assert result.ret == 0, str(result.stdout)
    result.assert_outcomes(passed=3)
