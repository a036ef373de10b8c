"""The Textual screens: a thin client of one Connection."""
