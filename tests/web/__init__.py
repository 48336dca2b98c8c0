"""What the public sees, in a real browser."""
