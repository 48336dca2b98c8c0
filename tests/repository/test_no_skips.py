"""A run with a test that did not really run has failed; tests/support/no_skips.py sees to it."""

import pytest

from tests.repository.tree import ROOT

RAN = "def test_it(): pass"
DID_NOT_RUN = {
    "marked": "@pytest.mark.skip\ndef test_it(): pass",
    "on a condition": "@pytest.mark.skipif(True, reason='not here')\ndef test_it(): pass",
    "while running": "def test_it(): pytest.skip('not here')",
    "in a fixture": "@pytest.fixture\ndef thing(): pytest.skip('not here')\ndef test_it(thing): pass",
    "its module": "pytest.importorskip('no_such_module')\ndef test_it(): pass",
    "expected to fail": "@pytest.mark.xfail\ndef test_it(): assert False",
    "failing while running": "def test_it(): pytest.xfail('known')",
    "without parameters": "@pytest.mark.parametrize('thing', [])\ndef test_it(thing): pass",
}


def run(pytester: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    """Run a test file beside one that passes, with this project's settings."""
    pytester.makepyfile(test_passing=RAN, test_subject=f"import pytest\n{body}\n")
    return pytester.runpytest_inprocess("-c", ROOT / "pyproject.toml", "--rootdir", pytester.path, *options, ".")


def test_a_run_of_which_every_test_ran_is_good(pytester: pytest.Pytester) -> None:
    result = run(pytester, RAN)
    assert result.ret == 0, str(result.stdout)
    assert "2 passed" in str(result.stdout)


@pytest.mark.parametrize("body", DID_NOT_RUN.values(), ids=DID_NOT_RUN)
def test_a_test_that_did_not_run_fails_the_run(pytester: pytest.Pytester, body: str) -> None:
    result = run(pytester, body)
    assert result.ret == 1, str(result.stdout)
    assert "which is not allowed here" in str(result.stdout)


def test_it_holds_when_tests_run_in_workers(pytester: pytest.Pytester) -> None:
    result = run(pytester, DID_NOT_RUN["marked"], "-n", "1")
    assert result.ret == 1, str(result.stdout)
