"""Pure rules. Standard library and tocsin.errors only; time is an argument."""
