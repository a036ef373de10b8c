"""Formats: one renderer each, over the same document.

A renderer knows how a block looks in its format and nothing about exercises.
"""
