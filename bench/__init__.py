"""Speed and size, measured beside something everyone knows, in one run (`docs/speed.md`)."""
