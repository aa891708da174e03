"""Reports on paper: one module a report, from plain data to a document, and one renderer for them all."""
