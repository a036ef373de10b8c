"""Figures: what people would rather look at than read, each with the table behind it.

A figure is drawn twice from the same values: as shapes, for pages, and as lines of characters, for
a terminal. What is what shows in the shape and in the place, so both hold in grey and for any eye.
"""
