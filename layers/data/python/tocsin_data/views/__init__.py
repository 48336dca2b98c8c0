"""Read-only queries shaped for an answer."""
