"""Use cases: each one function, one transaction. Lock, decide in the domain, write; what must leave is returned."""
