"""Owns a figure: one measured quantity, each of its runs, and what it was to reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal, cast, get_args

type Better = Literal["lower", "higher"]
type Json = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One quantity over several runs; the claim is their median, held against the target inclusively."""

    name: str
    unit: str
    runs: tuple[float, ...]
    target: float | None
    better: Better
    note: str = ""

    def __post_init__(self) -> None:
        if not self.runs:
            raise ValueError(f"{self.name}: a figure needs at least one run")
        if self.better not in get_args(Better.__value__):
            raise ValueError(f"{self.name}: better is 'lower' or 'higher', not {self.better!r}")

    @property
    def median(self) -> float:
        return median(self.runs)

    @property
    def met(self) -> bool | None:
        """Whether the median reached the target; None where there is none."""
        if self.target is None:
            return None
        return self.median <= self.target if self.better == "lower" else self.median >= self.target

    def to_json(self) -> Json:
        return {
            "name": self.name,
            "unit": self.unit,
            "runs": list(self.runs),
            "target": self.target,
            "better": self.better,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Figure":
        """Read what `to_json` wrote; KeyError for a missing field, ValueError for one that cannot be."""
        target = value["target"]
        return cls(
            name=str(value["name"]),
            unit=str(value["unit"]),
            runs=tuple(float(run) for run in value["runs"]),
            target=None if target is None else float(target),
            better=cast("Better", value["better"]),
            note=str(value.get("note", "")),
        )
