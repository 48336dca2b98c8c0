"""Tocsin's core: what every function has. Rules, messages, and the doors to the world."""

__version__ = "0.1.0"
