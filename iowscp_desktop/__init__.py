"""IOWSCP Desktop: safeguarding audits carried where there is no network, and brought home safely."""

__version__ = "0.1.0"
