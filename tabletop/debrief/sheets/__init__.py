"""Sheets: what is in a record as rows for programs, a module each."""
