"""The benchmarks of Tocsin: what it reaches on this machine, beside what the machine itself can do."""
