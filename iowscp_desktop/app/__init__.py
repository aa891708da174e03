"""Deeds and questions, one module a noun. A deed writes events, returns `Changes`; a question returns rows."""
