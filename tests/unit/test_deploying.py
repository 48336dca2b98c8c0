"""The manual of deploying names every input there is, and no other."""

import re
from pathlib import Path

from infra.inputs import MEANINGS
from infra.stages import STAGES

TEXT = (Path(__file__).parents[2] / "docs/deploying.md").read_text()


def test_every_input_is_in_the_table() -> None:
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    for_operators = {name for name, meaning in MEANINGS.items() if not meaning.startswith("(local)")}
    assert told == for_operators


def test_every_stage_in_aws_is_told_of() -> None:
    assert {name for name in STAGES if f"`{name}`" in TEXT} == set(STAGES) - {"local"}
