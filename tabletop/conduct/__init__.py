"""Running one exercise: connection, room, clock, store, stand-ins, library."""
