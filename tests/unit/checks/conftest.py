"""What tests of checks share: an authority, and a place to check from."""

from pathlib import Path

import pytest

from tests.support.checked import Authority, authority
from tocsin.checks.reach import Reach


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The authority that checks trust."""
    folder: Path = tmp_path_factory.mktemp("authority")
    return authority(folder)


@pytest.fixture(scope="session")
def reach(trusted: Authority) -> Reach:
    """A place that trusts it."""
    return trusted.reach()
