"""The exercise as lines: numbered choices, one thing a line, nothing drawn over.

The third client of a Connection beside the console and the phone page: the same exercise, the same
record, the same debrief. It works with a screen reader, in a pipe and on the dumbest terminal. New
things are told only between two questions, never while someone is writing, and every answer comes
from standard input, so that a whole exercise can be played from a file.
"""
