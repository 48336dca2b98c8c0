"""Files of one person: replaced as a whole, and never open to anybody else."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

import typer

from cli.failures import Failure, NotSignedIn

OTHERS: Final = 0o077


def folder() -> Path:
    """Where the command keeps its files: TOCSIN_CONFIG_DIR, or the system's place for settings."""
    named = os.environ.get("TOCSIN_CONFIG_DIR")
    return Path(named) if named else Path(typer.get_app_dir("tocsin"))


def read(name: str) -> str | None:
    """The text of a file in the folder, None when there is none; raises Failure when others could have read it."""
    path = folder() / name
    try:
        if os.name == "posix" and path.stat().st_mode & OTHERS:
            raise NotSignedIn(f"{path} can be read by others, so what it holds may be known to them: delete it.")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} can't be read: {error}") from error


def write(name: str, text: str) -> None:
    """Replace a file in the folder: whoever reads it sees the old text or the new, and only its owner reads it."""
    path = folder() / name
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes it 0600 from its first byte on
        descriptor, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise Failure(f"{path} can't be written: {error}") from error


def remove(name: str) -> None:
    """Delete a file in the folder, if there is one."""
    (folder() / name).unlink(missing_ok=True)
