"""Attacks on the way in: files that are damaged, forged, poisonous, late, doubled or unlucky."""
