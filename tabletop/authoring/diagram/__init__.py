"""Diagrams: a scenario's modules, scenes and ways as one picture, and each form it can take."""
