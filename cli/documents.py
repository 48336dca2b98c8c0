"""Documents that commands are given as files: JSON, from a file or from standard input."""

import json
import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from cli.api import Json
from cli.failures import Usage

Given = Annotated[str, typer.Option("--file", "-f", metavar="FILE", help="A JSON document; - for standard input.")]


def read(name: str) -> Json:
    """The object in a file; raises Usage."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        found: object = json.loads(text)
    except OSError as error:
        raise Usage(f"{name} can't be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise Usage(f"{name} holds no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise Usage(f"{name} must hold a JSON object.")
    return cast("Json", found)
