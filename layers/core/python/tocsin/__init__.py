"""Tocsin's core: what every function has. Rules, messages, and the doors to the world."""
