"""XPath as ODK speaks it: text in, Python closures out. It knows trees of nodes, and nothing of forms."""
