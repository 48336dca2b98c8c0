"""docs/cli.md and the command say the same."""

import re
import shlex

import typer
from typer.testing import CliRunner

from cli import session
from cli.failures import ExitCode
from cli.main import app
from tests.repository.tree import ROOT

TEXT = (ROOT / "docs" / "cli.md").read_text()
LINE = re.compile(r"^(?:[A-Z_]+=\S+ )?tocsin (.+?)(?: #.*)?$", re.MULTILINE)


def commands() -> dict[tuple[str, ...], set[str]]:
    """Each command with the options it takes."""
    found: dict[tuple[str, ...], set[str]] = {}
    top = typer.main.get_command(app)
    todo = [((), top)]
    while todo:
        path, command = todo.pop()
        inner = getattr(command, "commands", {})
        todo += [((*path, name), child) for name, child in inner.items()]
        if not inner or not path:
            found[path] = {o for parameter in command.params for o in (*parameter.opts, *parameter.secondary_opts)}
    return found


def documented() -> list[list[str]]:
    """The command lines of docs/cli.md, without the command's own name."""
    blocks = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    return [shlex.split(line.partition(" > ")[0]) for block in blocks for line in LINE.findall(block)]


def path_of(words: list[str]) -> tuple[str, ...]:
    known = commands()
    return next(tuple(words[:length]) for length in (2, 1, 0) if tuple(words[:length]) in known)


def test_every_documented_command_takes_what_it_is_given() -> None:
    known = commands()
    assert len(documented()) > 25
    for words in documented():
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert options <= known[path_of(words)], words


def test_every_command_is_documented() -> None:
    told = {path_of(words) for words in documented()}
    for path in set(commands()) - told - {()}:
        assert f"`{path[0]}`" in TEXT or f"`tocsin {' '.join(path)}`" in TEXT, path


def test_every_command_that_speaks_to_the_api_has_the_common_options() -> None:
    for path, options in commands().items():
        if path not in {(), ("version",), ("doctor",)}:
            assert {"--org", "--url", "--profile", "--json"} <= options, path
    assert set(session.COMMON) == {"org", "url", "profile", "as_json"}


def test_every_exit_code_is_documented() -> None:
    told = {int(code) for code in re.findall(r"^\| ([0-9]) \|", TEXT, re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}


def test_every_command_has_help() -> None:
    for path in commands():
        ended = CliRunner().invoke(app, [*path, "--help"])
        assert ended.exit_code == 0
        assert "Usage: tocsin" in ended.stdout
