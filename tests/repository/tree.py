"""The files of this repository, as a checkout has them: what git ignores is left out."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
IGNORED: Final = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()} | {".git"}


def files(*suffixes: str) -> Iterator[Path]:
    """Every file whose name ends in one of `suffixes`; all files without any."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - IGNORED)
        for name in sorted(set(names) - IGNORED):
            if not suffixes or name.endswith(suffixes):
                yield Path(folder, name)


def relative(path: Path) -> str:
    """A path as a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix()
