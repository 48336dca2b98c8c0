"""The schema's history, and the runner that brings a database up to date."""
