"""Sessions: what a facilitator holds for a room, from the first person at the door to the end."""
