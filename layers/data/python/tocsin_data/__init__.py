"""The data layer of inside functions: what may touch PostgreSQL, and nothing that may not."""
