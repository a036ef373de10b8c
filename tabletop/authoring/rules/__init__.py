"""The rules a scenario that reads is held to, a module a subject."""
