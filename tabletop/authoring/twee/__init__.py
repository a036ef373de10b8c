"""Twee 3: a scenario as a story for Twine, and a story from Twine as a scenario's skeleton."""
