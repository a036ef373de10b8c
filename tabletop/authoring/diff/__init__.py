"""Diff: what a change of a scenario means, beside what changed in its words."""
