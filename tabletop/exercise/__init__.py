"""The rules of an exercise: commands, events, state, engine, views, scoring. Pure; knows no world."""
