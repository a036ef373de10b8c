"""A tabletop exercise simulator for anti-trafficking task forces."""

__version__ = "0.1.0"
