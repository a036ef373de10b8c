"""The web: pages for people with only a phone, and the wire for those with a terminal."""
