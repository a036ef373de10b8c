"""The rules of an exercise: commands, state, engine, views, scoring. Pure; knows no world."""
