"""What this project uses of pycognito, which has no types of its own."""
