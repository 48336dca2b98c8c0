"""Documents that commands are given as files: JSON, or YAML where that is said, from a file or from standard input."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast

import typer
import yaml

from cli.api import Json
from cli.failures import Usage

Given = Annotated[str, typer.Option("--file", "-f", metavar="FILE", help="A JSON document; - for standard input.")]


def read(name: str) -> Json:
    """The object in a file of JSON; raises Usage."""
    return _read(name, json.loads, "JSON")


def read_yaml(name: str) -> Json:
    """The object in a file of YAML, of which JSON is a part; raises Usage."""
    return _read(name, yaml.safe_load, "YAML")


def as_yaml(document: Json) -> str:
    """An object as YAML, its fields in the order they have."""
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


def _read(name: str, parse: Callable[[str], Any], kind: str) -> Json:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        found: object = parse(text)
    except OSError as error:
        raise Usage(f"{name} can't be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise Usage(f"{name} holds no {kind}: {' '.join(str(error).split())}.") from error
    if not isinstance(found, dict):
        raise Usage(f"{name} must hold a {kind} object.")
    return cast("Json", found)
