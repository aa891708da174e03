"""Throws what nobody would write at the parser and the importer: `python -m tests.forms.fuzz --minutes 10 --seed 1`."""
