"""Which results prove something: where each comes from, and which of them figures for the public are made of."""

from typing import Final

from tocsin.domain.monitor import Origin

PUBLIC: Final = frozenset({Origin.LIVE})
"""Measured by checks of ours. What a browser tells of itself, a demo and a load test prove nothing to others."""


def is_public(origin: Origin) -> bool:
    """Whether figures that are shown to the public count results of this origin."""
    return origin in PUBLIC
