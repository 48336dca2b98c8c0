"""The data layer of inside functions: what may touch PostgreSQL, and nothing that may not."""

from typing import Final

SCHEMA_NUMBER: Final = 35
"""The newest migration that this code knows; a test compares it with the files."""
