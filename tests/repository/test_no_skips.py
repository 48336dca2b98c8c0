"""A run with a test that did not really run has failed; tests/support/no_skips.py sees to it."""

import subprocess
import sys
from pathlib import Path

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


def run(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a test file beside one that passes, with this project's settings."""
    (folder / "test_passing.py").write_text(RAN)
    (folder / "test_subject.py").write_text(f"import pytest\n{body}\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "--rootdir", folder, *options, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_run_of_which_every_test_ran_is_good(tmp_path: Path) -> None:
    result = run(tmp_path, RAN)
    assert result.returncode == 0, result.stdout
    assert "2 passed" in result.stdout


@pytest.mark.parametrize("body", DID_NOT_RUN.values(), ids=DID_NOT_RUN)
def test_a_test_that_did_not_run_fails_the_run(tmp_path: Path, body: str) -> None:
    result = run(tmp_path, body)
    assert result.returncode == 1, result.stdout
    assert "which is not allowed here" in result.stdout


def test_it_holds_when_tests_run_in_workers(tmp_path: Path) -> None:
    result = run(tmp_path, DID_NOT_RUN["marked"], "-n", "1")
    assert result.returncode == 1, result.stdout
