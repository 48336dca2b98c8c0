"""One attempt of a check: connects, asks, judges, and says how it ended. `engine.check` is the door."""
