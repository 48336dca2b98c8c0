"""The only doors to the world: settings, clock, logs, queues, keys, and outbound HTTP."""
