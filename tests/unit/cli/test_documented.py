"""docs/cli.md and the command say the same, and no other page gives it what it does not take."""

import re
import shlex
from functools import cache

import typer
from click.testing import CliRunner

from cli import session
from cli.failures import ExitCode
from cli.main import app
from tests.repository.tree import ROOT

TEXT = (ROOT / "docs" / "cli.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINE = re.compile(r"^(?:[A-Z_]+=\S+ )?tocsin (.+?)(?: #.*)?$", re.MULTILINE)


TOP = typer.main.get_command(app)


@cache
def commands() -> dict[tuple[str, ...], set[str]]:
    """Each command with the options it takes."""
    found: dict[tuple[str, ...], set[str]] = {}
    todo = [((), TOP)]
    while todo:
        path, command = todo.pop()
        inner = getattr(command, "commands", {})
        todo += [((*path, name), child) for name, child in inner.items()]
        if not inner or not path:
            found[path] = {o for parameter in command.params for o in (*parameter.opts, *parameter.secondary_opts)}
    return found


def documented(text: str = TEXT) -> list[list[str]]:
    """The command lines of a page, without the command's own name."""
    blocks = [block.replace("\\\n", "") for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]
    return [shlex.split(line.partition(" > ")[0]) for block in blocks for line in LINE.findall(block)]


def path_of(words: list[str]) -> tuple[str, ...]:
    known = commands()
    return next(tuple(words[:length]) for length in (3, 2, 1, 0) if tuple(words[:length]) in known)


def test_every_documented_command_takes_what_it_is_given() -> None:
    known = commands()
    lines = [words for page in PAGES for words in documented(page.read_text())]
    assert len(lines) > len(documented()) > 25
    for words in lines:
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        path = path_of(words)
        assert path or len(words) == len(options), words
        assert options <= known[path], words


def test_every_command_is_documented() -> None:
    told = {path_of(words) for words in documented()}
    for path in set(commands()) - told - {()}:
        assert f"`{path[0]}`" in TEXT or f"`tocsin {' '.join(path)}`" in TEXT, path


def test_every_command_that_speaks_to_the_api_has_the_common_options() -> None:
    for path, options in commands().items():
        if path not in {(), ("version",), ("doctor",)} and path[0] != "probe":
            assert {"--org", "--url", "--profile", "--json"} <= options, path
    assert set(session.COMMON) == {"org", "url", "profile", "as_json"}


def test_every_exit_code_is_documented() -> None:
    told = {int(code) for code in re.findall(r"^\| ([0-9]) \|", TEXT, re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}


def test_every_command_has_help() -> None:
    for path in commands():
        ended = CliRunner().invoke(TOP, [*path, "--help"], prog_name="tocsin")
        assert ended.exit_code == 0
        assert "Usage: tocsin" in ended.stdout
