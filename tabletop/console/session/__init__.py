"""Screens of a session: the door, conducting, and a person's place until they play."""
