"""The engine with one mistake at a time: `python -m tests.forms.mutants` says which tests notice each."""
