"""Faults against the real store, by the hundred: `python -m tests.faults --write docs/reliability.md`."""
