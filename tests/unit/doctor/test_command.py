"""`tocsin doctor` as a script sees it: what it prints and how it ends."""

import tomllib
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app
from tests.unit.doctor.conftest import REGION, Account
from tocsin import __version__

ASKED = ["doctor", "--stage", "small", "--region", REGION]


def test_version() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]
    assert CliRunner().invoke(app, ["version"]).stdout == f"{__version__}\n"
    assert __version__ == project["version"]


def test_where_nothing_is_deployed_it_ends_with_2_and_says_what_to_do(account: Account) -> None:
    ended = CliRunner().invoke(app, ASKED)
    assert account.deployment.identity
    assert ended.exit_code == 2
    assert "no stack is called tocsin-small-application" in ended.stderr


def test_a_stage_must_be_given() -> None:
    ended = CliRunner().invoke(app, ["doctor"])
    assert ended.exit_code == 2
    assert "--stage" in ended.stderr
